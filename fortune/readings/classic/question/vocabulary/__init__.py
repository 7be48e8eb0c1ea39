"""The phrases by which a question is read: ``people``, ``matters`` and their ``tails``, ``forms``; and ``spoken`` spellings.

A phrase holds stems and the endings that tell them apart, not sentences: ``asked`` cuts a question into clauses and
decides which of the words found belong to what is asked.
"""

from fortune.readings.classic.question.vocabulary.forms import FORMS, VOLITION
from fortune.readings.classic.question.vocabulary.matters import GRAVE, SUBJECTS, VAGUE
from fortune.readings.classic.question.vocabulary.people import PEOPLE
from fortune.readings.classic.question.vocabulary.spoken import spelt_out
from fortune.readings.classic.question.vocabulary.tails import SAID_LAST, TAKEN_UP

__all__ = ["FORMS", "GRAVE", "PEOPLE", "SAID_LAST", "SUBJECTS", "TAKEN_UP", "VAGUE", "VOLITION", "spelt_out"]
