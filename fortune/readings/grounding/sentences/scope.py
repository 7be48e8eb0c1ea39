"""A sentence, and what it leaves open: whose chart it speaks of, conditions, questions, other times.

Precision comes before recall: what is asked, supposed, quoted or said of somebody else is no claim about the
visitor's chart.
"""

from __future__ import annotations

import re
from functools import cached_property

from fortune.readings.grounding.names.mention import Mention
from fortune.saju.cycle import STEMS_KO

_HUMANS = (
    "사람|상대방?|분|친구|이성|파트너|배우자|연인|짝|동료|상사"
    "|연예인|유명인|위인|사업가|정치인|직장인"
    "|남자|여자|남성|여성|남편|아내"
    "|자녀|아이|아들|딸|어머니|아버지|부모"
    "|선배|후배|손님|직원"
)
# Korean and English words are looked for apart: most sentences have letters of one script only.
_OTHER = re.compile(
    # 상대방은, 그 사람의
    r"상대(?:방|분|편)?(?:의|은|는|이|가|에게|도)(?= )"
    r"|그 ?(?:사람|분|녀|이)(?:의|은|는|이|가)(?= )"
    # 남편은, 아이들의; but 남편의 자리, 배우자의 별 are parts of the reader's chart
    r"|(?:남편|아내|배우자|애인|연인|남자 ?친구|여자 ?친구|남친|여친|짝|파트너|친구"
    r"|어머니|아버지|엄마|아빠|부모님?|아이|자녀|아들|딸|동생|언니|오빠|누나"
    r"|동료|상사|사장님|시어머니|장모님|이성|할머니|할아버지|손주|어른|(?<![가-힣])형(?=의 ))(?:분|들)?"
    r"(?:의 (?!자리|궁|성|별|기운|글자)|은 |는 |이 |가 |께서)"
    # 친구로는
    r"|(?:상대|짝|배우자|파트너|친구|동료|연인)(?:로|으로)(?:는|도)? "
    # people in general
    r"|사람들?은 "
    r"|흔히 (?!말하는|부르는|알려진)"
    r"|일반적으로 |보통은? "
)
_OTHER_EN = re.compile(
    r"\b(?:partner|husband|wife|spouse|mother|father|mom|dad|child|son|daughter|friend|boss|other person|lover"
    r"|brother|sister|grandmother|grandfather|aunt|uncle|cousin|colleague|teacher)"
    r"(?:,? with|,? born|,? who|'s(?! (?:palace|seat|house|position|star))| is| has| was| may| might| could| would| will| seems?| tends)\b"
    r"|\b(?:[Hh]is|[Hh]er|[Tt]heir|[Hh]e|[Ss]he|[Tt]hey)\b"
    r"|(?<![Aa]s )\b(?:[Ss]omeone|[Pp]eople|[Aa]nyone|[Tt]hose|[Pp]ersons?) "
    r"(?:with|whose|who|rich|strong|born)\b"
)
_SELF = re.compile(
    r"당신|(?<![가-힣])(?:나의|내|나는) |저는 |본인|회원님|[가-힣]님(?:의|은|께|이)"
    r"|\b(?:[Yy]ours?|[Yy]ou|[Mm]y)\b"
)
_SUPPOSED = re.compile(
    r"려면 |[었았](?:다면|더라면|어도) "
    r"|\b(?:Had|Should) (?:you|your|it|he|she)\b"
    r"|만약|만일|가령|예를 들|예컨대|혹시|설령|설사|이를테면"
    r"|\b(?:[Ii]f|[Ss]uppose|[Ii]magine|[Ff]or example|Were)\b"
)
_GENERAL = re.compile(
    # 편관이란 …을 뜻해요; …다고들 하죠
    r"^\W*[가-힣]+(?:이)?란 .*(?:가리|말하|말합|뜻하|뜻합|의미|이름|일컫)"
    r"|\S다고(?:들)? (?:하죠|하지요|해요|합니다|알려져) ?[.]?$"
    # what books and schools say
    r"|어떤 (?:이|분|사람|책|학파)들?\S |시중에"
    r"|일부 (?:책|이론|역술|학파|유파)"
    r"|(?:책|학파|유파|역술가|이론)(?:들?도|들은|에서는|마다) "
    # charts in general
    r"|다른 일간|일간별|일주별|사람마다|누구나(?! (?:볼|알|느낄|인정|부러|아는))"
    r"|사주[는도] (?:드물|흔|보통|대체로|거의)|어떤 일간"
)
_GENERAL_EN = re.compile(
    r"[Ee]veryone (?:has|with|who|is|says|knows|born)|\b(?:[Pp]eople|[Tt]hey|[Ss]ome) (?:often |like to )?say\b|\bit is said\b"
    r"|\b(?:[Cc]lassics|[Aa]ncients|[Oo]ld books)\b|\b[Ss]ome (?:schools|books|readers|practitioners|texts|people)\b"
    r"|\b[Ww]hether\b"
)
# A Yin Earth Day Master needs warmth
_INDEFINITE = re.compile(
    r"^\W*(?:(?:In (?:theory|general|principle)|Generally|Typically|When|If),? [Aa]n? |An? )"
    r"(?:\w+ ){0,3}(?:[Dd]ay [Mm]aster|person|chart)"
)
_CONDITION = re.compile(
    # 강하다면, 있으면; but not the noun of 측면, 반면, 내면, 표면, 겉면 …
    r"(?:[다]면|(?<![측반내표겉장국화지정단보])면"
    r"|거든|더라도|라도|어도|아도|해도|든지|건 간에"
    r"|일 때는?|경우(?:에는|에도|에|라면|라도|도|는)?|을 때는?"
    r"|[다라]고 (?:해서|해도|하더라도|오해|착각)"
    r"|인지|는지|은지|(?<=[가-힣])일지|을지|을까|일까"
    r"|였다면|았더라면)(?=[ ,.·]|$)"
    # 강해야 좋은데
    r"|없어야 |있어야 |많아야 |강해야 |약해야 |적어야 |아니어야 "
    # said or believed by somebody: 신강하다던데, 신강하다는 말을 들었다면
    r"|(?:다|라)던데"
    r"|(?:다|라)는 (?:말|얘기|이야기|소리|평가?|조언|진단|풀이)(?:을|를|도|까지)? ?"
    r"(?:들[으었은]|하셨|하시|물으|많이)"
    r"|(?:다|라)고(?:들)? "
    r"(?:들[으었]|하셨|물으|말씀하셨|하시|하던|여쭤|알고 계|오해|착각|믿기도|여기기도)"
    r"|는지[가는를도]"
    # 강한 것처럼 보여요, 그런 경우가 많아요, 그럴 수도 있어요
    r"|처럼 보|경우가 (?:많|있)|경우도 |수도 있|지도 모르"
    r"|\b(?:if|would|might have|could be)\b"
)
# 신강하다는 점을 생각하면
FACT = re.compile(r"[^,.]{0,10}(?:라는|다는|는|은|인) (?:점|사실|것)(?:을|이|은|도|에)")
JOINED = re.compile(r"(?:이?라서?|이어서|여서|[으]?니|니까|고|며|지만|는데|어서|아서|므로)(?=\s)")
# 용신인 화 기운을 가까이하면: the condition is in what is done with it.
_TAKEN = re.compile(
    r"^(?:의 ?)?(?: ?(?:기운|운|오행|글자|힘|에너지|성향|장점))?"
    r"(?:을|를|의|이|가|은|는|에|과|와|도|만|에게|에서) (?!만나|가진|가지|갖|타고|보|둔|쓴|삼|아니)"
)
# 61세에 갑술 대운으로 바뀌면: it will, whatever else is supposed
_ARRIVES = re.compile(
    r"^(?:으로|로|이|가|에|을|를)? ?(?:\S+ )?(?:바뀌|넘어가|넘어오|접어들|들어서|들어가|들어오|찾아오|오|만나|맞이하|시작되|열리|진입하|이르|되)면(?=[ ,])"
)
_CLAUSE_END = re.compile(
    r"[,;:—\n]"
    r"|(?:이고|하고|있고|없고|많고|며|지만|는데|은데|인데"
    r"|어서|아서|해서|라서|[가-힣]라|[있없]어|당해|투출해|자리해|놓여|앉아|되어|돼|져"
    r"|다 보니|으니|니까|때문에|덕분에|탓에|므로|만큼|않아)(?=\s)"
    r"|(?<=[요죠])[ .]|(?<=니다)[ .]"
)
# "…인 사람과", "…이 강한 상대는": the claim describes people in general.
_OTHERS_AFTER = re.compile(
    r"^(?!(?:은|는|을|으로|로) )"
    rf"(?:[가-힣]{{0,5}}|[가-힣]{{0,4}} [가-힣]{{1,6}})[인한은는진난운른큰센의] ?(?:{_HUMANS})"
    r"(?:으?로[는도]?|과|와|을|를|은|는|에게|도|들|이나|의|이(?=[ ,])|만|께)"
)
# "갑자 일주를 가진 분은 …" at the beginning of a sentence speaks to its reader.
_BEARER = re.compile(r"^[\s\W]*(?:당신처럼 |당신과 같은 )?$")
_BORNE = re.compile(
    r"^(?:일주|일간)?(?:를|을) (?:가진|가지신|타고난|타고나신|지닌) (?:분|사람)(?:들)?"
    r"(?:은|답게|이라|이기) (?!.{0,30}(?:만나|어울|궁합|잘 맞))"
)
# 갑자 일주를 가진 상대, 갑목 친구, 쥐띠 남자는: somebody else.
_BORNE_BY = re.compile(
    r"^(?:일주|일간)?(?:을|를) (?:지닌|가진|둔|타고난|가지신) "
    r"(?:배우자|상대|친구|이성|연인|동료|상사|남편|아내|남자|여자|자녀|아이)"
)
_BEARERS = re.compile(
    r"^ (?:연예인|유명인|위인|친구|동료|상사|직원|후배|선배|상대|배우자(?! ?(?:자리|궁|운|복))|남편|아내|자녀|아이)"
)
# 갑술 대운을 지나는 사람들은
_PASSING_BY = re.compile(
    r"^(?:을|를|에) (?:지나|겪|맞|보내|사|살아가)\S{0,3} (?:있는 |계신 )?(?:사람|분|이)들?(?:은|이|에게|의|도)"
)
_WOULD = re.compile(r"\b(?:would|might|could)\b")
_PEOPLE = re.compile(
    rf"^(?:[년월일]?생|띠)?(?:의|이신|인|이었던)? (?:{_HUMANS})"
    r"(?:으?로[는도]?|과|와|을|를|은|는|에게|도|들|이나|의|이(?=[ ,])|만|께)"
)
_BIRTH = r"(?:년?(?: ?\S{2}(?:\([^)]{2}\))?년)?(?:에 (?:태어|출생|난 |나신)|생(?![각산])))"
# 1984년 갑자년에 태어난: no time that passes
BORN = re.compile(_BIRTH)
TIME = re.compile(
    r"올해|올 한|내년|지난해|작년|금년|이달|이번 달|다음 달|오늘|내일"
    r"|대운|세운|월운|일진|(?<!기)운(?:에서|이|은)|시기"
    rf"|(?<![가-힣])[갑을병정무기경신임계][자축인묘진사오미신유술해]년(?!{_BIRTH}|에 나)(?=의 |에 |에는 |은 |도 )"
    rf"|\d년(?!{_BIRTH})|\d월|\d+대|세부터|세에"
    r"|\b(?:this year|next year|last year|decade|luck|19\d\d|20\d\d|month of|today)\b"
)
# The pattern below finds nothing without one of these.
_HIDING = (
    *("속 ", "속에", "안에", "지장간", "본기", "들어", "담겨", "깃들", "감춰", "감추"),
    *("숨은", "숨어", "암장", "품고", "품은", "간직"),
)
_HIDDEN = re.compile(
    r"지장간|(?<![가-힣])본기"
    # 월지 속, 묘목 속, 월지 안에, 묘목에는 갑목이 들어 있고
    r"|(?:[년연월일시]지|[자축인묘진사오미신유술해][목화토금수]|[子丑寅卯辰巳午未申酉戌亥]\)?) 속(?:에서)? "
    r"|(?:[년연월일시]지|[자축인묘진사오미신유술해][목화토금수]|[子丑寅卯辰巳午未申酉戌亥]\)?) ?(?:의 )?안에"
    r"|(?<!\S)\S[목화토금수]에(?:는|도)? (?=[^.]{2,24}(?:들어 ?있|담겨|깃들))"
    r"|(?<!\S)그 (?:안|속)에"
    r"|감춰|감추|숨은|숨어|암장"
    # 생활 속에 and the like are no stem's hiding place
    r"|(?<!생활 )(?<!일상 )(?<!마음 )(?<!삶 )(?<!관계 )(?<!사회 )(?<!흐름 )(?<!변화 )(?<!가족 )속에(?!서)"
    r"|품고|품은|간직"
)
_HIDDEN_EN = re.compile(r"\bhidden\b|\binside\b|\bhides?\b|\bconceals?\b")
BREAK = re.compile(
    r"[,;]"
    # 있고 있다, 라고, 다고 join; any other 고 begins another clause
    r"|(?<!라)(?<!다)고(?! ?(?:있|하면|말|보))\s"
    r"|며\s|지만|[은는인]데\s|으니|니까|[아어해]서\s|라서|면서|[있없]어\s|(?:되어|하여|이루어|이뤄|완성돼)\s"
    r"|\b(?:and|while|but)\b"
)


