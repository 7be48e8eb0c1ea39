"""The words by which a text names a chart's parts, in Korean, Hanja and English, with the kind and value of each."""

from __future__ import annotations

from typing import Any

from fortune.readings.grounding.names.english import ENGLISH
from fortune.readings.grounding.names.numbers import DECADES, TENS
from fortune.saju.derive.basics import GROUPS, NAYIN, SINSAL12, STAGES, TEN_GODS
from fortune.saju.glossary import TERMS

Word = tuple[str, Any]
WORDS: dict[str, Word] = {}


def _add(kind: str, rows: dict[str, Any]) -> None:
    for words, value in rows.items():
        for word in words.split("|"):
            WORDS[word] = (kind, value)


for _kind, _rows in ENGLISH.items():
    _add(_kind, _rows)

_PLACES = {"year": ("년", "연", "해"), "month": ("월", "월", "달"), "day": ("일", "일", "날"), "hour": ("시", "시", "시각")}  # fmt: skip
_HANJA = {"year": "年", "month": "月", "day": "日", "hour": "時"}
for _place, (_one, _two, _noun) in _PLACES.items():
    _h = _HANJA[_place]
    _add("place", {
        f"{_one}주|{_two}주|{_one}기둥|{_two}기둥|{_h}柱|태어난 {_noun}의 기둥|태어난 {_noun}의 간지"
        f"|생{_one}의 간지|생{_one} 간지|{_place} you were born in|{_place} you were born|{_place} of your birth"
        f"|birth {_place}|{_place} of birth|태어난 {_noun}은|태어난 {_noun}가|태어난 {_noun}는|태어난 {_noun}이"
        f"|{_place} pillar": _place,
    })  # fmt: skip
    _tops = "의 천간", " 천간", "의 윗글자", "의 위 글자"
    _feet = "의 지지", " 지지", "의 아랫글자", "의 아래 글자"
    _pillars = f"{_one}주", f"{_two}주", f"태어난 {_noun}"
    _add("cell", {
        f"{_one}상": f"{_place}.stem",
        f"{_one}간|{_two}간|{_one}천간|{_h}干|{_place} stem|{_place} heavenly stem": f"{_place}.stem",
        f"{_one}지|{_two}지|{_h}支|{_place} branch|{_place} earthly branch": f"{_place}.branch",
        "|".join(name + top for name in _pillars for top in _tops): f"{_place}.stem",
        "|".join(name + foot for name in _pillars for foot in _feet): f"{_place}.branch",
        "|".join(f"stem {at} {whose} {_place} pillar" for at in ("of", "on", "in", "above") for whose in ("your", "the")) + f"|stem of your {_place}|{_place} pillar stem|{_place} pillar's stem": f"{_place}.stem",
        "|".join(f"branch {at} {whose} {_place} pillar" for at in ("of", "on", "in", "under") for whose in ("your", "the")) + f"|{_place} pillar branch|{_place} pillar's branch": f"{_place}.branch",
    })  # fmt: skip
