"""An answer to a question about one's own chart: what the chart says about it, and its limits."""

from __future__ import annotations

import re

from fortune.readings import safety
from fortune.readings.classic import full, luck, topics
from fortune.readings.classic import portrait as own
from fortune.readings.classic.page import ELEMENT_KEYS, STEM_KEYS, Page
from fortune.saju.calendar.pillars import month_pillars
from fortune.saju.cycle import BRANCH_ELEMENT

# Words that decide the topic of a question; the first match counts.
_DOMAINS = (
    ("teacher", r"학급|교실|담임|학생들|학부모|우리 반|\b(?:classroom|pupils?)\b"),
    ("study", r"공부|시험|합격|입시|수능|자격증|학교|전공|유학|\b(?:study|exam|school|degree|test)\b"),
    ("career", r"이직|직장|회사|일자리|취업|승진|진로|직업|사업|창업|퇴사|상사|동료|\b(?:job|career|work|boss|business)\b"),
    ("wealth", r"돈|재물|재산|수입|월급|저축|투자|주식|코인|부동산|빚|부자|\b(?:money|wealth|rich|invest\w*|saving\w*)\b"),
    ("love", r"연애|사랑|결혼|남자 ?친구|여자 ?친구|애인|배우자|남편|아내|짝|썸|헤어|재회|이혼|친구|가족|부모|\b(?:love|marr\w+|relationship|partner|boyfriend|girlfriend)\b"),
    ("health", r"건강|아프|아파|병|잠|피곤|스트레스|우울|\b(?:health|tired|sleep|stress)\b"),
)  # fmt: skip
_WHEN = re.compile(r"언제|시기|몇 ?월|때가|\bwhen\b", re.IGNORECASE)
_DECIDE = re.compile(
    r"될까|할까|해도|좋을까|맞을까|나을까|괜찮을까|\b(?:should|can i|may i)\b", re.IGNORECASE
)


def domain_of(question: str) -> str:
    """Return the part of life a question is about; "self" when none is named."""
    for name, pattern in _DOMAINS:
        if re.search(pattern, question, re.IGNORECASE):
            return name
    return "self"


def write(page: Page) -> None:
    """The four sections of an answer."""
    question = page.inputs.question
    domain = domain_of(question)
    page.section()
    if page.inputs.turns:
        page.paragraph(page.say("question.again"))
    kind = "when" if _WHEN.search(question) else "decide" if _DECIDE.search(question) else "open"
    page.paragraph(
        page.say("question.hint", domain=page.say(f"question.{domain}")), page.say(f"question.{kind}")
    )
    page.section()
    _chart(page, domain)
    page.section()
    luck.year(page)
    if kind != "open":
        _months(page)
    luck.decade(page)
    page.section()
    _steps(page, domain)


def _chart(page: Page, domain: str) -> None:
    key, group = STEM_KEYS[page.person.pillars.day.stem], own.main_key(page)
    field = {"wealth": "money", "career": "work", "self": "gift", "health": "rest", "teacher": "teach"}
    topic = {"self": "personality", "health": "personality", "teacher": "teach"}.get(domain, domain)
    page.paragraph(
        page.say(f"stems.{key}.{field.get(domain, domain)}"),
        page.say(f"groups.{group}.{topic}"),
        facts=("ilgan", f"group.{group}"),
    )
    if domain == "wealth":
        full.wealth_count(page)
    elif domain == "career":
        topics.counted(page, 3, "career_officer")
    elif domain == "study":
        topics.counted(page, 4, "study_seal")
    elif domain == "love":
        full.seat(page)
    elif domain == "health":
        topics.bodies(page)
    else:
        topics.heart(page)
    own.month_face(page)
    own.useful(page)
    page.paragraph(page.say("question.shadow", shadow=page.say(f"stems.{key}.shadow")), facts=("ilgan",))
    topics.force(page, {"self": "personality", "teacher": "career"}.get(domain, domain))


def _months(page: Page) -> None:
    """The months of the next twelve that bring the balancing elements."""
    today = page.inputs.today
    wanted = page.person.facts.useful.roles[:2]
    rows = [
        (year + (month < 2), month, pillar)
        for year in (today.year - 1, today.year, today.year + 1)
        for month, pillar in month_pillars(year)
    ]
    ahead = [row for row in rows if (row[0], row[1]) > (today.year, today.month)][:12]
    good = [row for row in ahead if BRANCH_ELEMENT[row[2].branch] in wanted and row[2].stem // 2 in wanted]
    good = good or [row for row in ahead if BRANCH_ELEMENT[row[2].branch] in wanted]
    names = [page.say("question.month", year=y, month=m, pillar=page.pillar(p)) for y, m, p in good[:3]]
    page.paragraph(page.say("question.months", months=page.listed(names)), facts=("yongsin",))


def _steps(page: Page, domain: str) -> None:
    f = page.person.facts
    group, wanted = own.main_key(page), ELEMENT_KEYS[f.useful.chosen.element]
    page.items(
        [
            (page.say("question.first", text=page.say(f"groups.{group}.act")), (f"group.{group}",)),
            (page.say("question.keep", text=page.say(f"elements.{wanted}.fill")), ("yongsin",)),
        ]
    )
    found = safety.cautions(page.inputs.question)
    if domain == "health" and "health" not in found:
        found = ("health", *found)
    page.paragraph(page.say("question.limit"), safety.disclaimer(found, page.language))
