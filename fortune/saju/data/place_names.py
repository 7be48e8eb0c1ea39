"""Other names under which a place is looked for: those on older records, islands, Hanja, foreign spellings.

A line is a slug of ``places`` and its other names. Cities that were joined to another keep their old name
here, as a birth record has it.
"""

from __future__ import annotations

ROWS = """
seongnam 분당 분당구 판교 Bundang
gwangju 광주시
gwangju-gyeonggi 광주군
yeongdeungpo-seoul 여의도
goyang 일산 일산시 Ilsan
namyangju 미금 미금시
pyeongtaek 송탄 송탄시 Songtan
gangneung 명주 명주군
chuncheon 춘성 춘성군
jeongseon 사북 고한
wonju 원성 원성군
donghae 묵호 북평
cheongju 청원 청원군 Cheongwon
chungju 중원 중원군
jecheon 제원 제원군
cheonan 천원 천원군
boryeong 대천 대천시
asan 온양 온양시 Onyang
sejong 연기 연기군 조치원
iksan 이리 이리시 Iri
jeongeup 정주 정주시
gunsan 옥구 옥구군
yeosu 여천 여천시 거문도
gwangyang 동광양 동광양시
suncheon 승주 승주군
naju 금성 금성시
sinan 흑산도 홍도
mungyeong 점촌 점촌시
gumi 선산 선산군
yeongju 영풍 영풍군
gimcheon 금릉 금릉군
pohang 영일 영일군
gyeongju 월성 월성군
ulleung 울릉도 독도 Dokdo
changwon 마산 마산시 Masan 진해 진해시 Jinhae
tongyeong 충무 충무시
sacheon 삼천포 삼천포시
geoje 장승포 장승포시 거제도
ganghwa 강화도
anyang 평촌 Pyeongchon
hwaseong 동탄 동탄신도시 Dongtan
yeonsu-incheon 송도 송도신도시 송도국제도시 Songdo
jung-incheon 영종도
ongjin 백령도 연평도
jeju 북제주 북제주군
jinju 진양 진양군
seogwipo 남제주 남제주군 서귀읍
kaesong 개성시 開城 Gaeseong
chongjin Cheongjin
tokyo 동경 東京 토쿄 도쿄도 동경도
kyoto 쿄토 京都
osaka 대판 大阪
fukuoka 福岡
sapporo 札幌
naha 오키나와 Okinawa
beijing 북경 北京 Peking
shanghai 상해 上海
guangzhou 廣州 광동 Canton
shenzhen 심천 深圳
tianjin 천진 天津
chongqing 중경 重慶
shenyang 심양 瀋陽 봉천 Mukden
dalian 대련 大連
changchun 장춘 長春
harbin 哈爾濱 할빈
yanji 연변 延吉 Yanbian
dandong 단동 丹東
qingdao 靑島
yantai 연태 煙台
weihai 위해 威海
nanjing 남경 南京 Nanking
hangzhou 항주 杭州
wuhan 무한 武漢
xi-an 서안 西安 Xian
chengdu 성도 成都
hong-kong 香港 Hongkong
taipei 臺北 타이페이
singapore 싱가폴 新加坡
ho-chi-minh-city 호치민 사이공 Saigon
denpasar Bali
yangon 랑군 Rangoon
mumbai 봄베이 Bombay
bengaluru 방갈로르 Bangalore
chennai 마드라스 Madras
kolkata 캘커타 Calcutta
new-delhi 델리 Delhi
almaty 알마아타
astana 누르술탄 Nursultan
saint-petersburg 레닌그라드 페테르부르크 Leningrad Petersburg
yuzhno-sakhalinsk 사할린 Sakhalin
kyiv 키예프 Kiev
odesa 오데사 Odessa
munich München
cologne Köln 쾰른
vienna Wien 비엔나
rome Roma
milan Milano
venice Venezia 베니스
florence Firenze
naples Napoli
prague Praha
warsaw Warszawa
moscow Moskva
new-york NYC 뉴욕시 뉴욕주 맨해튼 Manhattan 브루클린 Brooklyn
los-angeles LA L.A. 엘에이 로스엔젤레스 나성
san-francisco SF 상항
washington DC 워싱턴DC
las-vegas 라스베가스
dallas 달라스
atlanta 애틀란타 아틀란타
honolulu 하와이 Hawaii
vancouver 벤쿠버
montreal Montréal
sao-paulo 쌍파울로 상파울로
mexico-city CDMX
sydney 씨드니
"""


# Countries, which people write instead of a city. Clocks and longitudes in one differ too much for a city to stand for it.
_COUNTRIES = """
한국 대한민국 남한 북한 조선 미국 아메리카 일본 중국 대만 영국 프랑스 독일 캐나다 호주 러시아 소련 인도 베트남 태국 필리핀 브라질
이탈리아 스페인 카자흐스탄 우즈베키스탄 키르기스스탄 인도네시아 말레이시아 뉴질랜드 멕시코 아르헨티나 칠레 페루 콜롬비아 볼리비아
파라과이 네덜란드 스위스 오스트리아 터키 이집트 라오스 네팔 파키스탄 방글라데시 스리랑카 스웨덴 노르웨이
덴마크 핀란드 폴란드 체코 루마니아 그리스 포르투갈 아일랜드 우크라이나 사우디아라비아 사우디 이란 이라크 이스라엘 요르단
아랍에미리트 리비아 에티오피아 나이지리아 남아공 남아프리카공화국
韓國 大韓民國 日本 中國 美國 日 美 中
korea southkorea northkorea republicofkorea usa us u.s. u.s.a. america unitedstates japan china taiwan uk england britain unitedkingdom
france germany canada australia russia india vietnam thailand philippines brazil italy spain mongolia kazakhstan uzbekistan indonesia
malaysia newzealand mexico argentina chile peru netherlands belgium switzerland austria turkey egypt cambodia sweden norway denmark
finland poland ireland ukraine israel iran iraq
"""
# Parts of other countries, of which the same is true.
_REGIONS = """
캘리포니아 캘리포니아주 텍사스 텍사스주 뉴저지 뉴저지주 버지니아 버지니아주 플로리다 플로리다주 펜실베이니아 매사추세츠 일리노이 미시간 오하이오
메릴랜드 콜로라도 애리조나 네바다 오리건 미네소타 테네시 미주리 인디애나 유타 온타리오 온타리오주
뉴사우스웨일스 홋카이도 북해도 오사카부 교토부 길림성 지린성 요녕성 흑룡강성 산동성 산둥성 만주 간도
california texas newjersey virginia florida pennsylvania massachusetts illinois michigan ohio maryland colorado arizona nevada oregon
ontario alberta britishcolumbia queensland newsouthwales hokkaido
"""
_PROVINCES = (
    "경기 강원 충북 충남 충청 충청도 전북 전남 전라 전라도 경북 경남 경상 경상도 함경도 평안도 황해도 "
    "함경남도 함경북도 함남 함북 평안남도 평안북도 평남 평북 황해남도 황해북도 gyeonggi gangwon chungcheong chungcheongbuk chungcheongnam "
    "chungbuk chungnam jeolla jeollabuk jeollanam jeonbuk jeonnam gyeongsang gyeongsangbuk gyeongsangnam gyeongbuk gyeongnam"
)
COUNTRIES, PROVINCES = (frozenset(words.split()) for words in (_COUNTRIES + _REGIONS, _PROVINCES))


def names() -> dict[str, tuple[str, ...]]:
    """Return the other names of each slug."""
    return {slug: tuple(words) for slug, *words in (line.split() for line in ROWS.split("\n") if line)}