_add("cell", {
    "day master|daymaster|日元|日主|일원|본원|나를 뜻하는|나를 나타내는|나를 상징하는|나를 대표하는|나 자신을 뜻하는"
    "|나 자신을 나타내는|본인을 뜻하는|본인을 나타내는|당신을 뜻하는|당신을 나타내는|당신을 상징하는"
    "|사주의 중심에|사주의 한가운데에|명식의 중심에|사주의 주인공|사주의 주체|사주의 주인": "day.stem",
    "월령|月令|month command": "month.branch", "'나'|‘나’|“나”": "day.stem", "day element|self element|core element|core self|inner self|true self|core nature|inner nature": "day.stem",
    "branch under your day master|branch beneath your day master|branch beneath you|branch you sit on"
    "|일간이 앉은 자리|일간이 앉은 지지|일간이 앉아 있는 자리|일간의 앉은 자리|일간 바로 아래 글자|일간 아래 글자"
    "|beneath your day master|under your day master|below your day master|beneath the day master": "day.branch",
    "배우자 자리|배우자자리|배우자궁|배우자 궁|부부궁|남편 자리|아내 자리|처궁|부처궁|spouse palace|marriage palace"
    "|spouse's palace": "day.branch",
})  # fmt: skip
_add("god", {TERMS[key].ko: key for key in (*TEN_GODS, *GROUPS)})
_add("god", {TERMS[key].hanja: key for key in (*TEN_GODS, *GROUPS)})
_add("god", {TERMS[key].en.lower(): key for key in TEN_GODS})
_add("god", {key: key for key in (*TEN_GODS, *GROUPS)})
_add("god", {
    "칠살|七殺|seven killings|7 killings|seven killing": "pyeongwan", "인수": "jeongin", "관살": "gwanseong",
    "비겁성": "bigeop", "식상성": "siksang", "비견성": "bigyeon", "friend star|parallel": "bigyeon",
    "rob wealth": "geopjae", "food god": "siksin", "output star|output stars": "siksang", "output": "siksang",
    "wealth star|wealth stars|wealth element|wealth": "jaeseong", "direct resource": "jeongin",
    "indirect resource": "pyeonin", "officer star|officer stars|officer|influence": "gwanseong",
    "resource star|resource stars|resource|seal|seal star|seal stars|seals": "inseong", "companions|companion star|companion stars": "bigeop",
    "companion": "bigyeon", "direct officers": "jeonggwan", "indirect officers": "pyeongwan",
    "eating gods": "siksin", "hurting officers": "sanggwan",
})  # fmt: skip
_add("god", {
    "나를 생하는|나를 낳는|나를 낳아 주는|나를 낳아주는|나를 생해 주는|일간을 생하는": "inseong", "내가 생하는|내가 낳는|일간이 생하는": "siksang",
    "내가 극하는|내가 다스리는|일간이 극하는": "jaeseong", "나를 극하는|나를 다스리는|나를 누르는|일간을 극하는": "gwanseong",
    "나와 같은": "bigeop", "element you produce|element you generate|you produce|you generate": "siksang",
    "element you control|element you overcome|you control": "jaeseong", "element that controls you|controls you|restrains you": "gwanseong",
    "element that produces you|produces you|nourishes you|feeds you": "inseong",
})  # fmt: skip
# Structures of ten gods that have a name, and the gods or groups that each is made of.
_add("theme", {
    "식신생재|食神生財": ("siksin", "jaeseong"), "식상생재|食傷生財": ("siksang", "jaeseong"),
    "상관생재|傷官生財": ("sanggwan", "jaeseong"), "관인상생|官印相生": ("gwanseong", "inseong"),
    "살인상생|殺印相生": ("pyeongwan", "inseong"), "관살혼잡|官殺混雜": ("jeonggwan", "pyeongwan"),
    "상관견관|傷官見官": ("sanggwan", "jeonggwan"), "상관패인|傷官佩印": ("sanggwan", "inseong"),
    "식신제살|食神制殺": ("siksin", "pyeongwan"), "재관쌍미|재생관|財生官": ("jaeseong", "gwanseong"),
    "재생살|財生殺": ("jaeseong", "pyeongwan"), "군겁쟁재|군비쟁재|비겁쟁재|群劫爭財": ("bigeop", "jaeseong"),
    "탐재괴인|재극인|貪財壞印": ("jaeseong", "inseong"), "효신탈식|편인도식|梟神奪食": ("pyeonin", "siksin"),
    "인비식재|식상생재관": ("siksang", "jaeseong"),
})  # fmt: skip
_add("stage", {TERMS[key].ko: key for key in STAGES if len(TERMS[key].ko) > 1})
_add("stage", {f"{TERMS[key].ko}지": key for key in STAGES})
_add(
    "stage",
    {
        "임관": "geonrok",
        "록지": "geonrok",
        "건록지": "geonrok",
        "왕지": "jewang",
        "제왕지": "jewang",
        "관대지": "gwandae",
    },
)
_add("stage", {TERMS[key].hanja: key for key in STAGES if len(TERMS[key].hanja) > 1})
_STARS = (
    "cheoneul", "cheondeok", "woldeok", "munchang", "mungok", "hakdang", "taegeuk", "cheonju", "geumyeo", "amrok",
    "cheonui", "dohwa", "hongyeom", "yeokma", "hwagae", "baekho", "goegang", "yangin", "hyeonchim", "gosin",
    "gwasuk", "goran", "tanghwa", "geupgak", *SINSAL12,
)  # fmt: skip
for _key in _STARS:
    _name = TERMS[_key].ko
    _short = _name.removesuffix("귀인").removesuffix("살")
    _add("star", {_name: _key, f"{_short}살": _key, TERMS[_key].hanja: _key})
    if _name.endswith("귀인"):
        _add("star", {f"{_short}성": _key})
