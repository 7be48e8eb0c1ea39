"""The answer itself: the first sentence of an answer to a question, by what is asked and how."""

from __future__ import annotations

from fortune.readings import kinship, texts
from fortune.readings.classic.answer import aimed
from fortune.readings.classic.answer.timing import Month, When, groups_of
from fortune.readings.classic.draft.page import ELEMENT_KEYS, GROUP_KEYS, Page
from fortune.readings.classic.kinds import pairs
from fortune.readings.classic.paragraphs import portrait as own
from fortune.readings.classic.question import feeling
from fortune.readings.classic.question.aims import BULLIED
from fortune.readings.classic.question.asked import Asked
from fortune.readings.facts.years import WORTH
from fortune.readings.inputs import Person
from fortune.saju.derive.basics import ten_god
from fortune.saju.derive.judgements.useful import role_of

_PERSONS = ("love", "marriage", "heart", "spouse", "people")
_DOING = ("work", "job", "change", "business", "study", "exam")


def matter(page: Page, subject: str) -> str:
    """Return the name of a subject."""
    return page.say(f"asked.{subject}.name")


def has(subject: str, key: str) -> bool:
    """Return whether a subject has a text of this key."""
    return key in texts.lookup("ko", f"asked.{subject}")


def first(page: Page, asked: Asked, when: When) -> list[str]:
    """Return the answer itself: one sentence, or two where a chart can't decide what is asked."""
    subject, other = asked.subject, page.inputs.other
    if asked.aim in BULLIED and other is None:
        return [aimed.sentence(page, asked, when)]
    if asked.theirs:
        person = page.say(f"asked.person.{asked.who}")
        theirs = page.say("asked.theirs", person=person, name=matter(page, subject))
        return [_by_form(page, asked, when), theirs] if asked.form == "how" else [theirs]
    if other is not None and asked.about == "pair":
        return [_of_the_pair(page, asked, when, other)]
    both = [page.say("asked.pair.both")] if other is not None else []
    if not asked.known and other is None:
        return [
            page.say(f"asked.unknown_{subject}"),
            _by_form(page, asked, when) or _verdict(page, asked, when),
        ]
    sentence = aimed.sentence(page, asked, when)
    if sentence and (asked.aim == "habit" or not has(subject, "first")):
        near = asked.aim == "years" and when.months
        return [
            sentence,
            *both,
            page.say("asked.aim.near", months=months_of(page, when.months)) if near else "",
        ]
    if sentence and asked.aim == "tired":
        return [sentence, page.say(f"asked.{subject}.first"), *both]
    if has(subject, "first"):
        undecided = page.say(f"asked.{subject}.first")
        # where the chart can't decide, neither of two ways is chosen, and no reason is given
        further = has(subject, "act") and asked.form not in ("which", "why")
        return [undecided, *both, _by_form(page, asked, when) if further else ""]
    return [_by_form(page, asked, when) or _verdict(page, asked, when), *both]


def _verdict(page: Page, asked: Asked, when: When) -> str:
    """Return whether the time carries the matter; of somebody's nature there is nothing to wait for."""
    if asked.subject == "self":
        level, group = page.person.facts.strength.level, own.main_key(page)
        epithet, noun = page.say(f"strength.{level}.epithet"), page.say(f"groups.{group}.noun")
        return page.say("asked.self_first", epithet=epithet, noun=noun)
    if when.of_month:
        month, name = month_name(page, when.months[0]), matter(page, asked.subject)
        return page.say(f"asked.month_{when.verdict}", month=month, name=name)
    return page.say(f"asked.{asked.subject}.{when.verdict}", year=when.year)


def _by_form(page: Page, asked: Asked, when: When) -> str:
    """Return the sentence that answers when, which, how, why or what; "" for whether."""
    f, subject = page.person.facts, asked.about if asked.theirs else asked.subject
    group = own.main_key(page)
    name, gist = matter(page, subject), page.say(f"groups.{group}.gist")
    wanted = f.useful.chosen.element
    element, bring = page.element(wanted), page.say(f"elements.{ELEMENT_KEYS[wanted]}.bring")
    if asked.form == "when":
        return _when(page, subject, when)
    if asked.form == "which":
        if (asked.aim == "or_not" or asked.guessed) and has(subject, "go"):
            return _verdict(page, asked, when)
        fit = page.say(f"groups.{group}.fit")
        return page.say(
            "asked.which_work" if subject in _DOING else "asked.which", element=element, bring=bring, fit=fit
        )
    if asked.form == "how" and subject != "self":
        return page.say("asked.how", name=name, gist=gist, way=page.say(f"groups.{group}.way"))
    if asked.form == "why" and subject != "self":
        return _why(page, subject, name)
    if asked.form == "what" and subject != "self":
        kind = "_person" if subject in _PERSONS else "_work" if subject in _DOING else ""
        return page.say(
            f"asked.what{kind}",
            year=when.year,
            name=name,
            gist=gist,
            fit=page.say(f"groups.{group}.fit"),
            element=element,
            bring=bring,
        )
    return ""


