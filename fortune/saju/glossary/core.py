"""Pillars, elements, ten gods, hidden stems, twelve stages, twelve 신살, luck."""

from __future__ import annotations

ENTRIES = """
year|년주|年柱|year pillar|태어난 해를 나타내는 기둥으로, 뿌리와 어린 시절의 배경을 봐요.|The pillar of the birth year: roots and early surroundings.
month|월주|月柱|month pillar|태어난 달을 나타내는 기둥으로, 자라 온 환경과 사회생활의 바탕을 봐요.|The pillar of the birth month: upbringing and one's place in society.
day|일주|日柱|day pillar|태어난 날을 나타내는 기둥으로, 나 자신과 가장 가까운 사람을 봐요.|The pillar of the birth day: oneself and those closest.
hour|시주|時柱|hour pillar|태어난 시각을 나타내는 기둥으로, 마음속 바람과 인생 후반을 봐요.|The pillar of the birth hour: inner wishes and later life.
luck|운|運|luck pillar|시간의 흐름에 따라 들어오는 기둥으로, 원국과 만나 변화를 만들어요.|A pillar that arrives with time and meets the birth chart.
saju|사주|四柱|four pillars|태어난 연·월·일·시를 네 기둥의 여덟 글자로 나타낸 것이에요.|The birth year, month, day and hour written as four pillars of eight signs.
wonguk|원국|原局|birth chart|태어날 때 정해진 여덟 글자 자체를 말해요.|The eight signs fixed at birth.
cheongan|천간|天干|heavenly stem|기둥의 윗글자로, 겉으로 드러나는 기운이에요.|The upper sign of a pillar: what shows.
jiji|지지|地支|earthly branch|기둥의 아랫글자로, 바탕에 깔린 기운과 계절이에요.|The lower sign of a pillar: ground and season.
ilgan|일간|日干|day stem|태어난 날의 천간으로, 사주에서 '나'를 뜻하는 글자예요.|The stem of the birth day: the sign that stands for oneself.
ohaeng|오행|五行|five elements|목·화·토·금·수 다섯 가지 기운의 움직임이에요.|The five movements wood, fire, earth, metal and water.
mok|목|木|wood|봄의 기운으로, 자라고 뻗어 나가는 성질이에요.|The force of spring: growing and reaching out.
hwa|화|火|fire|여름의 기운으로, 밝히고 펼치는 성질이에요.|The force of summer: lighting up and spreading.
to|토|土|earth|계절과 계절을 잇는 기운으로, 품고 중재하는 성질이에요.|The force between seasons: holding and mediating.
geum|금|金|metal|가을의 기운으로, 거두고 가다듬는 성질이에요.|The force of autumn: gathering and refining.
su|수|水|water|겨울의 기운으로, 모으고 흘러가는 성질이에요.|The force of winter: storing and flowing.
polarity_yang|양|陽|yang|바깥으로 움직이고 드러나는 쪽이에요.|The side that moves outward and shows.
polarity_yin|음|陰|yin|안으로 모이고 갈무리하는 쪽이에요.|The side that gathers inward and keeps.
lacking|부족|不足|lacking|전체에서 10%에 못 미치는 상태예요.|Less than 10 % of the whole.
fitting|적정|適正|fitting|전체에서 10% 이상 30% 미만인 상태예요.|From 10 % to below 30 % of the whole.
developed|발달|發達|developed|전체에서 30% 이상 50% 미만인 상태예요.|From 30 % to below 50 % of the whole.
excessive|과다|過多|abundant|전체에서 절반 이상을 차지하는 상태예요.|Half of the whole or more.
sipseong|십성|十星|ten gods|일간과 다른 글자의 관계를 열 가지로 나눈 이름이에요.|Ten names for how a sign relates to the day stem.
bigyeon|비견|比肩|Companion|나와 오행과 음양이 모두 같은 기운으로, 주체성과 동료를 뜻해요.|Same element, same polarity: self-reliance and peers.
geopjae|겁재|劫財|Rival|나와 오행은 같고 음양이 다른 기운으로, 경쟁심과 승부욕을 뜻해요.|Same element, other polarity: competition and drive.
siksin|식신|食神|Eating God|내가 낳고 음양이 같은 기운으로, 꾸준한 표현과 즐거움을 뜻해요.|What I feed, same polarity: steady expression and enjoyment.
sanggwan|상관|傷官|Hurting Officer|내가 낳고 음양이 다른 기운으로, 재치와 틀을 깨는 표현을 뜻해요.|What I feed, other polarity: wit and expression that breaks the mould.
pyeonjae|편재|偏財|Indirect Wealth|내가 다스리고 음양이 같은 기운으로, 넓은 활동과 유연한 재물 감각을 뜻해요.|What I govern, same polarity: wide activity and flexible money sense.
jeongjae|정재|正財|Direct Wealth|내가 다스리고 음양이 다른 기운으로, 성실한 관리와 알뜰함을 뜻해요.|What I govern, other polarity: diligent care and thrift.
pyeongwan|편관|偏官|Indirect Officer|나를 다스리고 음양이 같은 기운으로, 도전과 책임감 있는 돌파력을 뜻해요.|What governs me, same polarity: challenge and resolve.
jeonggwan|정관|正官|Direct Officer|나를 다스리고 음양이 다른 기운으로, 원칙과 신뢰, 맡은 자리를 뜻해요.|What governs me, other polarity: principle, trust and position.
pyeonin|편인|偏印|Indirect Seal|나를 낳고 음양이 같은 기운으로, 직관과 남다른 배움을 뜻해요.|What feeds me, same polarity: intuition and unusual learning.
jeongin|정인|正印|Direct Seal|나를 낳고 음양이 다른 기운으로, 배움과 보살핌을 뜻해요.|What feeds me, other polarity: learning and care.
bigeop|비겁|比劫|companions|비견과 겁재를 함께 부르는 이름으로, 나와 같은 편의 힘이에요.|Companion and Rival together: forces on my own side.
siksang|식상|食傷|output|식신과 상관을 함께 부르는 이름으로, 내 안의 것을 밖으로 내는 힘이에요.|Eating God and Hurting Officer together: what I bring out.
jaeseong|재성|財星|wealth|편재와 정재를 함께 부르는 이름으로, 현실을 꾸리고 결과를 얻는 힘이에요.|Both Wealth gods together: managing reality and results.
gwanseong|관성|官星|officer|편관과 정관을 함께 부르는 이름으로, 규칙과 역할을 받아들이는 힘이에요.|Both Officer gods together: rules and roles.
inseong|인성|印星|seal|편인과 정인을 함께 부르는 이름으로, 받아들이고 배우는 힘이에요.|Both Seal gods together: receiving and learning.
jijanggan|지장간|地藏干|hidden stems|지지 속에 간직된 천간들이에요.|The stems kept inside a branch.
yeogi|여기|餘氣|remaining force|앞 달에서 넘어와 남아 있는 기운이에요.|What is left over from the month before.
junggi|중기|中氣|middle force|지지 가운데에 머무는 기운이에요.|The force in the middle of a branch.
jeonggi|정기|正氣|main force|그 지지의 본디 기운이에요.|The branch's own, main force.
saryeong|사령|司令|stem in command|태어난 날에 월지를 맡고 있는 지장간이에요.|The hidden stem in charge of the month branch on the birth day.
unseong|12운성|十二運星|twelve stages|천간의 기운이 지지를 만나 자라고 쉬는 흐름을 열두 단계로 나타낸 것이에요.|Twelve stages of how a stem's force grows and rests through the branches.
bongbeop|봉법|逢法|met stage|일간을 기준으로 각 지지에서 보는 12운성이에요.|Stages reckoned from the day stem at every branch.
geobeop|거법|居法|seated stage|각 기둥의 천간이 제 지지 위에서 갖는 12운성이에요.|Stages of each pillar's own stem on its branch.
jangsaeng|장생|長生|Birth|새로 시작하며 자라나는 단계예요.|A fresh start that begins to grow.
mokyok|목욕|沐浴|Bathing|호기심이 많고 시행착오로 배우는 단계예요.|Curiosity, learning by trial.
gwandae|관대|冠帶|Coming of Age|제 모습을 갖추고 나서는 단계예요.|Taking shape and stepping out.
geonrok|건록|建祿|Establishment|스스로 서서 제 몫을 하는 자리로, 12운성의 한 단계이자 길성의 하나예요.|Standing on one's own: a stage, and also a kind star.
jewang|제왕|帝旺|Peak|기운이 가장 무르익은 단계예요.|The force at its ripest.
soe|쇠|衰|Easing|힘을 덜어 내고 노련해지는 단계예요.|Easing off, growing seasoned.
byeong|병|病|Quieting|바깥일보다 마음을 살피는 섬세한 단계예요.|Turning inward with delicacy.
sa|사|死|Stillness|움직임을 멈추고 깊이 생각하는 단계예요.|Pausing to think deeply.
myo|묘|墓|Storing|거둔 것을 모아 간직하는 단계예요.|Gathering in and keeping.
jeol|절|絕|Turning|묵은 것을 비우고 방향을 바꾸는 단계예요.|Emptying the old and turning.
tae|태|胎|Conception|새로운 가능성이 움트는 단계예요.|A new possibility stirs.
yang|양|養|Nurture|보살핌 속에서 준비하는 단계예요.|Preparing under care.
sinsal|신살|神殺|symbolic stars|글자의 짝에서 읽는 옛 상징들로, 풀이의 곁들임이에요.|Old symbols read from patterns of signs; footnotes to a reading.
sinsal12|12신살|十二神殺|twelve spirits|삼합을 기준으로 지지에 붙이는 열두 가지 상징이에요.|Twelve symbols given to branches by their triad.
geopsal|겁살|劫殺|Seizing|뜻밖의 변화에 빠르게 맞서는 기운이에요.|Meeting sudden change quickly.
jaesal|재살|災殺|Contest|머리를 써서 겨루고 헤쳐 나가는 기운이에요.|Working through contest with wit.
cheonsal|천살|天殺|Heaven|내 뜻을 넘어선 흐름을 존중하게 되는 기운이에요.|Respect for what lies beyond one's will.
jisal|지살|地殺|Earth|새로운 곳에서 시작하고 움직이는 기운이에요.|Moving and starting in a new place.
yeonsal|연살|年殺|Bloom|도화라고도 하며, 눈길을 끄는 매력의 기운이에요.|Also called peach blossom: charm that draws attention.
wolsal|월살|月殺|Moon|메마른 때를 견디며 속을 채우는 기운이에요.|Enduring a dry time and filling the inside.
mangsinsal|망신살|亡身殺|Exposure|숨겨 둔 것이 드러나 나를 알리게 되는 기운이에요.|What was hidden shows, and one is seen.
jangseongsal|장성살|將星殺|General|가운데에서 이끄는 힘의 기운이에요.|Leading from the centre.
bananssal|반안살|攀鞍殺|Saddle|자리를 잡고 편안히 올라앉는 기운이에요.|Settling in the saddle.
yeokmasal|역마살|驛馬殺|Post Horse|활발히 옮겨 다니며 세상을 넓히는 기운이에요.|Travelling and widening one's world.
yukhaesal|육해살|六害殺|Six Harms|작은 일까지 살피며 빠르게 움직이는 예민한 기운이에요.|Alert quickness that minds small things.
hwagaesal|화개살|華蓋殺|Canopy|혼자 깊이 파고드는 예술과 사색의 기운이에요.|Art and thought pursued alone.
gongmang|공망|空亡|void|여섯 순에서 짝을 얻지 못한 두 지지로, 비워 두고 채워 갈 자리로 봐요.|The two branches left without a stem in a decade: a place left open.
napeum|납음|納音|melodic element|두 기둥마다 하나씩 붙는 오행의 옛 이름이에요.|The old elemental name shared by each two pillars.
daeun|대운|大運|decade luck|십 년마다 바뀌는 큰 흐름이에요.|The broad current that changes every ten years.
daeunsu|대운수|大運數|decade number|첫 대운이 시작하는 나이예요.|The age at which the first decade luck begins.
gyoun|교운|交運|change of luck|대운이 바뀌는 때예요.|The moment one decade luck gives way to the next.
seun|세운|歲運|year luck|한 해 동안 들어오는 흐름으로, 입춘에 바뀌어요.|The current of a year, changing at 입춘.
wolun|월운|月運|month luck|한 달 동안 들어오는 흐름으로, 절기에 바뀌어요.|The current of a month, changing at a solar term.
iljin|일진|日辰|day luck|하루 동안 들어오는 기둥이에요.|The pillar of a single day.
jeolgi|절기|節氣|solar term|해의 위치로 한 해를 스물넷으로 나눈 마디예요.|One of twenty-four marks of the sun's yearly path.
ipchun|입춘|立春|start of spring|사주에서 한 해가 바뀌는 절기예요.|The solar term at which the saju year changes.
jasi|자시|子時|midnight hour|밤 열한 시부터 새벽 한 시까지의 시간이에요.|The double hour around midnight.
yajasi|야자시|夜子時|late midnight hour|자정 전의 자시를 그날의 늦은 밤으로 보는 방식이에요.|Counting the hour before midnight to the day that ends.
jeongjasi|정자시|正子時|whole midnight hour|자시가 시작하면 날이 바뀐다고 보는 방식이에요.|Changing the day when the midnight hour begins.
""".strip()