_STARS_EN = {
    "peach blossom": "dohwa", "post horse|traveling horse|travelling horse|sky horse|travel horse|travel": "yeokma",
    "flower canopy|hua gai": "hwagae",
    "heavenly noble|heavenly nobleman|nobleman|noble person|heavenly noble person|tian yi": "cheoneul",
    "white tiger": "baekho", "kui gang|kuigang|goegang|commanding": "goegang", "yang blade|goat blade|yang ren": "yangin",
    "wen chang|literary": "munchang", "red flame|hong yan": "hongyeom",
}  # fmt: skip
_AS_STAR = ("nobleman", "travel", "commanding", "literary")  # words of their own without "star"
for _names, _key in _STARS_EN.items():
    for _name in _names.split("|"):
        _add("star", {f"{_name} star": _key, **({} if _name in _AS_STAR else {_name: _key})})
_add("star", {
    "canopy star": "hwagae", "문창": "munchang", "천을": "cheoneul", "백호대살": "baekho", "장성": "jangseongsal",
})  # fmt: skip
_add("relation", {TERMS[key].ko: key for key in (
    "cheongan_hap", "cheongan_chung", "yukhap", "samhap", "banhap", "banghap", "samhyeong", "sanghyeong",
    "jahyeong", "amhap",
)})  # fmt: skip
_add("relation", {
    "원진살|원진|怨嗔": "wonjin", "귀문관살|귀문": "gwimun", "三合": "samhap", "六合": "yukhap", "方合": "banghap",
    "six union|six harmony|six-harmony|six combination": "yukhap", "three union|three harmony|three-harmony": "samhap",
    "half union|half-union|half combination|half-combination|half harmony": "banhap", "沖": "any_chung",
    "seasonal union|directional union|directional combination": "banghap", "stem union|stem combination": "cheongan_hap",
    "stem clash": "cheongan_chung", "harmonious pair": "hap", "clashing|oppose each other": "any_chung",
    "삼형살": "samhyeong", "부딪|상충|相沖": "any_chung", "삼합국": "samhap", "방합국": "banghap", "unite|union|combine|combines|combination|form a harmony|forms a harmony|harmonise|harmonize|in harmony": "hap",
    "|".join(f"form a {element} frame" for element in ("wood", "fire", "metal", "water")): "samhap",
    "clash|clashes": "any_chung",
})  # fmt: skip
_add("strength", {
    "중화신강": "junghwa_singang", "중화신약": "junghwa_sinyak", "신강": "strong", "신약": "weak", "태강": "taegang",
    "태약": "taeyak", "극왕": "geukwang", "극약": "geukyak", "身强|身旺|신왕": "strong", "身弱": "weak",
    "신왕재왕|신강재강|신왕관왕|신왕살왕": "strong", "재다신약|관다신약|살중신경|식다신약": "weak",
    "극신강|매우 신강|아주 신강|극도로 신강|극히 신강": "very_strong", "극신약|매우 신약|아주 신약|극도로 신약|극히 신약": "very_weak",
    "강한 사주|강한 명식|strong chart|strong day master": "strong", "약한 사주|약한 명식|weak chart|weak day master": "weak",
})  # fmt: skip
_PATTERNS = [key for key in TERMS if key.endswith("_gyeok")]
_add("structure", {TERMS[key].ko: key for key in _PATTERNS})
_add("structure", {TERMS[key].en.lower(): key for key in _PATTERNS})
_add("structure", {
    "화기격|가화격|transformation structure": "hwa_gyeok", "종격|가종격|진종격|following structure|follow structure": "jong",
})  # fmt: skip
_add("structure", {TERMS[key].en.lower().removesuffix("pattern") + "structure": key for key in _PATTERNS})
_add("structure", {"칠살격": "pyeongwan_gyeok", "인수격": "jeongin_gyeok"})
_add("useful", {
    "용신|진용신|用神|useful element|useful god|favourable element|favorable element|balancing element"
    "|helpful element|beneficial element|most helpful element|supportive element|element that helps you most|element that favours you most|element that favors you most|element that helps you|element that supports you|lucky element|yongsin": "yongsin",
    "희신": "huisin", "기신": "gisin", "구신": "gusin", "한신": "hansin", "억부용신|억부 용신|억부로는|억부로 보면": "eokbu",
    "필요한 오행|필요한 기운|필요한 것은|필요로 하는 오행|필요로 하는 기운|도움이 되는 오행|도움이 되는 기운"
    "|도움 되는 기운|이로운 오행|이로운 기운|행운의 오행|행운을 부르는 오행|element you need most|element you need": "needed",
    "해로운 오행|해로운 기운|불리한 오행|불리한 기운|부담이 되는 오행|부담이 되는 기운|꺼리는 오행|꺼리는 기운"
    "|피해야 할 오행|피해야 할 기운|멀리해야 할 오행|멀리해야 할 기운"
    "|unfavourable element|unfavorable element|harmful element|element to avoid|element you should avoid"
    "|element that you should avoid|element that harms you|element that drains you": "harmful",
    "조후용신|조후 용신|조후로는|조후로 보면": "johu", "통관용신|통관 용신": "tonggwan",
})  # fmt: skip
ANIMALS = ("쥐", "소", "호랑이|범", "토끼", "용", "뱀", "말", "양", "원숭이|잔나비", "닭", "개", "돼지")
ANIMAL_BRANCHES = {name: at for at, names in enumerate(ANIMALS) for name in names.split("|")}
ANIMALS_EN = (
    *("rat", "ox", "tiger", "rabbit", "dragon", "snake"),
    *("horse", "goat", "monkey", "rooster", "dog", "pig"),
)
for _at in range(12):
    _add("zodiac", {f"{name}띠": _at for name in ANIMALS[_at].split("|")})
    _add("animal_year", {f"{name}의 해": _at for name in ANIMALS[_at].split("|")})
    _add("animal_year", {f"{name}띠 해|{name}띠의 해": _at for name in ANIMALS[_at].split("|")})
    _add("animal_year", {f"{name}해": _at for name in ANIMALS[_at].split("|") if name not in "소용말양개"})
    _add(
        "animal_year",
        {f"year of the {ANIMALS_EN[_at]}": _at},
    )
