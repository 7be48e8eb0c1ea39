"""The second of two people: what they are to the first, what they are called, and of which generations the two are.

A child's reading is read by a parent, so that there the first of the two is "아이" ("your child"), and never "당신".
"""

from __future__ import annotations

import re

from fortune.readings.inputs import ReadingInput
from fortune.readings.life import CHILDREN, MINORS
from fortune.saju.korean import josa

# Years between two of a family: fewer than the first are told of as siblings, more than the second as grandparent and child.
PARENTS, GRANDPARENTS = 16, 46
# From so many years on, a minor and somebody who isn't are told of as a child and a grown-up.
GENERATION = 12
# By what the second is to the first: Korean, English of one's own, English beside a child.
_NAMES = {
    "": ("상대", "the other person", "the other person"),
    "friend": ("친구", "your friend", "the friend"),
    "colleague": ("동료", "your colleague", "the colleague"),
    "husband": ("남편", "your husband", "the husband"),
    "wife": ("아내", "your wife", "the wife"),
    "mother": ("어머니", "your mother", "the mother"),
    "father": ("아버지", "your father", "the father"),
    "grandmother": ("할머니", "your grandmother", "the grandmother"),
    "grandfather": ("할아버지", "your grandfather", "the grandfather"),
    "child": ("아이", "your child", "the other child"),
    "kid": ("아이", "the child", "the other child"),
    "daughter": ("딸", "your daughter", "the daughter"),
    "son": ("아들", "your son", "the son"),
    "grandchild": ("손주", "your grandchild", "the grandchild"),
    "sister": ("언니", "your sister", "the sister"),
    "brother": ("오빠", "your brother", "the brother"),
    "younger": ("동생", "your younger sibling", "the younger sibling"),
    "adult": ("어른", "the grown-up", "the grown-up"),
    "stepmother": ("새어머니", "your stepmother", "the stepmother"),
    "stepfather": ("새아버지", "your stepfather", "the stepfather"),
    "mother_in_law": ("시어머니", "your mother-in-law", "the mother-in-law"),
    "wifes_mother": ("장모님", "your mother-in-law", "the mother-in-law"),
    "father_in_law": ("시아버지", "your father-in-law", "the father-in-law"),
    "wifes_father": ("장인어른", "your father-in-law", "the father-in-law"),
    "daughter_in_law": ("며느리", "your daughter-in-law", "the daughter-in-law"),
    "son_in_law": ("사위", "your son-in-law", "the son-in-law"),
    "mothers_sister": ("이모", "your aunt", "the aunt"),
    "fathers_sister": ("고모", "your aunt", "the aunt"),
    "uncle": ("삼촌", "your uncle", "the uncle"),
    "cousin": ("사촌", "your cousin", "the cousin"),
    "nephew": ("조카", "your nephew", "the nephew"),
    "niece": ("조카", "your niece", "the niece"),
    "husbands_sister": ("시누이", "your sister-in-law", "the sister-in-law"),
    "brothers_wife": ("올케", "your sister-in-law", "the sister-in-law"),
    "wifes_brother": ("처남", "your brother-in-law", "the brother-in-law"),
    "wifes_sister": ("처제", "your sister-in-law", "the sister-in-law"),
}
# Words of a question that name the other of a family: what they are, of which gender ("" for either), and whether older
# (1), younger (-1) or either (0) than the one who asks.
_NAMED = (
    ("stepmother", r"새(?:엄마|어머니)|계모|\bstepmother|\bstepmom", "female", 1),
    ("stepfather", r"새(?:아빠|아버지)|계부|\bstepfather|\bstepdad", "male", 1),
    ("mother_in_law", r"시어머니|시엄마|\bmother[- ]in[- ]law", "female", 0),
    ("wifes_mother", r"(?<![가-힣])장모", "female", 0),
    ("father_in_law", r"시아버지|\bfather[- ]in[- ]law", "male", 0),
    ("wifes_father", r"(?<![가-힣])장인(?!정신)", "male", 0),
    ("daughter_in_law", r"며느리|\bdaughter[- ]in[- ]law", "female", 0),
    ("son_in_law", r"(?<![가-힣])사위|\bson[- ]in[- ]law", "male", 0),
    ("mothers_sister", r"(?<![가-힣])이모|\baunt", "female", 0),
    ("fathers_sister", r"(?<![가-힣])고모", "female", 0),
    ("uncle", r"삼촌|\buncle", "male", 0),
    ("cousin", r"사촌|\bcousin", "", 0),
    ("nephew", r"(?<![가-힣])조카|\bnephew", "male", 0),
    ("niece", r"(?<![가-힣])조카|\bniece", "female", 0),
    ("husbands_sister", r"시누이?(?![가-힣]*집)", "female", 0),
    ("brothers_wife", r"(?<![가-힣])올케", "female", 0),
    ("wifes_brother", r"(?<![가-힣])처남", "male", 0),
    ("wifes_sister", r"(?<![가-힣])처제", "female", 0),
    ("grandmother", r"할머니|할매|\bgrandm(?:a|other)", "female", 1),
    ("grandfather", r"할아버지|\bgrand(?:pa|father)", "male", 1),
    ("grandchild", r"손[주자녀](?=[가는와랑를이의 ]|$)|\bgrand(?:child|son|daughter)", "", -1),
    (
        "mother",
        r"(?<![시새가-힣])(?:엄마|어머니|친정엄마)|\bmy (?:mom|mum|mother)\b(?![- ]in)",
        "female",
        1,
    ),
    ("father", r"(?<![시새가-힣])(?:아빠|아버지)|\bmy (?:dad|father)\b(?![- ]in)", "male", 1),
    (
        "daughter",
        r"(?<![가-힣])(?:우리 ?|제 ?|큰|작은|막내)?딸(?=[이과은을하의아 ]|$)|\bmy daughter\b(?![- ]in)",
        "female",
        -1,
    ),
    ("son", r"(?<![가-힣])(?:우리 ?|제 ?|큰|작은|막내)?아들|\bmy son\b(?![- ]in)", "male", -1),
)
_AT_HOME = {"mother": "엄마", "father": "아빠"}
_YOU = re.compile(r"당신(은|이|을|과)?(?![가-힣])|당신")
_PARTICLES = {"은": "은/는", "이": "이/가", "을": "을/를", "과": "과/와"}
_ENGLISH_YOU = re.compile(
    r"(?<!thank[ -])\b(yourself|yours|your|you)\b(['’](?:re|ve|ll|d)\b)?", re.IGNORECASE
)
_BEFORE_AN_OBJECT = re.compile(
    r"(?:to|for|with|from|of|in|on|at|by|around|beside|behind|near|about|gives|give|makes|make|keep|keeps|help|helps|tell"
    r"|tells|trust|see|sees|let|lets|suits|suit|take|takes|find|finds|restore|restores|reach|reaches|does|bring|brings"
    r"|fill|fills|soften|softens|wear|wears|carry|cools|leave|leaves|than|like|serve|serves|wake|wakes|balances)"
)  # fmt: skip
_OF_A_BROTHER = {"sister": "누나", "brother": "형"}


