"""What is known beside the text, and how much it moves a suggestion.

The examples that the model learned from have no tile, no answer about harm and no unit, so
what these are worth is our own judgement, in the model's units (log odds): 1 makes something
2.7 times as likely. A tile outweighs a vague text and is outweighed by a clear one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from typing import Final

from events import Harm
from workflows.terms.hints import hinted

_HINT: Final = 2.6
_HARM: Final[Mapping[Harm, float]] = {Harm.SERIOUS: 2.0, Harm.MINOR: 0.5}
"""Harm makes misconduct likelier; that there was none takes nothing away."""
_UNITS: Final[Mapping[str, Mapping[str, float]]] = {
    "alarm_service": {"larm_telefoni": 0.7},
    "social_work": {"handlaggning": 0.7},
    "home_care": {"utebliven_insats": 0.3},
    "nursing_home": {"omsorg": 0.3},
}


@dataclass(frozen=True, slots=True)
class Circumstances:
    """A tile or category that was tapped, the answer about harm, the kind of the unit."""

    hint: str | None = None
    harm: Harm = Harm.UNKNOWN
    unit_kind: str | None = None

    def for_category(self) -> Mapping[str, float]:
        """Return what speaks for categories beside the text, in log odds."""
        told = dict(_UNITS.get(self.unit_kind or "", {}))
        categories = hinted(self.hint)
        for it in categories:
            told[it] = told.get(it, 0.0) + _HINT - log(len(categories))
        return told

    def for_lex_sarah(self) -> float:
        """Return what speaks for misconduct beside the text, in log odds."""
        return _HARM.get(self.harm, 0.0)
