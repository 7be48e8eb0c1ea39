"""신살·길성 and 납음."""

from __future__ import annotations

ENTRIES = """
cheoneul|천을귀인|天乙貴人|Heavenly Noble|어려울 때 손을 내밀어 주는 사람을 만나기 쉽다고 보는 별이에요.|Help tends to be at hand when it is needed.
cheondeok|천덕귀인|天德貴人|Heavenly Virtue|하늘의 덕이 함께해 일이 부드럽게 풀린다고 보는 별이에요.|A gentle grace that smooths things over.
cheondeokhap|천덕합|天德合|Heavenly Virtue's mate|천덕귀인과 짝을 이루어 그 덕을 돕는다고 보는 별이에요.|The mate of Heavenly Virtue, lending it support.
woldeok|월덕귀인|月德貴人|Monthly Virtue|달의 덕처럼 온화하게 사람을 감싼다고 보는 별이에요.|A mild kindness, like the moon's.
woldeokhap|월덕합|月德合|Monthly Virtue's mate|월덕귀인과 짝을 이루어 온화함을 더한다고 보는 별이에요.|The mate of Monthly Virtue, adding mildness.
munchang|문창귀인|文昌貴人|Literary Star|글과 배움에 재주가 있다고 보는 별이에요.|A gift for letters and learning.
mungok|문곡귀인|文曲貴人|Artful Learning|깊이 있는 공부와 예술 감각이 있다고 보는 별이에요.|Depth in study and a sense for the arts.
hakdang|학당귀인|學堂貴人|School Hall|배우고 가르치는 자리와 인연이 있다고 보는 별이에요.|A bond with places of learning and teaching.
gwangwi_hakgwan|관귀학관|官貴學館|Hall of Office|배운 것을 조직에서 펼치기 좋다고 보는 별이에요.|Putting one's learning to use in an organisation.
taegeuk|태극귀인|太極貴人|Great Ultimate|시작과 끝을 잘 맺고 큰 흐름을 본다고 여기는 별이에요.|Seeing the whole, from beginning to end.
cheonju|천주귀인|天廚貴人|Heavenly Kitchen|먹을 복과 넉넉한 생활을 뜻한다고 보는 별이에요.|Good food and a comfortable living.
geumyeo|금여|金輿|Golden Carriage|온화한 성품과 좋은 인연을 뜻한다고 보는 별이에요.|A gentle manner and good company.
amrok|암록|暗祿|Hidden Stipend|보이지 않는 곳에서 도움이 온다고 보는 별이에요.|Help that comes from unseen places.
hyeoprok|협록|夾祿|Flanked Stipend|양옆에서 나를 받쳐 주는 도움이 있다고 보는 별이에요.|Support from both sides.
cheonui|천의성|天醫星|Heavenly Healer|사람을 돌보고 살리는 일에 마음이 간다고 보는 별이에요.|A heart for care and healing.
cheonmun|천문성|天門星|Gate of Heaven|직관이 맑고 정신세계에 관심이 많다고 보는 별이에요.|Clear intuition and interest in the life of the mind.
hwangeun|황은대사|皇恩大赦|Royal Pardon|막힌 일이 너그럽게 풀릴 여지가 있다고 보는 별이에요.|Room for knots to be generously undone.
bokseong|복성귀인|福星貴人|Fortune Star|소소한 복이 따르고 인복이 있다고 보는 별이에요.|Small blessings and kindly people.
dohwa|도화|桃花|Peach Blossom|사람의 눈길을 끄는 매력과 감각을 뜻하는 별이에요.|Charm and taste that draw people.
hongyeom|홍염|紅艶|Crimson Beauty|은은한 매력과 표현력이 있다고 보는 별이에요.|A quiet charm and expressiveness.
yeokma|역마|驛馬|Post Horse|움직이고 옮기며 세상을 넓히는 기운을 뜻하는 별이에요.|Movement that widens one's world.
hwagae|화개|華蓋|Canopy|혼자 깊이 몰두하는 예술과 사색의 기운을 뜻하는 별이에요.|Absorption in art and thought.
baekho|백호|白虎|White Tiger|한번 마음먹으면 힘 있게 밀고 나가는 기운을 뜻하는 별이에요.|Strong drive once the mind is made up.
goegang|괴강|魁罡|Commanding Star|또렷한 주관과 이끄는 힘을 뜻하는 별이에요.|A clear mind of one's own and the power to lead.
yangin|양인|羊刃|Blade|집중력과 결단력이 강한 기운을 뜻하는 별이에요.|Strong focus and decision.
yangin_yin|양인(음간, 이설)|陰刃|Blade of yin stems (disputed)|음간의 양인으로, 학파에 따라 인정하지 않기도 하는 별이에요.|The Blade of yin stems, which some schools do not count.
hyeonchim|현침|懸針|Needle|섬세하고 정밀한 손재주와 말솜씨를 뜻하는 별이에요.|Fine, precise hands and words.
gwimun|귀문|鬼門|Spirit Gate|예민한 감수성과 남다른 직관을 뜻하는 짝이에요.|Keen sensitivity and unusual intuition.
wonjin|원진|怨嗔|Resentment|가까우면서도 서운함이 생기기 쉬워 말이 필요한 짝이에요.|Closeness that easily feels slighted and needs words.
gosin|고신|孤辰|Solitary Star|혼자만의 시간을 소중히 여기는 기운을 뜻하는 별이에요.|Valuing time alone.
gwasuk|과숙|寡宿|Lone Lodge|고요히 스스로를 돌보는 기운을 뜻하는 별이에요.|Looking after oneself in quiet.
goran|고란|孤鸞|Lone Phoenix|독립심이 강하고 제 길을 가는 기운을 뜻하는 별이에요.|Independence on one's own path.
tanghwa|탕화|湯火|Heat and Water|감정의 온도가 높아 열정이 큰 기운을 뜻하는 별이에요.|High warmth of feeling and passion.
geupgak|급각|急脚|Hasty Foot|걸음을 서두르기보다 차분히 살피라는 뜻으로 읽는 별이에요.|A reminder to step calmly rather than in haste.
nakjeong|낙정|落井|Well's Edge|발밑을 살피고 약속을 분명히 하라는 뜻으로 읽는 별이에요.|A reminder to watch one's step and be clear about promises.
cheonra|천라|天羅|Heaven's Net|한곳에 깊이 파고드는 집중의 그물로 읽는 별이에요.|A net of deep concentration.
jimang|지망|地網|Earth's Net|촘촘히 살피고 다듬는 힘으로 읽는 별이에요.|The power to examine and refine closely.
sangmun|상문|喪門|Mourning Gate|주변을 돌아보고 위로를 나누라는 뜻으로 읽는 별이에요.|A call to look around and share comfort.
jogaek|조객|弔客|Condoler|사람들의 마음을 살피고 곁을 지키는 뜻으로 읽는 별이에요.|Being there for others' feelings.
hyosin|효신|梟神|Owl|어머니와 배움의 기운이 가까이 있다고 읽는 별이에요.|The force of mother and learning stands close.
geokgak|격각|隔角|Skipped Corner|사이를 한 칸 두어 제 공간이 필요하다고 읽는 별이에요.|One step apart: a need for one's own space.
eumchak|음착|陰錯|Yin Crossed|인연의 속도를 서로 맞추어 가라는 뜻으로 읽는 별로, 양차와 함께 음양차착이라 해요.|A reminder to match pace in relationships (yin days).
yangcha|양차|陽差|Yang Crossed|관계의 온도를 서로 맞추어 가라는 뜻으로 읽는 별로, 음착과 함께 음양차착이라 해요.|A reminder to match warmth in relationships (yang days).
samjae|삼재|三災|Three Years of Care|열두 해마다 돌아오는 세 해로, 무리하지 않고 정비하는 때로 읽어요.|Three years in twelve read as a time for upkeep.
deul_samjae|들삼재|入三災|first year of care|삼재의 첫해로, 새 일을 벌이기보다 살피는 때로 읽어요.|The first of the three years: look before you begin.
nul_samjae|눌삼재|臥三災|middle year of care|삼재의 가운데 해로, 하던 일을 다지는 때로 읽어요.|The middle year: consolidate.
nal_samjae|날삼재|出三災|last year of care|삼재의 마지막 해로, 정리하며 마무리하는 때로 읽어요.|The last year: tidy up and close.
haejunggeum|해중금|海中金|metal in the sea|바닷속 금처럼 아직 드러나지 않은 가능성을 비유해요.|Gold in the sea: promise not yet seen.
nojunghwa|노중화|爐中火|fire in the furnace|화로 속 불처럼 무언가를 빚어내는 열기를 비유해요.|Furnace fire: heat that shapes.
daerimmok|대림목|大林木|great forest wood|큰 숲의 나무처럼 어울려 자라는 모습을 비유해요.|Forest trees growing together.
nobangto|노방토|路傍土|roadside earth|길가의 흙처럼 누구나 오가며 쓰는 너른 땅을 비유해요.|Wayside soil, open to all.
geombonggeum|검봉금|劍鋒金|sword-edge metal|칼끝의 쇠처럼 잘 벼려진 날카로움을 비유해요.|A well-honed edge.
sanduhwa|산두화|山頭火|mountain-top fire|산머리의 불처럼 멀리서 보이는 빛을 비유해요.|A light seen from afar.
ganhasu|간하수|澗下水|ravine water|골짜기 물처럼 가늘어도 끊이지 않는 흐름을 비유해요.|A thin stream that never stops.
seongduto|성두토|城頭土|city-wall earth|성벽의 흙처럼 지키고 버티는 단단함을 비유해요.|The firmness of a city wall.
baekrapgeum|백랍금|白鑞金|white-wax metal|갓 녹인 납처럼 다듬어지는 중인 순수함을 비유해요.|Metal still soft, being refined.
yangryumok|양류목|楊柳木|willow wood|버드나무처럼 부드럽게 휘는 유연함을 비유해요.|The suppleness of willow.
cheonjungsu|천중수|泉中水|spring water|샘물처럼 맑게 솟아나는 마음을 비유해요.|A clear spring welling up.
oksangto|옥상토|屋上土|roof earth|지붕의 흙처럼 비바람을 막아 주는 든든함을 비유해요.|Earth on a roof, giving shelter.
byeokryeokhwa|벽력화|霹靂火|thunderbolt fire|번갯불처럼 순간에 번뜩이는 힘을 비유해요.|A flash of power.
songbaekmok|송백목|松柏木|pine wood|소나무처럼 사철 변하지 않는 곧음을 비유해요.|Evergreen uprightness.
jangryusu|장류수|長流水|long-flowing water|길게 흐르는 강처럼 꾸준함을 비유해요.|A river's steadiness.
sajunggeum|사중금|砂中金|metal in the sand|모래 속 금처럼 골라내야 빛나는 재능을 비유해요.|Gold to be sifted from sand.
sanhahwa|산하화|山下火|fire below the mountain|산 아래 불처럼 은근히 비추는 빛을 비유해요.|A soft glow at the foot of a hill.
pyeongjimok|평지목|平地木|plain wood|들판의 나무처럼 너그럽게 뻗는 모습을 비유해요.|A tree spreading on the plain.
byeoksangto|벽상토|壁上土|wall earth|벽의 흙처럼 기댈 곳이 되는 모습을 비유해요.|Plaster on a wall, something to lean on.
geumbakgeum|금박금|金箔金|gold-leaf metal|금박처럼 얇지만 화사하게 꾸미는 빛을 비유해요.|Thin gold leaf that adorns.
bokdeunghwa|복등화|覆燈火|lamp fire|등불처럼 어둠을 밝히는 다정함을 비유해요.|A lamp's kindly light.
cheonhasu|천하수|天河水|water of the Milky Way|은하수처럼 고르게 내려 적시는 마음을 비유해요.|Rain from the Milky Way, falling on all.
daeyeokto|대역토|大驛土|great post-road earth|큰길의 흙처럼 두루 오가는 너른 마음을 비유해요.|The broad soil of a highway.
chacheongeum|차천금|釵釧金|ornament metal|비녀와 팔찌처럼 곱게 다듬은 아름다움을 비유해요.|Metal finely worked into ornaments.
sangjamok|상자목|桑柘木|mulberry wood|뽕나무처럼 쓰임이 많은 모습을 비유해요.|Mulberry, useful in every part.
daegyesu|대계수|大溪水|great stream water|큰 시내처럼 거침없이 흐르는 모습을 비유해요.|A broad brook in full flow.
sajungto|사중토|沙中土|earth in the sand|모래 속 흙처럼 부드럽게 어울리는 모습을 비유해요.|Soil mingling softly with sand.
cheonsanghwa|천상화|天上火|fire in the sky|하늘의 해처럼 널리 비추는 밝음을 비유해요.|The sun shining on all.
seokryumok|석류목|石榴木|pomegranate wood|석류나무처럼 속이 알찬 모습을 비유해요.|Pomegranate, full within.
daehaesu|대해수|大海水|great sea water|바다처럼 모든 것을 받아들이는 넓음을 비유해요.|The sea that takes in everything.
""".strip()