_add("animal", {form: at for at, name in enumerate(ANIMALS_EN) for form in (name, f"{name}s")})
_add("animal", {"oxen": 1})
_add("nayin", {TERMS[key].ko: key for key in NAYIN})
_add("void", {"공망|空亡|void": True})
_add("year", {
    "올봄|올여름|올가을|올겨울|올해|금년|올 한 해|올 한해|이번 해|올 해|this year": 0, "내년|다음 해|이듬해|next year": 1, "작년|지난해|last year": -1,
    "내후년": 2, "재작년": -2,
})  # fmt: skip
_add("", {
    "last year of|next year of": None,  # of something: no calendar year
    "first half|second half|first part|second part|last part|last third|first third": None,  # of a decade
})  # fmt: skip
_add(
    "decade",
    {
        "대운|大運|ten-year luck|luck pillar|luck pillars|luck cycles|decades|decade luck|luck cycle|decade|luck decade|luck period|luck phase": True
    },
)
_add(
    "today",
    {
        "오늘의|오늘의 일진|오늘 일진|일진|오늘의 간지|오늘은|day's pillar|today's pillar|today's day pillar|pillar of the day|pillar of today|today is": True
    },
)
_add("month", {
    "이번 달|이번달|이달|this month": 100, "다음 달|다음달|next month": 101, "지난달|지난 달|last month": 99,
})  # fmt: skip
_add("when", {
    "right now|지금|현재|요즘|이번|현재의|지금의|current|present|currently|now": "now", "다음|그다음|다음에 오는|다음에 올|다음에 맞|뒤이은|이어지는|next": "next",
    "이전|직전|지난번|지난|previous|last": "before", "첫|첫 번째|첫번째|first": 0, "두 번째|두번째|second": 1,
    "세 번째|third": 2, "네 번째|fourth": 3, "다섯 번째": 4,
})  # fmt: skip
_add("season", {
    "봄에 태어|봄 태생|봄철에 태어|born in spring|초봄에 태어|늦봄에 태어|완연한 봄에 태어": 0,
    "여름에 태어|여름 태생|한여름에 태어|초여름에 태어|늦여름에 태어|여름철에 태어|born in summer": 1,
    "가을에 태어|가을 태생|초가을에 태어|늦가을에 태어|born in autumn|born in fall": 2,
    "겨울에 태어|겨울 태생|한겨울에 태어|초겨울에 태어|늦겨울에 태어|born in winter": 3,
})  # fmt: skip
_add(
    "season",
    {
        f"born in {part}{name}": at
        for at, names in enumerate(("spring", "summer", "autumn fall", "winter"))
        for name in names.split()
        for part in (
            "early ",
            "late ",
            "mid-",
            "the ",
            "the early ",
            "the late ",
            "the middle of ",
            "deep ",
            "high ",
        )
    },
)
COLOURS = {
    word: element
    for element, words in enumerate(
        ("푸른|파란|청색", "붉은|빨간|적색", "누런|노란|황금|황색", "하얀|흰|백색", "검은|까만|흑색")
    )
    for word in words.split("|")
}
_add("tens", TENS)
_add("age", {f"{word}대|{word} 대": ("ages", n) for word, n in DECADES.items()})
_add("colour", {word: word for word in COLOURS})
_add("test", {
    "득령|得令": ("deukryeong", True), "실령|失令": ("deukryeong", False), "득지|得地": ("deukji", True),
    "실지|失地": ("deukji", False), "득시": ("deuksi", True), "득세|得勢": ("deukse", True),
})  # fmt: skip
_add("hidden", {"지장간|地藏干|hidden stem|hidden stems|암장|본기": True})
_add("lack", {
    f"{short} 사주|{short}사주|{short} 명식|{short} 팔자": group
    for group, names in (
        ("gwanseong", "무관 무관성"), ("jaeseong", "무재 무재성"), ("inseong", "무인 무인성"), ("siksang", "무식상"),
        ("bigeop", "무비겁"),
    )
    for short in names.split()
})  # fmt: skip
_add(
    "samjae",
    {
        "들삼재": "deul_samjae",
        "눌삼재": "nul_samjae",
        "날삼재": "nal_samjae",
        "deul-samjae": "deul_samjae",
        "nul-samjae": "nul_samjae",
        "nal-samjae": "nal_samjae",
        "들어오는 삼재|드는 삼재": "deul_samjae",
        "묵삼재|머무는 삼재|눕는 삼재|묵는 삼재": "nul_samjae",
        "나가는 삼재|날 삼재": "nal_samjae",
        "삼재": "samjae",
        "three years of care|samjae": "samjae",
    },
)
_add("self", {"당신|본인|회원님|you are|you're": True})
_add("all_elements", {"오행이|오행의|오행은|다섯 오행|다섯 기운|오행을|all five elements|all five": True})
_add("luck_age", {"대운수": True})
_add("direction", {"순행|forward|forwards": "forward", "역행|backward|backwards|in reverse": "backward"})
_add(
    "yinyang",
    {"양의 글자|양 글자|양기|양 기운": "yang_signs", "음의 글자|음 글자|음기|음의 기운|음 기운": "eum_signs"},
)

