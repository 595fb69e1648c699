"""What was suggested, in words to judge it by: how sure, and what else it could be."""

from dataclasses import dataclass
from typing import Final

from events import ClassificationSuggested, ComplaintKind, Route
from services.suggestions import LABELS, MISCONDUCT_SAYS
from workflows.classify import MISCONDUCT, NOT_A_DEVIATION
from workflows.terms.labels import COMPLAINT_KINDS, ROUTES

_WORTH_SAYING: Final = 0.05
"""What is less likely than one in twenty is no alternative to name."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A suggestion as its card shows it. `sure` and `else_` are sentences, maybe empty.

    `route` is where it seems to belong when it seems to be no deviation. `lex_sarah` says that
    it may be misconduct and how likely that is; empty where it does not seem so.
    """

    title: str
    sure: str
    else_: str
    route: Route | None
    kind: ComplaintKind | None
    kind_says: str
    lex_sarah: str


def guess_of(said: ClassificationSuggested | None) -> Guess:
    """Read a suggestion; without one, or without a label, it is `Inget förslag`."""
    if said is None:
        return Guess("Inget förslag", "", "", None, None, "", "")
    label = said.label
    kind = ComplaintKind.COMPLAINT if said.kind == MISCONDUCT else said.kind
    return Guess(
        title=f"Förslag: {_label(said)}" if label else "Inget förslag",
        sure=_sure(said.confidence) if label and said.alternatives else "",
        else_=_else(said),
        route=said.route if label == NOT_A_DEVIATION else None,
        kind=ComplaintKind(kind) if kind else None,
        kind_says=_kind(said.kind),
        lex_sarah=_lex_sarah(said),
    )


def _label(said: ClassificationSuggested) -> str:
    if said.category or not said.route:
        return LABELS.get(said.category or "", said.category or "")
    if said.route is Route.NOT_A_DEVIATION:
        return LABELS[said.route]
    return f"{LABELS[Route.NOT_A_DEVIATION]}, {ROUTES[said.route].lower()}"


def _sure(confidence: float) -> str:
    return f"Av hundra sådana förslag brukar {_hundredths(confidence)} vara rätt."


def _else(said: ClassificationSuggested) -> str:
    others = [
        f"{LABELS[it.label].lower()} ({_hundredths(it.confidence)} %)"
        for it in said.alternatives
        if it.label in LABELS and it.label != said.label and it.confidence >= _WORTH_SAYING
    ]
    if not others:
        return ""
    begins = "Annars kanske" if said.label else "Närmast ligger"
    return f"{begins} {' eller '.join(others[:2])}."


def _kind(code: str | None) -> str:
    if code == MISCONDUCT:
        return MISCONDUCT_SAYS
    return COMPLAINT_KINDS[ComplaintKind(code)] if code else ""


def _lex_sarah(said: ClassificationSuggested) -> str:
    if not said.possible_lex_sarah:
        return ""
    if not said.lex_sarah_confidence:
        return "Kan vara lex Sarah."
    often = _hundredths(said.lex_sarah_confidence)
    return f"Kan vara lex Sarah. Av hundra sådana rapporter brukar {often} vara det."


def _hundredths(share: float) -> int:
    """Say never all and never none: a suggestion is never certain."""
    return min(99, max(1, round(100 * share)))
