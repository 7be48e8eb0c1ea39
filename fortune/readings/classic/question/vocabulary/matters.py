"""The phrases by which the matter of a question is known."""

from __future__ import annotations

from typing import Final

# The verb comes last in Korean, and with it what is asked: of the matters named in a sentence, the last counts. A grave
# one goes before all others, and those of VAGUE count only where no other is named. "_x" is more words for x.
SUBJECTS: Final = {
    "grief":
        r"돌아가신|돌아가셨|세상을 (?:떠|뜨|등)|사별|여읜|여의고|하늘나라"
        r"|떠나보|무지개다리|유산했|장례"
        r"|(?:반려 ?[견묘]|반려 ?동물|강아지|고양이|댕댕이|냥이|우리 애기?)[^.?!]{0,8}"
        r"(?:보낸|보내고|보냈|떠났|떠난)"
        r"|먼저 (?:간|가신|보낸)"
        r"|\b(?:passed away|died|funeral|grie(?:f|ving)|miscarri\w+)\b",
    "lifespan":
        r"수명|명줄|몇 ?살까지 ?(?:살|사)|몇 ?살에 ?(?:죽|가나)|오래 ?(?:살|사[나는실])"
        r"|언제까지 ?(?:살|사)|언제 ?죽|단명|장수(?=[하할])"
        r"|\b(?:lifespan|how long will i live|live long|when (?:will|do) i die)\b",
    "affair":
        r"바람(?:을|이|도)? ?(?:피|펴|폈|핀|필|난|났|나[서는])|바람기|외도|불륜"
        r"|딴 ?(?:여자|남자|사람|놈|년)|다른 ?(?:여자|남자)"
        r"|다른 ?사람(?:[과이을를]|이랑|하고)? ?(?:만나|생|있|사귀|좋)"
        r"|상간|양다리"
        r"|(?:여자|남자)가 ?(?:있는 ?(?:걸|거|것|것같)|생긴 ?(?:걸|거|것))"
        r"|(?:남자|여자)가? ?(?:생긴|생겼)(?: ?(?:건|걸|것|거))|바람 ?(?:피우|피고)"
        r"|두 ?집 ?살림|의처증|의부증"
        r"|\b(?:cheat(?:s|ing|ed)?|affair|unfaithful|seeing (?:someone|somebody) else|other (?:woman|man))\b",
    "law":
        r"소송|고소|고발|재판|법원|합의금|위자료|양육권|상속"
        r"|유산(?=[을은도]| ?문제| ?분할)|형사|민사|경찰|변호사|벌금|송사"
        r"|관재|구설수|손해 ?배상|학폭위|합의(?=[를가금])"
        r"|\b(?:lawsuit|sue|court|legal|inherit\w*|custody|lawyer|police|trial|settlement)\b",
    "divorce":
        r"이혼|갈라서|갈라설|별거|졸혼|도장 ?찍|이별 ?수|파경|돌싱(?=이? ?[될되])"
        r"|\b(?:divorc\w+|separat(?:e|ing|ion)|leave my (?:husband|wife))\b",
    "reunion":
        r"재회"
        r"|다시 ?(?:만나|만날|사귀|사귈|잘될|합칠|연락|붙|이어)|돌아올|돌아오[나길]"
        r"|전 ?(?:남친|여친|남자 ?친구|여자 ?친구|애인|남편|아내)|구남친|구여친"
        r"|헤어진 ?(?:사람|남|여|애인|연인)"
        r"|연락이? ?(?:다시 )?(?:올|오)|잠수|재결합|다시 ?시작|붙잡"
        r"|연락 ?(?:언제 ?)?(?:다시 ?)?(?:올|오[나려])|못 ?잊"
        r"|\b(?:get back together|my ex|c[oa]me back|back together|reconcil\w+)\b",
    "breakup":
        r"헤어질|헤어져|헤어지|이별|권태기|정리해야|차였|차일까|헤어짐|끝[내낼]야"
        r"|관계를 ?(?:끝|정리)|파혼"
        r"|\b(?:break(?:ing)? ?up|leave (?:him|her|them)|dump\w*|end (?:it|things) with)\b",
    "pregnancy":
        r"임신|출산|난임|불임|시험관|인공 ?수정|태몽|아기|아이를? ?(?:가질|갖|낳)"
        r"|아이가? ?(?:생길|안 ?생|언제 ?생)"
        r"|둘째를? ?(?:가질|가져|낳|갖)|자식 ?복|성별|자녀 ?계획|아이 ?계획|배란|난자|둘째 ?계획"
        r"|(?:딸|아들)(?:일|인)[까지]"
        r"|\b(?:pregnan\w+|fertility|ivf|have a baby|conceive|bab(?:y|ies)|kids of my own)\b",
    "marriage":
        r"결혼|혼인|시집 ?(?!식구|살이)|장가|혼사|프러포즈|프로포즈|청혼"
        r"|상견례|혼기|노총각|노처녀|비혼|재혼|동거|혼수|예단|배필"
        r"|(?:남편|아내|처|배우자) ?[복운]|신[랑붓]감|유부(?:남|녀)가? ?[될되]"
        r"|\b(?:marr(?:y|ied|iage|ying)|wedding|propos(?:e|al)|husband luck|get hitched)\b",
    "heart":
        r"(?:마음|생각|속마음|속|감정|진심)(?:이|을|은)? ?"
        r"(?:궁금|알고 ?싶|있을까|있나|뭘까|뭔지|어떨까|어떤지|모르|변|식)"
        r"|(?:나|저)를? ?(?:어떻게 ?생각|좋아|맘에|마음에)"
        r"|(?:맘|마음)에 ?들어 ?[하할]"
        r"|짝사랑|썸|고백|좋아하는 ?사람|호감|관심 ?있|신경 ?[쓰써쓸]|착각"
        r"|연락(?![이을를]? ?끊|도 ?없이)(?=[이을를은하할해도]| ?안)|읽씹|안읽씹|밀당"
        r"|생각(?:할까|하고 ?있|은 ?할)"
        r"|(?:마음|맘)(?:이|도)? ?(?:있|없|떠)|(?<![가-힣])식(?:었|은)"
        r"|답장|카톡|차가워|차갑|냉담|질투|좋아하(?:는|나|고 ?있)|좋아할까"
        r"|\b(?:crush|does (?:he|she) (?:love|like)|(?:like|love)s? me|(?:his|her|their) (?:heart|feelings)"
        r"|feel(?:s|ing)? about me|think(?:s|ing)? (?:of|about) me|likes? me|miss(?:es)? me|ghost\w*)\b",
    "love":
        r"연애"
        r"|(?:남자|여자|사람)(?:를|을|만|가|이)? ?만[나날]|누[굴구]를? ?만나"
        r"|(?:놈|년|남자|여자|사람)(?:들)?[만이]? ?(?:꼬|엮|붙)"
        # 상사랑 is the boss, 사랑니 a tooth
        r"|좋은 ?사람|(?<!상)사랑(?!니)|애인|(?<!돈과 )인연(?!을? ?끊)|소개팅|솔로|모태|모쏠|이상형|짝을|내 ?짝"
        r"|(?:남자 ?친구|여자 ?친구|남친|여친|연인)(?:이|을|를|가|는|은)? ?(?:언제 ?)?(?:생|사귀|사귈|만들)"
        r"|크리스마스|밸런타인|맞선|선을? ?보|중매|매칭|데이트|천생 ?연분|운명의 ?(?:사람|상대)|소울 ?메이트"
        # 외로움; but 해외로
        r"|(?<!해)외로(?=[운움워웠])"
        r"|\b(?:love|dating|date|relationship|single|soul ?mate|ask (?:him|her) out"
        r"|met (?:a|this) (?:guy|girl|man|woman)|the one|lonely)\b",
    "exam":
        r"(?:시험|수능) ?(?:공부|준비)|시험|합격|수능|입시|정시|수시|편입"
        r"|자격증|고시|공무원|공시(?=생|를|는)|\d급|임용|불합격|재수(?!가|없)"
        r"|[삼n]수|등급|면허|토익|토플|기능사|기사 ?필기|필기|실기|국시|국가 ?고시|로스쿨|변시|회계사|세무사"
        r"|노무사|중개사"
        r"|(?:소방|경찰|간호사) ?시험|공기업|원서|대학[^.?!]{0,8}붙|추가 ?모집"
        r"|추합|커트라인|점수"
        r"|\b(?:exams?|pass|sat|certificate|licen[cs]e|test|bar exam|admission|accepted|get in(?:to)?)\b",
    "teacher":
        r"학급|교실|담임|학부모|(?:우리|저희) ?반|제자|말이 없는 아이|생활 ?지도"
        r"|수업|교감|교장|생기부|학생 ?지도|교직"
        r"|\b(?:classroom|pupils?|my class|teaching)\b",
    "promotion":
        r"승진|자리를? ?(?:받|맡)|직책|진급|연봉"
        r"|인사 ?(?:고과|평가|발령|이동|철|때)"
        r"|(?:대리|과장|차장|부장|팀장|이사|수간호사)[을를]? ?(?:달|단|되|될)"
        r"|임원"
        r"|(?:월급|급여|봉급|시급)[^.?!]{0,8}(?:오르|오른|올[랐라려릴]|오를|인상|협상)"
        r"|성과급|보너스|인센|직급|승급|보직|호봉|임금"
        r"|\b(?:promot\w+|raise|salary|pay rise)\b",
    "business":
        r"사업|창업|가게|장사|개업|폐업|오픈(?=[하할해을]|$)|자영업|동업|프리랜서"
        r"|(?:식당|카페|치킨집|술집|미용실|학원|공방|쇼핑몰|편의점|가맹점|매장|점포)[을를은이가]? ?"
        r"(?:차|열|내|하|해|접|창|오픈|잘)"
        # 가게를 차리다; but 정신을 차리다, 기운을 차리다
        r"|(?<!정신 )(?<!정신을 )(?<!밥상을 )(?<!기운 )(?<!기운을 )(?<!기력을 )차[리릴려]"
        r"(?=[려면는고까도 ]|$)"
        r"|스타트업|독립해서 ?일|매출|손님|프랜차이즈|업종 ?변경|임대료|거래처|납품"
        # one's own factory, not one that one works in
        r"|공장(?! ?(?:다니|일|에서|에 ?다))"
        r"|부업|투잡|유튜브|구독자|스마트 ?스토어|법인"
        r"|\b(?:business|start-?up|freelanc\w+"
        r"|open(?:ing)? (?:a|my) (?:shop|store|caf[eé]|restaurant)|customers|side hustle|shop|company of my own)\b",
    "change":
        r"이직"
        r"|다른 ?(?:회사|직장|팀|부서|데[를로]? ?(?:알아|가|옮))|팀을? ?옮"
        r"|직장(?:을)? ?(?:옮|바꾸|바꿔)"
        r"|(?:회사|직장|일|알바)(?:를|을)? ?(?:옮|그만|관두|관둘|나[가와]|나갈|떠|바꾸|때려|접|쉬)"
        r"|때려 ?[치칠쳐]|퇴사|사표|사직|부서|전직(?!장)|직업(?:을)? ?바꾸"
        r"|(?<!집을 )(?<!집 )(?<!학교를 )(?<!병원을 )(?<!자리를 )옮[기길겨긴김](?!기)"
        r"|휴직|발령|전근|재계약|계약 ?만료|새로운 ?도전|쉬고 ?싶|업종을? ?바꾸"
        r"|\b(?:chang(?:e|ing) (?:my )?jobs?|new job|quit\w*|resign\w*|switch(?:ing)? (?:jobs|careers)"
        r"|(?:change|switch)(?:ing)? (?:my )?(?:career|field)s?|leave my job|new career)\b",
    "job":
        r"취업|취준|최종에서|최종 ?(?:면접|합격)"
        r"|서류(?:는|에서|만|도|전형| ?탈락)"
        r"|취직|구직|실직|해고|면접|입사|백수|일자리|공채|채용|인턴|재취업|알바|자소서|자기 ?소개서|이력서"
        r"|지원(?:한|했|할)|인적성|복직|경단|일 ?(?:을 )?구하|구인|전환(?=이? ?될)|채용"
        r"|\b(?:(?:find|get|land)(?:ting|ing)? (?:a |an |the )?(?:job|work|hired)"
        r"|hired|job hunt\w*|looking for (?:a )?(?:job|work)"
        r"|interview|(?:un)?employ(?:ed|ment)|job offer|resume|applications?|laid off|fired)\b",
    "debt":
        r"(?<![가-힣])빚|대출|갚|파산|빌려|빌린"
        r"|[꿔꾸][간준줬](?= ?돈|[다는])|보증|못 ?받은 ?돈|떼인|회생|신용 ?불량"
        r"|카드 ?값|카드 ?빚|이자|사채|압류|마이너스 ?통장"
        r"|\b(?:debts?|loans?|owe|lend|borrow|pay (?:off|back)|bankrupt\w*)\b",
    "invest":
        r"주식|코인|비트코인|이더리움|투자|로또|복권"
        r"|(?<![가-힣])금(?:을|은) ?|(?<![가-힣])금 (?:지금 ?|더 ?)?(?:사[도야면는서까려]|살|팔)|달러|펀드|etf|(?<![가-힣])상장|매수"
        r"|매도"
        r"|물[린렸려](?=[지다고는 ])|물타|익절|단타|존버|떡상|삼전|삼성전자"
        r"|당첨|가상 ?화폐|가상 ?자산|암호 ?화폐|배당|채권|재테크|경매|청산(?=당| ?빔)"
        r"|\b(?:invest\w*|stocks?|crypto\w*|bitcoin|lottery|trading|shares|etfs?|coins?)\b",
    "house":
        r"(?<![가-힣])(?:내 |우리 )?집(?!사람|사님)(?:을|은|이|도)? ?(?:언제 ?|지금 ?|올해 ?|내년에 ?)?"
        r"(?:사|살|팔|구하|구할|계약|장만|마련|내놓)"
        r"|집값|영끌|갭 ?투자|아파트|오피스텔|빌라|청약|전세|월세|매매|부동산|분양"
        r"|땅(?:을|이나|도) ?(?:사|살|팔)"
        # a room that is to be let
        r"|(?<![가-힣])(?:방|자리|상가|점포)[이가도]? ?(?:언제 ?|아직 ?|계속 ?|왜 ?)?(?:안 ?)?(?:나가[요나는네니질]|나갈|빠[지져질])"
        r"|(?<![가-힣])방(?:을|이|도)? ?(?:내놓|내놨|비어 ?있)|가게 ?자리|공실|(?<![가-힣])세(?:를|도)? ?(?:놓|놨|내주)"
        r"|입주|재건축|재개발|상가|건물(?=[을이도주])|토지|세입자|보증금|집 ?계약|내 ?집"
        r"|\b(?:(?:buy|sell|rent)(?:ing)? (?:a |an |my |the )?(?:house|home|flat|apartment|condo)"
        r"|(?:house|home|flat|apartment|condo)(?: [a-z']+){0,2} (?:sell|sold)"
        r"|real estate|mortgage|rent(?:ing)?|landlord|lease)\b",
    "study": r"대학원|어학연수|편입|(?<![가-힣])석사|박사",
    "move":
        r"이사(?!님|회)|이민|해외|외국|이주|귀농|귀촌|귀향|고향|상경|내려[가갈]"
        r"|올라[가갈] ?살|가서 ?살|살고 ?싶은데|유학|워홀|주재원|여행|독립(?!운동)"
        r"|자취|기숙사|비자|영주권|이사갈|집을? ?나[가갈와]|전학"
        r"|\b(?:mov(?:e|ing)(?! on)|abroad|emigrat\w+|overseas|travel|visa|green card|relocat\w+)\b",
    "health":
        r"건강|편찮|쓰러[지졌]|간병|요양|치매|중풍|몸(?:이|은|도)"
        r"|회복|낫[지는기]|나을 ?수|[큰중]병|큰 ?병|암(?=[이은에일 ]|$)"
        # 배 아프다 is envy
        r"|(?<!배)(?<!배 )아[프파픈플]|병원|검진|검사|(?<![가-힣])병(?:이|을|에|은|도)|수술|치료"
        r"|다이어트|살(?:이|을)? ?(?:안 ?|더 ?|자꾸 ?)?(?:빠|빼|찌)"
        r"|(?<![가-힣])잠(?:이|을|도)|불면|피곤|피로|스트레스|우울|불안|번아웃|두통|무기력|지칠 때|기운이 없"
        r"|디스크|허리|무릎|관절|위장|당뇨|혈압|갑상선|갱년기|입원|퇴원|통증|탈모|공황|항암|완치"
        r"|컨디션|체력|면역|누워 ?계|금연|금주|술을? ?(?:끊|줄)|담배"
        r"|\b(?:health\w*|ill(?:ness)?|sick|sleep|stress\w*|tired|burn(?:ed|t)? ?out|weight|surgery|pain"
        r"|cancer|recover\w*|depress\w*|anxi\w+|heal(?:ing)?|sleeping|insomnia|diet)\b",
    "_study":
        r"공부|한글|가르치면|유치원|전공|문과|이과|예체능|예고|특목|학교|성적|대학|간호대|의대|진학|학원|배우면"
        r"|배워|과목|게임만|박사|학위|연구(?=[를가실])|과외|책상|필기 ?노트|유학 ?준비"
        r"|\b(?:study\w*|school|degree|university|college|grades?|studies|homework|major|phd|learn\w*)\b",
    "_people":
        r"왕따|따돌|은따|뒷담|뒷말|텃세|손절|절교|갑질|꼰대|(?:연|인연)을? ?끊|소외|외톨"
        r"|사람들?(?:이랑|하고|한테)|어울리(?=[기지질])|눈치 ?(?:보|없)"
        r"|이웃|옆집|윗집|층간|모임|동창"
        r"|\b(?:coworkers? (?:hate|bully)\w*|bull(?:y|ied|ying)|fit in|lonely at)\b",
    "money":
        r"(?<![가-힣])돈|형편|살림|벌이|재물|재산|재운|금전|수입|월급|저축"
        r"|부자|통장|소비|씀씀이|목돈|적자|벌어도|버는|남는 ?게|부수입|지출|저금|적금|용돈|생활비|카드를?|재정"
        r"|돈복|횡재|금고"
        r"|\b(?:money|wealth|rich|broke|sav(?:e|ing)s?|income|afford|finances?|financial\w*|salary enough)\b",
    "work":
        r"퇴직|은퇴|노후|직장|회사|진로|직업|적성|업무|천직"
        r"|(?:사무|기술|영업|전문|생산|연구|관리|서비스|정규|계약|현장|교)직"
        r"|체질|재능|먹고 ?살|벌어 ?먹|밥벌이"
        r"|(?:무슨|어떤|하는|지금|제) ?일을|뭘 ?시키"
        r"|일이 ?(?:안|잘|너무|힘|재미|맞)(?! ?풀)|커리어|책임을|하는 일에"
        r"|업종|직종|직무|분야|야근|하는 ?일(?!마다)|일감|전공을? ?살|뭘 ?해야|무얼 ?해야|뭐 ?하고"
        r"|\b(?:career|work|job|profession|workplace|overtime|profession|vocation|field)\b",
    "family":
        r"시댁|시어머니|장모|처가|고부|가족|집안|제사|명절|부모님과|형제|자매|합가|분가|모시|간섭|잔소리|효도"
        r"|\b(?:famil(?:y|ies)|in-?laws?|parents?|mother|father|siblings?)\b",
    "people":
        r"인간 ?관계|사람들?과|대인"
        r"|(?:사람|친구)(?:을|를)? ?(?:사귀|만나)|내 ?편|친구|동료|상사"
        r"|서운|다투|다퉜|싸우|싸웠"
        r"|\b(?:people|friends?|colleagues?|boss|fight|quarrel)\b",
    "_love": r"연인|남자 ?친구|여자 ?친구|남친|여친|\b(?:boyfriend|girlfriend|bf|gf)\b",
    "luck":
        r"운세|황금기|전성기|잘 ?풀리|(?:잘|안|언제) ?풀[릴리려]"
        r"|꼬[이여일였인](?=[는지네나냐ㄹ다요고 ]|$)"
        r"|하는 ?일마다|되는 ?일이|숨통|재수가|인생(?:이|은|의)"
        r"|(?:올해|내년|이번 ?달|다음 ?달|남은 ?달|20\d\d년)(?:은|는|의|에)? ?(?:운|어때|어떨|어떤|좋|뭐)"
        r"|대운|삼재|총운|운이|운은"
        r"|(?:새로운 일|시작)(?:을|하기)? ?(?:시작)?[^?]{0,6}(?:좋은 )?때"
        r"|이번 ?주|조심할|조심해야|팔자|볕 ?들|새 ?출발|좋은 ?날|앞날|미래|행운|기회|대박"
        r"|신년|토정비결|한 ?해|액땜|부적"
        r"|복(?:이|은|을) ?(?:있|없|많)|봄날"
        r"|\b(?:luck|fortune|year ahead|next year|this year|future|destin\w+|fate|look like for me|good year"
        r"|bad year)\b",
    "self":
        r"성격|장점|단점|성향|용신|사주는|타고난|기운을|첫걸음|마무리|고집|우유부단|소심|저는 어떤|나는 어떤"
        r"|자존감|자신감|예민|게으|성질|욱하|의지(?=가|박)|끈기|미루|귀가 ?얇|낯가림|눈물이"
        r"|\b(?:personality|strengths?|weakness\w*|who am i|introvert\w*|sensitive|confidence|lazy|who i am"
        r"|about myself)\b",
}  # fmt: skip
GRAVE: Final = ("grief", "lifespan", "affair")
VAGUE: Final = (
    *("money", "work", "family", "people", "_love", "luck", "self"),
    *("__business", "__study", "__child", "__promotion"),
)
