"""Signs of crisis in a visitor's words: of suicide and self-harm, and of violence that is done to them.

``signs`` reads the words in three steps: they are normalised (syllables that were spelt apart to pass a filter are
joined), everyday phrases that sound alike are taken out (더워 죽겠어, 유서 깊은, 자살골), and what is left is searched for what
people say, in whole phrases: saju itself is full of 사(死), 살(殺) and 절(絶). A phrase that is also said of a job or a
game counts only where none is spoken of. The corpus is ``tests/corpora/care.txt``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal

Sign = Literal["self", "violence"]

# -- Spelling --

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# 자1살, 죽.고, 죽_고, 자♡살: what stands between two syllables, without a space.
_BETWEEN = re.compile(
    r"(?<=[가-힣ㄱ-ㅣ])[^\w\s가-힣ㄱ-ㅣ,.?!…~]+(?=[가-힣ㄱ-ㅣ])|(?<=[가-힣])[\d._~*-]{1,2}(?=[가-힣])"
)
_STRETCHED = re.compile(r"([가-힣ㄱ-ㅣ~.!?ㅠㅜ])\1{2,}")
_SPACED_OUT = re.compile(r"(?<![가-힣])[가-힣](?: [가-힣]){2,}(?![가-힣])")  # 죽 고 싶 어
_SLANG: Final = (
    (re.compile(r"쥭|듁|죾|쥬ㄱ|주거(?= ?버)|주글(?=까|래)|주그(?= ?면)"), lambda m: {"주거": "죽어", "주글": "죽을", "주그": "죽으"}.get(m[0], "죽")),
    (re.compile(r"(?<=죽)(?:구|꼬|고만|그) ?(?=[싶시십씹])"), "고 "),
    (re.compile(r"(?<=죽고)\s?(?:시[퍼포프픈풉]|십[다네어따]|싶[따당엉오])"), " 싶다"),
    (re.compile(r"죽고파"), "죽고 싶"),
    (re.compile(r"(?:뒤|뒈|디)지고 ?싶"), "죽고 싶"),
    (re.compile(r"(?<![가-힣])ㅈㅅ(?= ?(?:하고|할까|할래|생각|각이|마렵|시도|충동))|(?<![가-힣ㄱ-ㅣ])ㅈ ?ㅏ ?ㅅ ?ㅏ ?ㄹ|ㅈ ?ㅏ ?살|자ㅅ ?ㅏ ?ㄹ|ja살|자sal|자쌀(?=하|각|시도)|쟈살"), "자살"),
    (re.compile(r"(?<![가-힣ㄱ-ㅣ])ㅈㄱ ?(?=싶)"), "죽고 "),
)  # fmt: skip

# -- Everyday phrases that sound alike --

_HARMLESS = re.compile(
    r"죽(?:겠|을 ?(?:맛|뻔|지경|때까지|것 ?같|둥)|는 ?줄|도록|기 ?(?:살기|전에)|자 ?사자|어라(?! ?고)|으나 ?사나|이는 ?(?:맛|노래|영화)|여 ?주는 ?(?:맛|집|영화|음식))|죽은 ?[가-힣]+|(?<![가-힣])죽(?:을|이) ?(?:끓|먹|쑤|쒀|사 ?먹|만들|되든|잘 ?맞|사\(|사자)|굶어 ?죽"
    r"|언제(?:쯤)? ?죽(?:나|을까|어|는)|몇 ?살에 ?죽|죽으면 ?(?:재산|유산|어디|어떻게|누가|장례|제사|묘|보험금은|[가-힣]+은 ?(?:누구|어떻게))|죽(?:은|고) ?(?:뒤|후|나서|난)|죽음(?:을|이) ?(?:뜻|의미|뭔|무엇)|죽음의 ?(?:운|기운)"
    r"|(?<!내)(?<!제)(?<![가-힣])(?!내가|제가|나만|저만)[가-힣]{1,8}[이가] (?:[가-힣]+ )?죽(?:은|었|는다?는? ?꿈|을 ?(?:쑤|쒀)|어서|네요|나요|었다)[가-힣]*"
    r"|(?:강아지|고양이|반려 ?(?:견|묘|동물)|식물|화분|나무|물고기|햄스터|(?<![가-힣])새)[가이]? ?(?:[가-힣]+ )?죽[^.?!]*"
    r"|자살골|자살 ?(?:예방|방지|유가족|보도|률|율|통계)|커리어 ?자살|유서 ?깊|죽고 ?못 ?(?:사|살)|(?:기|풀|숨|힘|불|맥|귀)[이가를을]? ?죽"
    r"|(?:자살|자해|죽|투신|뛰어 ?내리)[^.?!]{0,12}(?:장면|배역|영화|드라마|소설|웹툰|게임|캐릭터|뉴스|기사)|(?:영화|드라마|소설|웹툰|뉴스|기사)[^.?!]{0,14}(?:자살|자해|유서)"
    r"|(?:죽|자살|뛰어 ?내리|떨어지|목[을이]? ?매|칼에? ?찔)[^.?!]{0,10} 꿈|꿈(?:에서|속에서|에)[^.?!]{0,14}(?:죽|자살|뛰어 ?내리|맞)"
    r"|(?:번지|스카이|패러|다이빙|놀이 ?기구|낙하산|계단|수영장)[^.?!]{0,14}뛰어 ?내리|번개탄[^.?!]{0,10}(?:고기|삼겹|구워|굽|캠핑)|(?:고기|캠핑)[^.?!]{0,10}번개탄"
    r"|죽(?:고|기)? ?싶(?:을|은) ?(?:만큼|정도로) ?(?:좋|사랑|맛|예|귀|웃)|죽고 ?싶지(?:는|가|도)? ?않|죽을 ?(?:만큼|정도로|때까지)|뼈 ?때리|뒤통수|골 ?때리|귀싸대기"
    r"|(?:상사|부장|팀장|과장|동료|벌레|점|기미|여드름|흉터|빚|살|스트레스|통증|증상|불안|걱정|미련|감정|마음|두통)[이가은는도들]{0,2} ?(?:좀 |다 |빨리 |얼른 )*(?:사라|없어)[^.?!]*"
    r"|(?:career|political|commercial|social|financial) suicide|suicide (?:squad|prevention|squeeze|door)|dying (?:to|for a|of (?:laugh|curios|bored|embarrass))\w*"
    r"|die (?:of|from) (?:laugh|embarrass|bored|curios)\w*|to die for|kill(?:ing)? (?:it|time|me with)|(?:show|movie|film|novel|book|song)[^.?!]{0,20}suicide|suicide[^.?!]{0,20}(?:movie|film|novel|song)",
    re.IGNORECASE,
)  # fmt: skip

# -- What people say --

_ME = r"(?:내가|제가|나만|저만|나 ?하나(?:쯤|만)?|저 ?하나(?:쯤|만)?|나란|저란|나는|저는|나도|저도|나 ?같은|저 ?같은|나 ?따위|저 ?따위)"
_SELF = re.compile(
    "|".join((
        # the word itself
        r"(?<![가-힣])자살|동반 ?자살|(?<![가-힣])자해(?!석)|극단적(?:인)? ?(?:선택|생각|시도|행동)|극단 ?선택|목숨(?:을|이|도)? ?(?:끊|버리|포기|내려)|스스로 (?:목숨|생을|삶을)|삶을 ?스스로",
        r"(?:생|삶|인생|목숨)(?:을|도)? ?(?:마감|끝내|끝장|포기|내려 ?놓|놓아 ?버리|놓고 ?싶|정리하고|그만두|그만하|끊)|인생 ?(?:끝내고|그만 ?살)",
        r"(?:이 ?생|생|삶|인생|목숨|세상)(?:을|이|에서)[^.?!]{0,12}(?:놓(?:고|아 ?버리고) ?싶|내려놓고 ?싶|떠나고 ?싶|떠나려|등지|작별|끝나 ?있|끝났으면)|떠나고 ?싶[^.?!]{0,6}(?:이 ?)?세상|(?:제|내|저의) ?손으로 ?끝내",
        # not to live
        r"(?:살고|살아가고|살아 ?있고|숨 ?쉬고|존재하고) ?싶(?:지(?:가|도|는|를)? ?(?:않|못)|은 ?(?:마음|생각|의욕)(?:이|도)? ?없)|(?<!혼자 )(?<!같이 )(?<!서울에서 )살기(?:가|도)? ?(?:너무 |정말 |진짜 )?(?:싫|지겹|귀찮|지쳐)|그만 ?살(?:고|래|아도|았으면|까)|숨(?:을)? ?그만|(?<![을를이서] )(?<![가-힣])살 ?(?:이유|의미|의욕|가치|자신|용기|희망)(?:가|도|이|를|은|를)? ?(?:없|모르|못 ?찾|잃)",
        r"(?:왜|무엇 ?때문에|뭐 ?하러) ?(?:내가 |제가 )?(?:계속 |이렇게 )?(?:살아야|사는지|사나 ?싶|사냐|살아 ?있)|살아(?:서)? ?(?:뭐|무엇|봐야|봤자)|살아 ?있을 ?(?:필요|이유|자격)|살아갈 ?(?:이유|의미|가치|자격|의욕|마음)(?:가|이|을|를|도)? ?(?:없|모르|못 ?찾|안 ?나)|살아 ?(?:있는|가는|있다는|있을) ?(?:게|것이|것이|것도|것 ?자체가|이유가|필요가|의미가)? ?(?:너무 |정말 |다 )?(?:고통|지옥|죄|벌|괴|힘들|버거|민폐|짐|의미 ?없|무의미|싫|없)",
        r"사는 ?(?:게|것이|것 ?자체가|이유가|의미가) ?(?:너무 |정말 |다 )?(?:의미 ?(?:가 ?)?없|무의미|지옥|고통|지긋지긋|싫|없)|숨 ?쉬는 ?(?:것(?:조차|도|마저)|게) ?(?:버거|힘들|고통|괴)|존재(?:가|자체가| 자체가)? ?(?:민폐|짐|죄)",
        r"살(?:고 ?싶은|고자 ?하는|고 ?싶다는|아야 ?할|아야 ?하는|아갈)[^.?!]{0,8}(?:안 ?(?:들|나|생)|없|모르|있나|있을까|못 ?찾|하나도)|살아 ?있으면 ?안|살면 ?안 ?되는|살 ?자격|까지만 ?살(?:기로|고|래|려|다 ?[가죽])|(?:그만|이제) ?(?:편해지고 ?싶|편히 ?쉬고 ?싶)",
        r"(?:숨|심장|맥박)(?:이|을|도)? ?(?:그냥 |이대로 |좀 )*(?:멎|멈추|멈췄|그치|끊어지)(?:었으면|으면|고 ?싶|길|었으면|면)|(?:안|다시는|다신|영영)(?: ?안)? ?(?:뜨고|깨고|일어나고|깨어나고) ?싶|(?:깨|뜨|일어나|깨어나)고 ?싶지 ?않|안 ?(?:깼|떴|일어났|깨어났)으면|(?:그만|영영|영원히|이제) ?눈(?:을)? ?감(?:고 ?싶|을래|았으면)|왜 ?(?:또 )?눈을 ?떴|(?:제|내|나의|저의) ?장례",
        # to die
        r"(?<![가-힣])(?:그냥 |다 |확 |콱 |같이 |차라리 |이제 |빨리 |그만 )*죽(?:고 ?(?:만 |만)?싶|고 ?(?:싶|파)|어 ?버(?:리(?:고|면|자)|릴|려)|어 ?(?:줄까|없어)|을래|을까(?:요| 봐| 생각| 고민| 해|란|도)?(?=$|[^가-힣])|는 ?(?:게|것이|편이) ?(?:나을|낫|편|차라리)|으면 ?(?:다 ?)?(?:편|좋겠|끝|나을|낫|되[나지잖]|될|해결|모두|그만|돼)|어야 ?(?:겠|할 ?것|할까|끝|하나|만)|기로 ?(?:했|마음|결심)|을 ?(?:거예요|겁니다|거야|생각|결심|용기|각오로 ?약|준비|방법|날만|힘)|는 ?(?:방법|법|생각|상상|날만|수밖에)|었으면|여 ?(?:줘|줬|주세요|주면|달라|줄래)|이고 ?싶|여 ?버리고 ?싶|어도 ?(?:아무도|괜찮|상관 ?없|미련 ?없|슬퍼)|지 ?못해 ?(?:살|사)|을 ?(?:약|자리|수 ?있을까)|는 ?사주[^.?!]{0,8}그랬으면|음(?:을|만|이) ?(?:생각|택|선택|기다|결심|바라|원|떠올|답))",
        r"(?:안 ?아프게|편하게|편히|고통 ?없이|조용히|쉽게|한 ?번에) ?(?:죽|가는 ?(?:방법|법)|떠나는 ?(?:방법|법)|갈 ?수 ?있|가고 ?싶)|(?:따라|함께|같이) ?(?:죽|가고 ?싶|떠나고 ?싶)|곁으로 ?(?:가|떠나)(?:고 ?싶|려|ㄹ래|ㄹ까)|(?:하늘나라|천국|저세상|저승|하늘)(?:로|에|으로)? ?(?:가고 ?싶|갈래|가 ?버리|갈까|떠나고)",
        r"(?:미안|죄송|고마웠|사랑했)[^.?!]{0,12}먼저 ?(?:갈게|가겠|간다|떠날게|떠나)|마지막으로[^.?!]{0,14}(?:보고|하고|남기고) ?(?:가려|떠나려|갈게|떠날)|세상에 ?(?:더는 |이제 )?미련(?:이|도)? ?없|죽어 ?마땅|이 ?글이 ?(?:제 |내 )?마지막|(?:짐|민폐)(?:이라|이니|만|밖에|인)[^.?!]{0,16}(?:사라|없어|죽|떠나)",
        r"(?<![가-힣])죽(?:으(?:려|러|리|렵)|을 ?(?:날|궁리|생각|결심|마음|작정|계획|각오|때가|예정|거|것이|래)|음(?:을|이|만|에 ?대해)|는 ?게 ?(?:무섭|두렵|소원|꿈|답|맞)|었어야|고만|자고 ?(?:생각|마음)|을 ?까 ?(?:생각|고민)|을 ?수 ?있)|(?:나도|저도|내가|제가) ?(?:따라 ?)?(?:갔|죽었)어야|왜 (?:나만|저만|내가|제가) ?(?:혼자 ?)?살아 ?남",
        # to be gone
        r"(?<![가-힣])(?:이대로|그냥|조용히|영영|영원히|흔적 ?없이|흔적도 ?없이|세상에서|이 ?세상에서|지구에서|다 ?버리고|" + _ME + r")?[ ,]*(?:다 |확 |그냥 |좀 )*(?:사라지|없어지|증발하|소멸하|지워지|먼지가 ?되)(?:고 ?(?:만 ?)?싶|어 ?버리고 ?싶|ㄹ까|ㄹ래)|사라져 ?버리고 ?싶",
        r"(?:이대로|그냥|조용히|영영|세상에서?|이 ?세상에서?|" + _ME + r") ?(?:이대로 |그냥 |조용히 |이 ?세상에서? |세상에서? |아예 |없이 )*(?:사라진다|사라졌|사라져도|사라져 ?주|사라지는 ?게|사라질까|없어졌|없어져도|없어지는 ?게|없었으면|없었다면|없어질까)",
        _ME + r"[^.?!]{0,6}(?:없어지면|사라지면|없으면|없는 ?게|죽으면|떠나면|사라지는 ?게)[^.?!]{0,22}(?:편|나을|낫|좋|행복|슬퍼|모를|울어|해결|괜찮|홀가분|기뻐)",
        r"(?:영원히|영영|이대로|잠들어서|자다가|자면서|잠들면|잠든 ?채)[^.?!]{0,10}(?:잠들고 ?싶|자고 ?싶|잠들었으면|깨(?:지|어나지)? ?(?:않|안|말|못)|안 ?깨|못 ?깨|죽었으면|가고 ?싶|눈(?:을)? ?(?:안|뜨지))|(?:아침|내일|눈)(?:에|이|을)? ?(?:눈(?:을)? ?)?(?:뜨기(?:가)? ?(?:싫|무서|두려)|뜨고 ?싶지 ?않|뜨지 ?않았으면|안 ?떴으면|오지 ?않았으면|안 ?왔으면|안 ?뜨)",
        r"(?:깨어나지|일어나지|눈(?:을)? ?뜨지) ?(?:않|말|못)(?:았|고|길|게|기)|태어나지 ?(?:말|않)(?:았|을|아야)|(?:안|왜) ?태어(?:났|나서)|태어난 ?(?:게|것이|것 ?자체가) ?(?:잘못|죄|후회|실수|싫)|세상(?:을|에서|과)? ?(?:떠나(?:고|려|ㄹ|버)|떠날|하직|등지|작별|마지막)|(?:모든 ?(?:걸|것을|게)|전부|이제 ?다|그냥 ?다|다) ?(?:끝내(?:고|버리|야)|끝낼|끝났으면|놓고 ?싶|놓아 ?버리고 ?싶|내려놓고 ?(?:떠나|가))",
        # means and plans
        r"뛰어 ?내(?:리(?:고|려|면|자|기|는)|릴|려 ?버|렸)|투신|(?:옥상|난간|다리 ?위|베란다|창문|아파트)(?:에|에서|위에|으로|에 ?올라가)? ?(?:올라|서서|섰|떨어|뛰|몸을)[^.?!]{0,14}(?:뛰|떨어지|싶|생각|몸을|서 ?있)|(?:차|지하철|열차|기차|전철|도로|선로|강물)(?:에|로|에서|가)?[^.?!]{0,8}뛰어 ?(?:들고 ?싶|들 ?뻔|들까|들려|들면)|(?:층|옥상|베란다|창문|다리|절벽|건물)(?:에서)? ?(?:떨어지|떨어질|몸을 ?던)(?:면|고|까|래|려|지)?|(?:고층|아파트|옥상|베란다|절벽)[^.?!]{0,10}떨어지고 ?싶|가스(?:를)? ?(?:틀|마시|켜)[^.?!]{0,8}(?:누|자|잠|싶|있)|난간(?:에|위에)? ?(?:서|올라)|(?:차|트럭|버스)에 ?치(?:여|이)|한강(?:에|으로|다리|대교)? ?(?:뛰|빠지|몸|물 ?온도|물이? ?차|각|엔딩|다리 ?(?:위|가|에)|투|들어가고)|마포대교",
        r"(?:그어진|그은) ?손목|손목(?:을|에)? ?(?:긋|그었|그을|그어|그은|칼)|(?:팔|다리|허벅지|몸)(?:을|에)? ?(?:칼로|긋|그었|그어)|칼로 ?(?:긋|그었|그어|손목|(?:제 |내 )?팔|제 ?몸|내 ?몸)|(?:몸|팔|다리|피부|살)에? ?상처(?:를)? ?(?:내|냈|입혀)|피를? ?(?:봐야|보면 ?(?:마음|편))|(?:제|내|나|저) ?(?:몸|자신)(?:을|에)? ?(?:때리|때려|해치|상처|괴롭|그어)",
        r"목(?:을)? ?(?:매달(?!듯|리는)|맬|매고 ?싶|매려|매서|매는 ?(?:법|방법)|매면|졸라 ?죽)|밧줄|올가미|번개탄|연탄(?:을|가스| 가스)?[^.?!]{0,6}(?:피우|샀|사 ?|마시)|(?<![가-힣])유서(?!지)|농약|약(?:을)? ?(?:다 |전부 |잔뜩 |한꺼번에 |한 ?움큼 |왕창 |많이 |몽땅 )+(?:먹|삼키|털어|모)|약(?:을)? ?(?:모아|모으|모았|쟁여)|(?:수면제|진통제|타이레놀|신경안정제|약물)(?:를|을)? ?(?:다 |많이|잔뜩|한 ?움큼|한꺼번에|모으|모아|모았|과다|몇 ?알|열 ?알|수십|백 ?알)|과다 ?복용|약물 ?과다|투약 ?자살",
        r"(?:마지막|작별) ?(?:인사|편지|글)(?:를|을)? ?(?:남기|쓰|썼|하고|드리)|(?:장례|영정)[^.?!]{0,8}(?:제|내|준비해 ?두)|주변(?:을)? ?정리하고 ?(?:떠나|가|있)|물건(?:을)? ?다 ?정리하고 ?(?:떠나|가)",
        r"juk(?:go|ko|kko) ?(?:sip|shi)|jasal",
    ))
)  # fmt: skip
_SELF_EN = re.compile(
    r"\b(?:(?:what'?s|is|there'?s|see|seeing) (?:the |any |no )?point (?:of|in|to) (?:living|being alive|going on|anything)|hope i (?:don'?t|never) wake|(?:been|started|keep|kept) cutting(?: (?:again|myself|lately)|$|[.!?,])|(?:want|wanna|wish)(?: to)? (?:just )?(?:disappear|vanish|be gone)(?! (?:to|for a|from (?:work|the office)))|(?:don'?t )?deserves? to (?:live|be alive|die)|should (?:just )?(?:die|be dead)|(?:think|thought|thinking|dream|dreaming|fantasi\w+) (?:a lot )?(?:about|of) (?:my (?:own )?death|death|dying|killing)|ending (?:it|things)(?: all)?(?: tonight| soon|[.!?,]|$)|burden (?:to|on) (?:everyone|everybody|my family|them|people)|give up on (?:life|living)|better (?:off )?without me|i'?d never been born|suicid\w*|self[- ]?harm\w*|unaliv\w*|kms|kys|kill(?:ing)? (?:myself|herself|himself|themsel\w+)|hurt(?:ing)? myself"
    r"|end(?:ing)? (?:my (?:own )?life|it all|everything|myself|my pain)|tak(?:e|ing) my (?:own )?life|(?:want|wish|wanna|going|gonna|ready|rather|hope|deserve) (?:to |i )?(?:just )?(?:die|be dead)"
    r"|wish i (?:was|were|had(?:n'?t| not| never)?|could)(?: just)? (?:dead|never (?:been )?born|not (?:been )?born|been born|die|disappear|vanish|gone|not wake up|not exist)|(?:don'?t|do not|dont|no longer|can'?t) (?:want|wanna|bear|see a reason) to (?:live|be alive|exist|be here|wake up|go on|keep living|keep going on|be on this)\w*"
    r"|(?:no|any) (?:reason|point|will) (?:to|in|for) (?:liv|go on|keep living|being alive|exist)\w*|(?:tired|sick|done) (?:of|with) (?:living|life|being alive|existing)|life (?:is ?n'?t|is not|isnt|not) worth|not worth living"
    r"|(?:better off|happier|fine) (?:dead|without me|if i (?:was|were)(?:n'?t| not| gone| dead))|(?:no ?one|nobody) (?:would|will) (?:miss|notice|care if i|even notice)|if i (?:died|disappeared|vanished|were gone|was gone|killed)"
    r"|cut(?:ting)? (?:myself|my (?:wrist|arm)s?)|slit(?:ting)? my|hang(?:ing)? myself|overdos\w*|(?:take|took|swallow\w*) (?:all|a lot of|too many|the whole bottle of) (?:my |the |these )?(?:pills|medic\w*|meds)|saving up (?:my )?pills"
    r"|jump(?:ing)? (?:off|from|in front of) (?:a |the |my )?(?:bridge|roof|building|balcony|train|window)|(?:sleep|asleep) (?:forever|and (?:never|not) wake)|never wake up|not wake up (?:tomorrow|again)|disappear (?:forever|for good|from this)|cease to exist|stop existing"
    r"|can'?t (?:go on|do this|take (?:it|this)|keep going|live)(?: (?:like this|living))? ?(?:any ?more|any longer|living)|(?:write|writing|wrote|written|leave|left) (?:a |my )?(?:suicide |goodbye |good-bye )(?:note|letter)|goodbye (?:forever|world))\b",
    re.IGNORECASE,
)  # fmt: skip
# Said by people at the end of their strength, and of a job or a diet as well.
_DESPAIR = re.compile(
    r"(?:더는|더 ?이상(?:은)?|이제(?:는)?|도저히) ?(?:못 ?(?:버티|견디|살)|버틸 ?(?:수|힘)|견딜 ?(?:수|힘)|살 ?수)|버틸 ?(?:힘|자신|용기|이유)(?:이|도|가)? ?없|살아갈 ?(?:힘|자신|용기|이유|희망|의욕)(?:이|도|가)? ?(?:없|안 ?나|모르|잃)"
)
_OF_SOMETHING = re.compile(r"회사|직장|알바|아르바이트|상사|야근|학원|다이어트|더위|추위|소음|층간|월세|전세|집값|물가|군대|매운|식당|가게|서울|시골|여기서 ?(?:더는|더 ?이상)")  # fmt: skip

_BY = r"(?:남편|아내|와이프|남자 ?친구|남친|여자 ?친구|여친|애인|전 ?남친|전 ?남편|아빠|아버지|엄마|어머니|새아빠|의붓아버지|계부|계모|오빠|형|삼촌|할아버지|시아버지|시어머니|아들|선배|상사|사장|교수|선생님?|담임|코치|동거인|그 ?사람|가족|부모(?:님)?|친구들?|애들)"
_VIOLENCE = re.compile(
    "|".join((
        _BY + r"(?:의)? ?폭력|(?:저를|나를|절|날) ?(?:감금|폭행|때려|때리|때렸|가둬|가두|성폭행|강간|추행|스토킹|협박|학대)|" + _BY + r"(?:한테|에게) ?(?:매일 |자주 |맨날 |계속 |또 )*맞(?:아|고|았|으)|"
        + _BY + r"(?![을를])(?:이|가|한테|에게|은|는|들이|께서)?[^.?!]{0,14}(?:때려|때리(?!는 ?바람)|때렸|때릴|맞(?:았|고 ?(?:살|지내)|아서|는 ?(?:게|것))|폭행|목을? ?(?:조르|졸|조여)|걷어차|두들겨|멍이|멍들|칼을? ?(?:들|휘)|가둬|가두|감금|성폭행|강간|추행|만져|만졌|더듬|죽인다고|죽이겠|죽여 ?버|협박|학대|스토킹)",
        r"(?:가정|데이트|학교|성|직장) ?폭력(?:을|에|으로|이|때문)?[^.?!]{0,10}(?:당|시달|겪|피해|견디|힘들|심|도망|벗어|받)|(?<!잘 )맞고 ?(?:살|지내|있어)|맞으면서 ?살|(?:성폭행|강간|성추행|성희롱|학대|폭행|스토킹|협박|감금|집단 ?괴롭힘|불법 ?촬영)(?:을|를|에)? ?(?:당|받|시달)|(?:사진|영상)(?:을|를)? ?(?:퍼뜨|유포)[^.?!]{0,8}(?:겠|한다|협박|대요)|그루밍",
    ))
)  # fmt: skip
_VIOLENCE_EN = re.compile(
    r"\b(?:(?:he|she|they|my (?:husband|wife|boyfriend|girlfriend|partner|ex|dad|father|mom|mother|stepdad|stepfather|brother|uncle|boss|teacher|parents?)) (?:keeps? |often |always |sometimes |just )*(?:hit(?:s|ting)?(?! on)|beat(?:s|ing)?|chok(?:es|ed|ing)|strangl\w+|abus(?:es|ed|ing)|rap(?:es|ed)|molest\w*|threaten(?:s|ed|ing)?(?: to (?:kill|hurt|beat|leak))?|stalk(?:s|ed|ing)|punch\w*|slap\w*|kick(?:s|ed)|touch(?:es|ed|ing)) (?:me|us|my|our)"
    r"|(?:being|been|was|am|get|got|getting) (?:physically |sexually |domestically )?(?:abused|raped|molested|beaten|assaulted|stalked|groomed)|(?:is|was|been) (?:physically |emotionally )?(?:abusive|violent|stalking|hitting|beating|threatening|abusing)|(?:scared|afraid|terrified) of my (?:husband|boyfriend|partner|dad|father|ex|stepdad)|domestic violence|sexual(?:ly)? (?:abuse|assault)\w*)\b",
    re.IGNORECASE,
)  # fmt: skip


def signs(words: str) -> frozenset[Sign]:
    """Return the kinds of crisis that the words speak of."""
    plain = normalised(words)
    left = _HARMLESS.sub(" ", plain)
    found: set[Sign] = set()
    if _SELF.search(left) or _SELF_EN.search(left) or _is_despair(left):
        found.add("self")
    if _VIOLENCE.search(left) or _VIOLENCE_EN.search(left):
        found.add("violence")
    return frozenset(found)


def normalised(words: str) -> str:
    """Return the words as they would be spelt: composed, without what was put between syllables, slang resolved."""
    # A letter of Hangul that stands by itself stays one: NFKC would make it the beginning of a syllable.
    text = "".join(
        c if "ㄱ" <= c <= "ㆎ" else unicodedata.normalize("NFKC", c)
        for c in unicodedata.normalize("NFC", words)
    )
    text = _INVISIBLE.sub("", text).replace("’", "'")
    text = _SPACED_OUT.sub(lambda found: found[0].replace(" ", ""), text)
    text = _STRETCHED.sub(r"\1", _BETWEEN.sub("", text))
    for spelling, meant in _SLANG:
        text = spelling.sub(meant, text)
    return re.sub(r"\s+", " ", text).strip()


def _is_despair(text: str) -> bool:
    return any(
        _DESPAIR.search(sentence) and not _OF_SOMETHING.search(sentence)
        for sentence in re.split(r"[.?!\n]", text)
    )
