"""The readable lexicon: what words have in common and what they speak for, row by row."""

from typing import Final

from workflows.classify.lexicon.care import CARE
from workflows.classify.lexicon.casework import CASEWORK
from workflows.classify.lexicon.concept import Concept
from workflows.classify.lexicon.conduct import CONDUCT
from workflows.classify.lexicon.elsewhere import ELSEWHERE
from workflows.classify.lexicon.grave import DANGER, GRAVE, HELP_CALLED
from workflows.classify.lexicon.people import PEOPLE
from workflows.classify.lexicon.things import THINGS
from workflows.classify.lexicon.visits import VISITS

CONCEPTS: Final[tuple[Concept, ...]] = (
    *VISITS,
    *CARE,
    *CONDUCT,
    *CASEWORK,
    *THINGS,
    *ELSEWHERE,
    *PEOPLE,
    *GRAVE,
)

__all__ = ["CONCEPTS", "DANGER", "HELP_CALLED", "Concept"]
