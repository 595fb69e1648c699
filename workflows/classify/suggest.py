"""One report in, one suggestion out: what it seems to be, how sure, and by which words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from events import ComplaintKind, Evidence, Route
from workflows.classify.circumstances import Circumstances
from workflows.classify.danger import dangers
from workflows.classify.evidence import places, reasons
from workflows.classify.features import LONGEST, Seen, stem
from workflows.classify.model import Model, Scored
from workflows.classify.reading import COMMON, Word, read
from workflows.terms.hints import hinted

NOT_A_DEVIATION: Final = "not_a_deviation"
MISCONDUCT: Final = "misconduct"
_SURE_OF_DETAIL: Final = 0.5
"""A sub-type, route or kind that is less likely than its contrary is not suggested."""
_SUREST: Final = 0.99
"""More than that was never counted."""
_KNOWN: Final = Circumstances()


@dataclass(frozen=True, slots=True)
class Guess:
    """An answer with how sure it is (0-1, calibrated on writers the model never read)."""

    code: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a report seems to be. `label` is None below the line: a person begins from nothing.

    `label` is a category or `not_a_deviation`, and then `route` says where it seems to belong.
    `ranked` are the labels by falling confidence. `kind` is what it is if somebody outside says
    it. `evidence` are offsets into the text that was read, by what each stretch spoke for.
    """

    model: str
    label: str | None
    confidence: float
    ranked: tuple[Guess, ...]
    subtype: Guess | None
    route: Guess | None
    kind: Guess | None
    lex_sarah: float
    possible_lex_sarah: bool
    immediate_danger: bool
    evidence: tuple[Evidence, ...]

    @property
    def category(self) -> str | None:
        """The category, None where there is none to suggest."""
        return None if self.label == NOT_A_DEVIATION else self.label


@dataclass(frozen=True, slots=True)
class Read:
    """A story as the model has read it: its words, what it saw in them, what that weighed."""

    words: Sequence[Word]
    text: Seen
    scored: Scored


def read_by(model: Model, story: str) -> Read:
    """Read a story: a category comes from its first 8 000 characters, danger from anywhere."""
    words = read(story)
    text = model.see([it for it in words if it.end <= LONGEST])
    return Read(words, text, model.score(text))


def suggest(model: Model, story: str | Read, known: Circumstances = _KNOWN) -> Suggestion:
    """Suggest what a report is about. The same text and circumstances give the same answer.

    A category with no word to show for it and no tile is not suggested, however it was weighed.
    """
    it = read_by(model, story) if isinstance(story, str) else story
    words, text, scored = it.words, it.text, it.scored
    ranked = _ranked(model.heads["category"].shares(scored.scores, known.for_category()))
    best = ranked[0]
    shown = _why(model, text, scored, "category", best.code)
    sure = best.confidence >= model.line and bool(shown or best.code in hinted(known.hint))
    danger = dangers(words)
    # Thanks and farewells are alike: where somebody may be in danger, a person says what it is.
    harmless = best.code == NOT_A_DEVIATION and bool(danger)
    label = best.code if sure and not harmless else None
    lex_sarah = model.heads["lex_sarah"].shares(scored.scores, {"yes": known.for_lex_sarah()})[
        "yes"
    ]
    grave = _why(model, text, scored, "lex_sarah", "yes", "lex_sarah")
    met = any(
        len(it.text) > len("ja") and it.text not in COMMON and model.knows(stem(it.text))
        for it in text.words
    )
    possible = met and lex_sarah >= model.lex_sarah_line
    kind = _kind(model, scored, lex_sarah) if met else None
    if kind and kind.code == ComplaintKind.PRAISE and danger:
        kind = None
    return Suggestion(
        model=model.version,
        label=label,
        confidence=best.confidence,
        ranked=ranked,
        subtype=_detail(model, scored, "subtype") if label == "utebliven_insats" else None,
        route=_route(model, scored) if label == NOT_A_DEVIATION else None,
        kind=kind,
        lex_sarah=round(lex_sarah, 3),
        possible_lex_sarah=possible,
        immediate_danger=bool(danger),
        evidence=_sorted(
            [
                *(shown if label else ()),
                *(grave if possible else ()),
                *places(words, danger, "danger"),
            ]
        ),
    )


def _ranked(shares: Mapping[str, float]) -> tuple[Guess, ...]:
    rows = sorted(shares.items(), key=lambda row: (-row[1], row[0]))
    return tuple(Guess(code, min(_SUREST, round(share, 3))) for code, share in rows)


def _detail(model: Model, scored: Scored, head: str) -> Guess | None:
    best = _ranked(model.heads[head].shares(scored.scores))[0]
    return best if best.confidence >= _SURE_OF_DETAIL else None


def _route(model: Model, scored: Scored) -> Guess:
    """Return where it seems to belong; where that is unsure, only that it is no deviation."""
    best = _ranked(model.heads["route"].shares(scored.scores))[0]
    if best.confidence >= _SURE_OF_DETAIL:
        return best
    return Guess(Route.NOT_A_DEVIATION, best.confidence)


def _kind(model: Model, scored: Scored, lex_sarah: float) -> Guess | None:
    """Return what it is if somebody outside says it; a complaint may tell of misconduct."""
    best = _detail(model, scored, "kind")
    if best and best.code == ComplaintKind.COMPLAINT and lex_sarah >= _SURE_OF_DETAIL:
        return Guess(MISCONDUCT, round(min(best.confidence, lex_sarah), 3))
    return best


def _why(
    model: Model, text: Seen, scored: Scored, head: str, code: str, label: str | None = None
) -> list[Evidence]:
    it = model.heads[head]
    return reasons(model, text, scored, it.first + it.labels.index(code), label or code)


def _sorted(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(evidence, key=lambda it: (it.start, it.end, it.label)))
