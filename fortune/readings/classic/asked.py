"""The parts of a visitor's question: about whom, about what, in which form, and of which time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from fortune.readings.inputs import ReadingInput

_PEOPLE = {
    "spouse": r"(?<!전 )(?<!전)(?:남편|아내|와이프|신랑|배우자|집사람|애 ?아빠|애 ?엄마)|\b(?:husband|wife|spouse)\b",
    "partner": r"(?:남자 ?친구|여자 ?친구|남친|여친|애인|연인)(?![가-힣]{0,2} ?(?:언제 ?)?(?:쯤 ?)?(?:생기|생길|사귈|만들))|썸남|썸녀|썸|짝사랑|그 ?사람|그이|그 ?(?:남자|여자)|약혼|전 ?(?:남편|아내)|좋아하는 사람|\b(?:boyfriend|girlfriend|partner|fiancée?|crush|my ex)\b",
    "inlaw": r"시어머니|시아버지|시부모|시댁|시누|장모|장인|처가|며느리|사위|올케|고부|\bin-?laws?\b|\bmother-in-law\b",
    "pupils": r"(?:우리|저희) ?반|학급|(?<![가-힣])학생들?|제자|교실|학부모|반 ?아이들?|\b(?:pupils?|students|my class|classroom)\b",
    "child": r"(?<![가-힣])(?:제 |우리 |큰|작은)?(?:아이|애)(?:가|는|를|의|랑|와|한테|에게|들|도|\b)|아들|(?<![가-힣])(?:큰|작은|막내)?딸|자녀|자식|손주|손자|손녀|첫째|둘째(?!를? ?(?:가|낳|갖))|막내|\b(?:child|kids?|children|son|daughter)\b",
    "parent": r"엄마|어머니|어머님|아빠|아버지|아버님|부모|\b(?:mother|father|mom|mum|dad|parents?)\b",
    "sibling": r"(?<![가-힣])(?:형|누나|언니|오빠|남동생|여동생|동생)(?=[은는이가을를의과와랑도한에께님네 ,.?!]|$)|형제|자매|남매|\b(?:brother|sister|siblings?)\b",
    "boss": r"상사|(?:팀장|부장|과장)(?! ?자리| ?직책|이 ?[되될]|으로)|사장님|대표님|윗사람|\b(?:boss|manager)\b",
    "colleague": r"동료|후배|선배|직원|동업자|\b(?:colleagues?|co-?workers?)\b",
    "friend": r"(?<!남자 )(?<!여자 )(?<!남자)(?<!여자)친구|\bfriends?\b",
}  # fmt: skip

# The most telling first: the first that matches counts.
_SUBJECTS = {
    "grief": r"돌아가신|돌아가셨|세상을 (?:떠|뜨|등)|사별|하늘나라|떠나보|무지개다리|유산했|장례|\b(?:passed away|died|funeral|grie(?:f|ving)|miscarri\w+)\b",
    "lifespan": r"수명|몇 ?살까지 ?(?:살|사)|오래 ?(?:살|사[나는실])|언제까지 ?(?:살|사)|언제 ?죽|단명|\b(?:lifespan|how long will i live|live long|when (?:will|do) i die)\b",
    "affair": r"바람(?:을|이|도)? ?(?:피|펴|폈|핀|필|난|났|나[서는])|바람기|외도|불륜|딴 ?(?:여자|남자|사람)|다른 ?(?:여자|남자)|상간|\b(?:cheat(?:s|ing|ed)?|affair|unfaithful)\b",
    "divorce": r"이혼|갈라서|갈라설|별거|졸혼|\b(?:divorc\w+|separat(?:e|ing|ion))\b",
    "reunion": r"재회|다시 ?(?:만나|만날|사귀|사귈|잘될|합칠)|돌아올|돌아오[나길]|전 ?(?:남친|여친|남자 ?친구|여자 ?친구|애인|남편|아내)|헤어진 ?(?:사람|남|여|애인|연인)|연락이? ?(?:다시 )?(?:올|오)|\b(?:get back together|my ex|come back to me)\b",
    "breakup": r"헤어질|헤어져|헤어지|이별|권태기|정리해야|\b(?:break ?up|leave (?:him|her|them))\b",
    "pregnancy": r"임신|출산|난임|불임|시험관|태몽|아기|아이를? ?(?:가질|갖|낳)|아이가? ?(?:생길|안 ?생|언제 ?생)|둘째를? ?(?:가질|가져|낳|갖)|자식 ?복|성별|\b(?:pregnan\w+|fertility|ivf|have a baby|conceive)\b",
    "marriage": r"결혼|혼인|시집|장가|혼사|프러포즈|프로포즈|청혼|상견례|혼기|\b(?:marr(?:y|ied|iage|ying)|wedding|propos(?:e|al))\b",
    "heart": r"(?:마음|생각|속마음|감정)(?:이|을|은)? ?(?:궁금|알고 ?싶|있을까|있나|뭘까|어떨까|변|식)|나를? ?(?:어떻게|좋아)|저를? ?(?:어떻게 ?생각|좋아)|짝사랑|썸|고백|좋아하는 ?사람|\b(?:crush|does (?:he|she) (?:love|like)|(?:his|her|their) (?:heart|feelings))\b",
    "love": r"연애|(?:남자|여자|사람)(?:를|을|만|가|이)? ?만[나날]|좋은 ?사람|(?<!상)사랑|애인|(?<!돈과 )인연|소개팅|솔로|모태|이상형|짝을|내 ?짝|연인|남자 ?친구|여자 ?친구|남친|여친|\b(?:love|dating|relationship|boyfriend|girlfriend|soul ?mate)\b",
    "exam": r"시험|합격|수능|입시|자격증|고시|공무원|임용|불합격|재수|등급|\b(?:exams?|pass|sat|certificate|licen[cs]e)\b",
    "teacher": r"학급|교실|담임|학부모|(?:우리|저희) ?반|제자|말이 없는 아이|생활 ?지도|수업|\b(?:classroom|pupils?|my class|teaching)\b",
    "promotion": r"승진|자리를? ?(?:받|맡)|직책|진급|연봉|인사 ?(?:고과|평가|발령)|임원|\b(?:promot\w+|raise|salary)\b",
    "business": r"사업|창업|가게|장사|개업|자영업|동업|프리랜서|식당을|카페를|스타트업|독립해서 ?일|\b(?:business|start-?up|freelanc\w+|open (?:a|my) (?:shop|store|caf[eé]))\b",
    "change": r"이직|다른 ?(?:회사|직장|팀|부서)|팀을? ?옮|직장(?:을)? ?(?:옮|바꾸|바꿔)|회사(?:를)? ?(?:옮|그만|관두|나[가와]|떠|바꾸)|일(?:을)? ?(?:그만|관두)|퇴사|사표|부서|전직|직업(?:을)? ?바꾸|\b(?:change jobs?|new job|quit|resign|switch (?:jobs|careers))\b",
    "job": r"취업|최종에서|서류(?:는|에서|만|도|전형)|취직|구직|면접|입사|백수|일자리|공채|재취업|알바|\b(?:find (?:a )?(?:job|work)|job hunt\w*|interview|employ(?:ed|ment))\b",
    "debt": r"(?<![가-힣])빚|대출|갚|파산|빌려|보증|못 ?받은 ?돈|회생|\b(?:debts?|loans?|owe|lend|borrow)\b",
    "invest": r"주식|코인|비트코인|투자|로또|복권|(?<![가-힣])금(?:을|은) ?|달러|펀드|(?<![가-힣])상장|매수|매도|당첨|\b(?:invest\w*|stocks?|crypto\w*|bitcoin|lottery)\b",
    "house": r"(?<![가-힣])(?:내 )?집(?:을|은|이|도)? ?(?:언제 ?|지금 ?|올해 ?|내년에 ?)?(?:사|살|팔|구하|계약|장만|마련)|집값|아파트|청약|전세|월세|매매|부동산|분양|땅을|\b(?:buy(?:ing)? (?:a |my )?(?:house|home|flat|apartment)|sell(?:ing)? (?:a |my |the )?(?:house|home|flat|apartment)|real estate|mortgage)\b",
    "move": r"이사(?!님|회)|이민|해외|외국|이주|귀농|귀촌|내려가|올라가 ?살|가서 ?살|살고 ?싶은데|유학|주재원|여행|독립|\b(?:mov(?:e|ing)(?! on)|abroad|emigrat\w+|overseas|travel)\b",
    "study": r"공부|한글|가르치면|유치원|전공|학교|성적|대학|진학|학원|배우면|배워|과목|\b(?:study\w*|school|degree|university|college|grades?)\b",
    "health": r"건강|편찮|몸(?:이|은|도)|회복|아프|아픈|아파|병원|(?<![가-힣])병(?:이|을|에|은|도)|수술|치료|다이어트|살(?:이|을)? ?(?:빠|빼|찌)|(?<![가-힣])잠(?:이|을|도)|불면|피곤|피로|스트레스|우울|불안|번아웃|두통|지칠 때|기운이 없|\b(?:health\w*|ill(?:ness)?|sick|sleep|stress\w*|tired|burn(?:ed|t)? ?out|weight)\b",
    "law": r"소송|고소|고발|재판|법원|합의금|상속|형사|민사|\b(?:lawsuit|sue|court|legal|inherit\w*)\b",
    "money": r"(?<![가-힣])돈|형편|살림|벌이|재물|재산|재운|금전|수입|월급|저축|부자|통장|소비|씀씀이|목돈|\b(?:money|wealth|rich|sav(?:e|ing)s?|income)\b",
    "work": r"퇴직|은퇴|노후|직장|회사|진로|직업|적성|업무|천직|(?:무슨|어떤|하는|지금|제) ?일을|일이 ?(?:안|잘|너무|힘|재미|맞)|커리어|책임을|하는 일에|\b(?:career|work|job|profession)\b",
    "family": r"시댁|시어머니|장모|처가|고부|가족|집안|부모님과|형제|자매|\b(?:famil(?:y|ies)|in-?laws?)\b",
    "people": r"인간 ?관계|사람들?과|대인|왕따|따돌림|(?:사람|친구)(?:을|를)? ?(?:사귀|만나)|내 ?편|친구|동료|상사|서운|다투|다퉜|싸우|\b(?:people|friends?|colleagues?|boss|fight|quarrel)\b",
    "luck": r"운세|황금기|전성기|잘 ?풀리|풀릴까|인생(?:이|은|의)|(?:올해|내년|이번 ?달|다음 ?달|20\d\d년)(?:은|는|의|에)? ?(?:운|어때|어떨|어떤|좋|뭐)|대운|삼재|총운|운이|운은|(?:새로운 일|시작)(?:을|하기)? ?(?:시작)?[^?]{0,6}(?:좋은 )?때|이번 ?주|조심할|조심해야|\b(?:luck|fortune|year ahead|next year|this year)\b",
    "self": r"성격|장점|단점|성향|용신|사주는|타고난|기운을|첫걸음|마무리|고집|저는 어떤|나는 어떤|\b(?:personality|strengths?|weakness\w*|who am i)\b",
}  # fmt: skip

# The matter of a question about somebody that names no other.
_OF_PEOPLE = {
    "spouse": "spouse", "partner": "love", "inlaw": "family", "pupils": "teacher", "child": "child",
    "parent": "family", "sibling": "family", "boss": "people", "colleague": "people", "friend": "people",
}  # fmt: skip

# Another person's own affairs, which their own chart would tell; one's own relation with them is told by one's own.
_NOT_MINE = {
    "spouse": ("job", "exam", "study", "health", "business", "work", "promotion", "change", "money"),
    "child": ("job", "exam", "study", "health", "business", "work", "promotion", "change", "money", "marriage", "love", "move"),
    "parent": ("job", "health", "business", "work", "money", "move", "marriage", "love"),
    "sibling": ("job", "exam", "study", "health", "business", "work", "promotion", "change", "money", "marriage", "love", "move"),
}  # fmt: skip
# The matters that a question can mean of both people, when there are two charts.
_OF_PAIRS = ("self", "people", "spouse", "family", "child", "love", "luck", "work", "teacher")

_FORMS = {
    "when": r"언제|몇 ?월|몇 ?살(?!까지)|며칠|시기|때(?:가|는|를)? ?(?:언제|좋|있|되)|얼마나 ?(?:더|오래|걸|기다)|\bwhen\b|\bhow (?:long|soon)\b|\bwhich (?:months?|year)\b",
    "which": r"아니면|둘 ?중|중에(?:서)?|어느 ?(?:쪽|것|게)|(?:나을|나은|좋을)까[^?]*\?[^?]*(?:나을|좋을)까|말까|\bor\b|\bwhich\b",
    "why": r"(?<![가-힣])왜(?![가-힣])|이유|때문일까|\bwhy\b",
    "how": r"어떻게|어떡|어찌|방법|\bhow (?:can|do|should|could|to|might)\b",
    "what": r"어떤(?!가)|무엇|무슨|뭐|뭘|누구|어디|어울리는|맞는 (?:일|직업|사람)|\b(?:what|who|where)\b",
    "should": r"도 ?(?:될|되|괜찮|좋)|하는 ?(?:게|것이) ?(?:좋|맞|나)|(?:게|것이) ?(?:맞|나을|좋을)|해야|좋을까|괜찮을까|맞을까|나을까|어떨까|(?<!성공)(?<!합격)(?<!취업)(?<!결혼)(?<!가능)(?<!행복)(?<!승진)(?<!화해)(?<!회복)(?<!좋아)할까|\b(?:should|shall|may i|is it (?:ok|okay|good|right))\b",
    "will": r"[가-힣](?:까요?|까)(?=[?\s]|$)|(?:나요|가요|은지|는지|을지|ㄹ지|있어요|되요|돼요|죠|지요)\??|수 ?있|\b(?:will|can|could|do|does|is|are|would)\b",
}  # fmt: skip

_HALVES = {
    r"상반기|first half": range(1, 7), r"하반기|second half": range(7, 13), r"봄(?!날|비)|\bspring\b": range(3, 6),
    r"여름|\bsummer\b": range(6, 9), r"가을|\bautumn\b|\bfall\b": range(9, 12), r"연초": range(1, 4), r"연말": range(10, 13),
    r"겨울|\bwinter\b": (1, 2, 12),
}  # fmt: skip
_MONTH = re.compile(r"(?<![\d몇])(1[0-2]|[1-9])월")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_LATER = re.compile(r"(?<!\d)([1-9])년 ?(?:뒤|후)|\bin (\d) years?\b")
_RELATIVE = (
    (2, r"내후년|후년|year after next"),
    (1, r"내년|명년|다음 ?해|next year"),
    (0, r"올해|금년|올 ?(?:봄|여름|가을|겨울)|이번 ?(?:해|달)|this (?:year|month)"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The parts of a question.

    ``who``: one of ``_PEOPLE``, or "me". ``form``: one of ``_FORMS``, or "open". ``year``: the year that is named, 0 for
    none. ``months``: the months that are named. ``again``: what it is about was said in an earlier question.
    ``of_two``: there are two charts.
    """

    who: str
    subject: str
    form: str
    year: int = 0
    months: tuple[int, ...] = ()
    again: bool = False
    of_two: bool = False

    @property
    def theirs(self) -> bool:
        """Whether the matter is another person's own."""
        return not self.of_two and self.subject in _NOT_MINE.get(self.who, ())

    @property
    def about(self) -> str:
        """The subject that is answered: of another person's own affairs, one's own part in them."""
        if self.theirs:
            return _OF_PEOPLE[self.who]
        return "pair" if self.of_two and self.subject in _OF_PAIRS else self.subject

    @classmethod
    def of(cls, inputs: ReadingInput) -> Asked:
        """Read the question of a reading; one that names no subject goes on with that of the latest that does."""
        text, on = inputs.question, inputs.today
        who, subject = _first(_PEOPLE, text), _first(_SUBJECTS, text)
        form, year, months = _first(_FORMS, text) or "open", _year(text, on), _months(text, on)
        again = False
        if not subject or (subject in ("luck", "self") and year and not who):
            for earlier, _ in reversed(inputs.turns):
                found = _first(_SUBJECTS, earlier) or _OF_PEOPLE.get(_first(_PEOPLE, earlier), "")
                if found:
                    who = who or _first(_PEOPLE, earlier)
                    subject, again = found, True
                    year = year or _year(earlier, on)
                    break
        if inputs.young and who == "child":  # a parent asks about the child whose chart this is
            who = "me"
        # Of a matter that isn't recognised, the time can still be told, or else the person.
        subject = subject or _OF_PEOPLE.get(who, "self" if form in ("how", "why", "what", "open") else "luck")
        if months and not year:
            year = on.year if max(months) >= on.month else on.year + 1
        of_two = inputs.other is not None
        return cls(who or "me", subject, form, year, months, again, of_two)


def _first(patterns: dict[str, str], text: str) -> str:
    """Return the first key whose pattern is found; "" for none."""
    return next((key for key, pattern in patterns.items() if re.search(pattern, text, re.IGNORECASE)), "")


def _year(text: str, on: date) -> int:
    if found := _YEAR.search(text):
        return int(found[1])
    if found := _LATER.search(text):
        return on.year + int(found[1] or found[2])
    if re.search(r"다음 ?달|next month", text, re.IGNORECASE):
        return on.year + (on.month == 12)
    return next((on.year + n for n, words in _RELATIVE if re.search(words, text, re.IGNORECASE)), 0)


def _months(text: str, on: date) -> tuple[int, ...]:
    named = tuple(int(month) for month in _MONTH.findall(text))
    if named:
        return named
    if re.search(r"다음 ?달|next month", text, re.IGNORECASE):
        return (on.month % 12 + 1,)
    if re.search(r"이번 ?달|this month", text, re.IGNORECASE):
        return (on.month,)
    return next((tuple(row) for words, row in _HALVES.items() if re.search(words, text, re.IGNORECASE)), ())