def _when(page: Page, subject: str, when: When) -> str:
    act = page.say(f"asked.{subject}.act")
    if not when.months:
        return page.say("asked.when_none", year=when.year, act=act)
    return page.say("asked.when", act=act, months=months_of(page, when.months))


def _why(page: Page, subject: str, name: str) -> str:
    groups = groups_of(subject, page.person)
    n = count(page, groups)
    if not groups or (n == 0 and page.person.pillars.hour is None):
        return page.say("asked.why_open", name=name)
    kind = "none" if n == 0 else "some" if n <= 3 else "many"
    words = {"groups": named(page, groups)} if n == 0 else {"counts": counted(page, groups)}
    return page.say(f"asked.why_{kind}", name=name, **words)


def _of_the_pair(page: Page, asked: Asked, when: When, other: Person) -> str:
    """Return the answer to what two people ask of the two of them."""
    if asked.form == "when":
        return _when(page, "pair", when)
    mine, theirs = _gods_of_each(page, other)
    my_view, their_view = (kinship.view(page.inputs, of_first=first) for first in (True, False))
    words = {"mine": pairs.seen(page, mine, my_view), "theirs": pairs.seen(page, theirs, their_view)}
    if asked.form in ("how", "why"):
        gods = {"god": page.god(mine), "other_god": page.god(theirs)}
        return page.say(f"asked.pair.{asked.form}", **words, **gods)
    if asked.form in ("what", "which"):
        useful = page.person.facts.useful, other.facts.useful
        wanted = max(range(5), key=lambda at: sum(WORTH[role_of(row, at)] for row in useful))
        bring = page.say(f"elements.{ELEMENT_KEYS[wanted]}.bring")
        return page.say("asked.pair.what", element=page.element(wanted), bring=bring)
    return page.say(f"asked.pair.{pairs.tie(page, other)}")


def _gods_of_each(page: Page, other: Person) -> tuple[str, str]:
    a, b = page.person.pillars.day.stem, other.pillars.day.stem
    return ten_god(a, b), ten_god(b, a)


def warm(page: Page, asked: Asked) -> str:
    """Return a kind word on a hard story, where the answer itself has none; "" where nothing hard was told."""
    met = has(asked.subject, "first") and not asked.theirs
    if not asked.known or met or page.inputs.other is not None:
        return ""
    kind = feeling.told(page.inputs.question, "child" if asked.aim == "bullied" else asked.who)
    return page.say(f"asked.warm.{kind}") if kind else ""


def second(page: Page, asked: Asked) -> str:
    """Return what the chart leaves open, after an answer to whether."""
    if not asked.known and page.inputs.other is None:
        return page.say("asked.unknown")
    if asked.aim in ("mind", "careful", "leaves", "has", "habit", "tired", *BULLIED):
        return ""
    decided = not asked.theirs and asked.about not in ("pair", "self") and not has(asked.subject, "first")
    return page.say(f"asked.{asked.form}") if decided and asked.form in ("will", "should") else ""


def count(page: Page, groups: tuple[int, ...]) -> int:
    """Return how many signs of the chart belong to the groups."""
    of_groups = own.group_counts(page.person.facts)
    return sum(of_groups[at] for at in groups)


def counted(page: Page, groups: tuple[int, ...]) -> str:
    """Return the signs of each group that the chart has."""
    of_groups = own.group_counts(page.person.facts)
    shown = [(page.say(f"groups.{GROUP_KEYS[at]}.name"), of_groups[at]) for at in groups if of_groups[at]]
    return ", ".join(page.say("self.count_one", name=name, n=n) for name, n in shown)


def named(page: Page, groups: tuple[int, ...] | list[int]) -> str:
    """Return the names of groups of ten gods."""
    return page.listed([page.say(f"groups.{GROUP_KEYS[at]}.name") for at in groups])


def month_name(page: Page, row: Month) -> str:
    """Return a month with its year and pillar."""
    return months_of(page, (row,))


def months_of(page: Page, rows: tuple[Month, ...]) -> str:
    """Return several months with their years and pillars."""
    return page.months([(row.year, row.number, row.pillar) for row in rows])