def minors(inputs: ReadingInput) -> tuple[bool, bool]:
    """Return whether the first and the second of the two are children or teenagers."""
    return inputs.young, _stage_of_other(inputs) in MINORS


def relation_of(inputs: ReadingInput) -> str:
    """Return the relation that is told of; with a child or a teenager nothing is told of romance or work."""
    given = inputs.relation
    return "friends" if any(minors(inputs)) and given in ("lovers", "couple", "colleagues", "") else given


def years_between(inputs: ReadingInput) -> int:
    """Return by how many years the second of the two is the older one; 0 where it isn't known."""
    mine, other = inputs.person.life, inputs.other.life if inputs.other is not None else None
    return mine.born.year - other.born.year if mine is not None and other is not None else 0


def other_is(inputs: ReadingInput) -> str:
    """Return what the second of the two is to the first: a key of the names."""
    relation = relation_of(inputs)
    if relation == "family":
        return _kin(inputs)
    woman = _gender_of_other(inputs) == "female"
    if relation == "friends":
        return "friend" if not _of_two_generations(inputs) else "kid" if minors(inputs)[1] else "adult"
    return {"couple": "wife" if woman else "husband", "colleagues": "colleague"}.get(relation, "")


def _named_kin(inputs: ReadingInput) -> str:
    """Return what a question, or one before it, calls the other; "" where it names none that fits, or several."""
    years, gender = years_between(inputs), _gender_of_other(inputs)
    for words in (inputs.question, *(earlier for earlier, _ in reversed(inputs.turns))):
        fits = {
            key: None
            for key, pattern, own, age in _NAMED
            if own in ("", gender) and age * years >= 0 and re.search(pattern, words.lower())
        }
        if fits:
            return next(iter(fits)) if len(fits) == 1 else ""
    return ""