_SEEN_BY = re.compile(
    r"(?<!\S)(\S)\S(?:\([^)]*\))? ?일간(?:에게|에겐|한테|은|의 경우|인 (?:사람|분)|을 (?:가진|지닌))"
)
_HANGUL = re.compile("[가-힣]")
_LATIN = re.compile("[A-Za-z]")


def _first(pattern: re.Pattern[str], text: str) -> int:
    """Return where a pattern's first match begins, behind the text if there is none: words that end before it hold no match."""
    found = pattern.search(text)
    return found.start() if found else len(text) + 1


class Sentence:
    """One sentence, what it names, and what it leaves open. ``at`` is its place in the text."""

    def __init__(self, text: str, at: int, named: tuple[Mention, ...], *, asked: bool) -> None:
        self.text = text
        self.at = at
        self.asked = asked
        self.mentions = named
        self._clauses: dict[int, str] = {}

    @cached_property
    def has_hangul(self) -> bool:
        return _HANGUL.search(self.text) is not None

    @cached_property
    def has_latin(self) -> bool:
        return _LATIN.search(self.text) is not None

    @cached_property
    def is_english(self) -> bool:
        """Return whether the sentence is English, though it may name signs in Hangul or Hanja."""
        latin = len(_LATIN.findall(self.text))
        return latin >= 8 and latin > 2 * len(_HANGUL.findall(self.text))

    def gap(self, one: Mention, two: Mention) -> str:
        """Return the letters between two mentions."""
        return self.text[one.end : two.start]

    def clause_after(self, end: int) -> str:
        """Return what follows ``end`` in its own clause; a claim asks for it several times."""
        known = self._clauses.get(end)
        if known is None:
            known = self._clauses[end] = self._behind(end)
        return known

    def _behind(self, end: int) -> str:
        rest = self.text[end : end + 60]
        if rest[:1] in (",", ";", "\n"):
            return rest[:1]
        stop = JOINED.match(rest) or _CLAUSE_END.search(rest, 1)
        return rest[: stop.end()] if stop else rest

    def is_open(self, start: int, end: int, *, firm: bool = False) -> bool:
        """Return whether what stands here is asked, supposed, quoted, or said of people in general."""
        if (
            self.asked
            or self._is_general
            or (self._supposed <= start and _SUPPOSED.search(self.text, 0, start))
        ):
            return True
        after = self.clause_after(end)
        is_taken = firm and _TAKEN.search(after) and not re.search("[다라]면", after)
        arrives = self.text.endswith("대운", start, end) and _ARRIVES.match(after)
        given = is_taken or arrives or FACT.match(after)
        if not given and _CONDITION.search(after):
            return True
        if _BEARER.search(self.text[:start]) is not None and _BORNE.search(after):
            return False
        general = None if after.startswith("의 사람은") else _OTHERS_AFTER.search(after)
        if (
            self.text[end - 1 : end] in tuple("은는한인") or after[:1] in tuple("년월일생띠")
        ) and _PEOPLE.search(after):
            return True
        if _BEARERS.search(after) or _BORNE_BY.search(after) or _PASSING_BY.search(after):
            return True
        if _WOULD.search(self.text, start, end):
            return True
        return bool(general and not re.search(r"당신(?:처럼| 같은|답게)", self.text))

    @cached_property
    def _supposed(self) -> int:
        """Where something begins to be supposed; behind the sentence if nothing is."""
        return _first(_SUPPOSED, self.text)

    @cached_property
    def _times(self) -> int:
        """Where the first word of a passing time begins; behind the sentence if there is none."""
        return _first(TIME, self.text)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of what the sentence names: most readers need one of a few."""
        return frozenset(m.kind for m in self.mentions)

    @cached_property
    def _owners(self) -> list[tuple[int, str]]:
        others = [*(_OTHER.finditer(self.text) if self.has_hangul else ())]
        others += _OTHER_EN.finditer(self.text) if self.has_latin else ()
        rows = [(m.start(), "other") for m in others]
        return sorted([*rows, *((m.start(), "self") for m in _SELF.finditer(self.text))])

    def who(self, at: int) -> str:
        """Return "self", "other", or "" when the sentence names nobody before ``at``."""
        return next((who for start, who in reversed(self._owners) if start <= at), "")

    @cached_property
    def seen_by(self) -> int | None:
        """The day stem of those to whom a sentence speaks: 갑목 일간에게는, 병화 일간인 사람은."""
        found = _SEEN_BY.search(self.text) if "일간" in self.text else None
        return STEMS_KO.index(found[1]) if found and found[1] in STEMS_KO else None

    def in_time(self, at: int) -> bool:
        """Return whether the words before ``at`` speak of a passing time."""
        return self._times <= at and TIME.search(self.text, 0, at) is not None

    def in_hiding(self, at: int) -> bool:
        """Return whether the sentence speaks of hidden stems."""
        return self._hides

    @cached_property
    def _hides(self) -> bool:
        return bool(
            (self.has_hangul and any(word in self.text for word in _HIDING) and _HIDDEN.search(self.text))
            or (self.has_latin and _HIDDEN_EN.search(self.text))
        )

    @cached_property
    def _is_general(self) -> bool:
        """Return whether the sentence is of charts or people in general."""
        return bool(
            (self.has_hangul and _GENERAL.search(self.text))
            or (self.has_latin and (_INDEFINITE.search(self.text) or _GENERAL_EN.search(self.text)))
        )