# Words that are also parts of others: what must not stand before, and what must not follow.
NOT_BEFORE = {
    "시상": "가-힣", "년상": "가-힣", "월상": "가-힣", "일상": "가-힣A-Za-z0-9",
    "월간": "개", "상관": "무", "일간": "일", "시지": "가-힣", "일지": "가-힣", "월지": "가-힣", "년지": "가-힣",
    "연지": "가-힣", "연간": "가-힣", "년간": "0-9가-힣", "시주": "가-힣", "인수": "가-힣", "일원": "가-힣",
    "장생": "불로", "양지": "가-힣", "사지": "가-힣", "병지": "가-힣", "태지": "가-힣", "절지": "가-힣", "묘지": "가-힣",
    "쇠지": "가-힣", "장성": "가-힣", "기신": "가-힣", "용신": "가-힣", "한신": "가-힣", "구신": "가-힣", "지난": "가-힣",
    "이전": "가-힣", "다음": "가-힣", "정인": "가-힣", "정재": "가-힣", "식상": "가-힣", "인성": "가-힣", "본원": "가-힣",
    "첫": "가-힣", "실지": "가-힣", "열": "가-힣", "이달": "가-힣", "천을": "가-힣", "본기": "가-힣", "문창": "가-힣", "오늘은": "가-힣", "태강": "가-힣", "개띠": "가-힣",
}  # fmt: skip
NOT_AFTER = {
    "일상": "[^관비겁식상편정]", "편인": "데|지|가|만", "시상": "식|대", "월상": "식", "년상": "승",
    "일주": "일|년|도|문", "일지": "도 모|라도|언정|도 몰|모르", "상관": " ?없|이 없|도 없|관계|하지|할 ", "식상": "하|해",
    "정재": "계", "월주": "기", "시주": "쳐", "신강": "약|·|/", "신약": "·|/|개발", "일간": "지|신문|별", "월간": "지|잡지| ?계획| ?일정| ?보고",
    "연간": "계획|수입", "인수": "합병|인계", "관대": "하|한|해|함|히", "장생": "각", "건록": "격", "양인": "격|음", "지금": "까지",
    "다음": "에|으로|과 같|날|주|달|은", "첫": "걸음|인상|째|눈|사랑|해", "시지": "만|프", "이번": "달|주", "말의 해": "석|방|답",
    "양의 해": "석", "건록지": "격", "output": "s of", "influence": "d|s", "seal": "ed", "wealth": "y",
    "정관": "사|수술", "장성": "급", "임관": "식", "실지": "로|급|명|조|렁", "득시": "글", "묘지": "에 가|공원", "양지": "바", "사지": "를(?! 만)|말|않", "union": "s of",
}  # fmt: skip