def _kin(inputs: ReadingInput) -> str:
    if named := _named_kin(inputs):
        return named
    years, woman = years_between(inputs), _gender_of_other(inputs) == "female"
    if years >= GRANDPARENTS:
        return "grandmother" if woman else "grandfather"
    if years >= PARENTS:
        return "mother" if woman else "father"
    if years <= -GRANDPARENTS:
        return "grandchild"
    if years <= -PARENTS:
        grown = _stage_of_other(inputs) not in CHILDREN
        return ("daughter" if woman else "son") if grown else "child"
    if years > 0:
        return "sister" if woman else "brother"
    return "younger"


def name_of_other(inputs: ReadingInput) -> str:
    """Return what the second of the two is called."""
    what = other_is(inputs)
    korean, english, beside_a_child = _NAMES[what]
    if inputs.language == "en":
        return beside_a_child if _is_told_of(inputs) else english
    if inputs.young and what in _AT_HOME:
        return _AT_HOME[what]
    if what in _OF_A_BROTHER and inputs.person.life is not None and inputs.person.life.gender == "male":
        return _OF_A_BROTHER[what]
    return korean


def lives_of_two(inputs: ReadingInput) -> tuple[str, ...]:
    """Return the lives whose texts come first of two people: of colleagues, or of a child and a grown-up, those of such a pair."""
    if relation_of(inputs) == "colleagues":
        return ("coworkers",)
    told_of = ("told_of",) if _is_told_of(inputs) else ()
    if not _of_two_generations(inputs):
        return told_of
    return (*(() if told_of else view(inputs, of_first=True)), "generations", *told_of)


def view(inputs: ReadingInput, *, of_first: bool) -> tuple[str, ...]:
    """Return the life whose texts tell how the first (else the second) of a child and a grown-up sees the other."""
    if not _of_two_generations(inputs):
        return ()
    return ("looking_up",) if inputs.young is of_first else ("looking_down",)


def _of_two_generations(inputs: ReadingInput) -> bool:
    young, other_young = minors(inputs)
    return young != other_young and abs(years_between(inputs)) >= GENERATION


def _is_told_of(inputs: ReadingInput) -> bool:
    """Return whether an English reading of two speaks of the first, a small child, and not to them."""
    return inputs.language == "en" and inputs.other is not None and inputs.stage in CHILDREN


def _stage_of_other(inputs: ReadingInput) -> str:
    other = inputs.other
    return other.life.stage(inputs.about_day) if other is not None and other.life is not None else ""


def _gender_of_other(inputs: ReadingInput) -> str:
    other = inputs.other
    return other.life.gender if other is not None and other.life is not None else ""


def renamed(text: str, name: str) -> str:
    """Return a Korean text of "당신" as it is told of somebody with another name."""
    return _YOU.sub(lambda found: josa(name, _PARTICLES[found[1]]) if found[1] else name, text)


def begun(text: str, name: str) -> str:
    """Return an English text in which a name has a capital letter where it begins a sentence."""
    return re.sub(rf"(?:^|(?<=[.?!] )){re.escape(name)}", name[:1].upper() + name[1:], text)


def as_they(text: str) -> str:
    """Return an English text of "you" as it is told of somebody else."""
    return _ENGLISH_YOU.sub(_they, text)


def _they(found: re.Match[str]) -> str:
    said, end = found[1].lower(), found[2] or ""
    if said != "you":
        word = {"your": "their", "yours": "theirs", "yourself": "themselves"}[said]
    else:
        word = "them" if not end and _is_object(found) else "they"
    return (word.capitalize() if found[1][0].isupper() else word) + end


def _is_object(found: re.Match[str]) -> bool:
    """Return whether a "you" is an object: after a preposition or some verbs, and where nothing follows that it does."""
    text, after = found.string[: found.start()], found.string[found.end() :]
    if found[1][0].isupper() or re.search(
        r"\b[Ww]hat\b[^,.]* on $", text
    ):  # "what you have taken on you keep"
        return False
    before = text.rstrip().rpartition(" ")[2].lower().strip('“"')
    return bool(_BEFORE_AN_OBJECT.fullmatch(before)) or not re.match(r" [a-z]", after)
