"""Whole lives of cases: each next command is drawn from what the flow table allows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Any, get_args
from uuid import UUID

from hypothesis import strategies as st

from events import Event, Harm, LinkKind, Nature, Phase, Role, Route, Track
from tests import samples
from workflows import CASE_TYPES, CaseState, Refusal, commands, decide, evolve
from workflows.case_types import CaseType
from workflows.rules.calendar import local_day
from workflows.rules.deadlines import DEADLINES
from workflows.terms.categories import CATEGORIES

Choose = Callable[[Sequence[Any]], Any]
"""Picks one of several; a `Random` does."""

BEGINS = (
    datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
    datetime(2026, 3, 28, 22, 59, tzinfo=UTC),  # the night before summer time
    datetime(2026, 6, 18, 21, 59, tzinfo=UTC),  # 23.59 the day before midsummer eve
    datetime(2027, 12, 23, 23, 1, tzinfo=UTC),  # just after midnight on Christmas Eve
)
PAUSES = (timedelta(minutes=1), timedelta(hours=5), timedelta(days=1), timedelta(days=9))
PEOPLE = (samples.ANNA, samples.BO, samples.CIM)
IDS = tuple(UUID(int=number) for number in (101, 102, 103))
SYSTEM = frozenset(get_args(commands.BySystem))
ENDED = frozenset({Phase.CLOSED, Phase.REROUTED, Phase.MERGED})
AWAY = frozenset({commands.Merge, commands.Reroute})
RARE = SYSTEM | {
    commands.CorrectReport,
    commands.HandOver,
    commands.Link,
    commands.Merge,
    commands.Reroute,
    commands.WithdrawCause,
    commands.WithdrawMeasure,
}
"""Asked seldom, or every life would end before it began."""


@dataclass
class Step:
    """One command, the case before it, and what became of it."""

    command: commands.Command
    before: CaseState
    facts: list[Event] = field(default_factory=list)
    refusal: Refusal | None = None


@dataclass(repr=False)
class Life:
    """All steps of a case, its facts, and the case as it became."""

    steps: list[Step] = field(default_factory=list)
    state: CaseState = field(default_factory=CaseState)

    def __repr__(self) -> str:
        """List the commands: what failed is readable in a test's report."""
        return " > ".join(
            f"{type(it.command).__name__}{'' if it.facts else '(-)'}" for it in self.steps
        )

    def _repr_pretty_(self, printer, _) -> None:
        """Say the same to Hypothesis, which would otherwise write out every field."""
        printer.text(repr(self))

    @property
    def history(self) -> list[Event]:
        return [fact for step in self.steps for fact in step.facts]

    @property
    def moments(self) -> list[tuple[CaseState, Event, CaseState]]:
        """Every fact with the case before and after it."""
        told, state = [], CaseState()
        for fact in self.history:
            after = evolve(state, fact)
            told.append((state, fact, after))
            state = after
        return told


def live(choose: Choose, kind: CaseType, length: int) -> Life:
    """Live a case for so many commands, drawing each from the row of the phase it is in."""
    life, at = Life(), choose(BEGINS)
    for _ in range(length):
        at += choose(PAUSES)
        row = sorted(kind.flow[life.state.phase], key=lambda it: it.__name__)
        usual = [it for it in row if it not in RARE and not _done(life.state, it)]
        wide = row if not choose(range(6)) else [it for it in row if it not in AWAY]
        ask = choose(usual if usual and choose(range(3)) else wide)
        given = {"at": at, "by": str(choose(PEOPLE)), "role": choose((None, *Role))}
        if ask in SYSTEM:
            given = {"at": at, "by": "system:test"}
        command = ask(**given, **_details(choose, kind, life.state, ask, at))
        step = Step(command, life.state)
        life.steps.append(step)
        try:
            step.facts = decide(life.state, command, samples.policy())
        except Refusal as refusal:
            step.refusal = refusal
            continue
        for fact in step.facts:
            life.state = evolve(life.state, fact)
    return life


def _done(state: CaseState, ask: type) -> bool:
    """Tell whether people are usually content with having done this once."""
    done = {
        commands.AddCause: state.causes,
        commands.AddMeasure: state.measures,
        commands.AddNote: state.notes,
        commands.Assign: state.owner,
        commands.AssessSeverity: state.assessed,
        commands.ConfirmClassification: state.category,
    }
    return bool(done.get(ask))


def _details(  # noqa: C901, PLR0912 - one arm for each command
    choose: Choose, kind: CaseType, state: CaseState, ask: type, at: datetime
) -> dict[str, Any]:
    """Draw what a command says: mostly about what the case has, now and then about nothing."""
    words = samples.WORDS
    anybody = choose(PEOPLE)
    measure = choose((*state.measures, *IDS)) if state.measures else choose(IDS)
    cause = choose((*sorted(state.causes), *IDS[:2]))
    promised = local_day(at) + choose(PAUSES)
    overdue = [key for key, clock in state.clocks.items() if clock.missed]
    some_clock = (*state.clocks, (choose(DEADLINES).code, None))
    code, about = choose(overdue if overdue and ask is commands.ClimbLadder else some_clock)
    rung = state.clocks[code, about].rung + 1 if (code, about) in state.clocks else 0
    match ask.__name__:
        case "SubmitReport":
            return {
                "case_type": kind.name,
                "report_id": IDS[0],
                "number": "n-1",
                "received_at": at,
                "unit": "solrosen",
                "harm": choose(tuple(Harm)),
                "reporter": choose((None, samples.CIM)),
                "story": words,
                "complainant": choose((None, words)),
            }
        case "ImportHistory":
            score = choose((None, 1, 4))
            return {
                "category": choose((None, "omsorg")),
                "consequence": score,
                "likelihood": score,
                "closed_at": choose((None, at)),
            }
        case "SuggestClassification":
            return {
                "model": choose(("words-1", "words-2")),
                "category": choose((None, "omsorg")),
            }
        case "ConfirmClassification":
            return {"category": choose(tuple(CATEGORIES))}
        case "AssessSeverity":
            return {
                "consequence": choose((1, 2, 3, 4)),
                "likelihood": choose((1, 2, 3, 4)),
                "tracks": choose(((Track.SOL,), (Track.LSS,), (Track.HSL,), tuple(Track))),
                "reason": words,
            }
        case "Escalate":
            rule = choose(("at_once", "danger_words"))
            return {"rule": rule, "policy_version": 1, "why": "Genast.", "to": (Role.SAS,)}
        case "TakeSasPosition":
            return {"lex_sarah": choose((True, False)), "reason": words}
        case "Assign":
            return {"owner": anybody}
        case "HandOver":
            return {"owner": anybody, "reason": words}
        case "ConcludeInvestigation":
            return {"summary": words}
        case "AddNote":
            note = {"note_id": choose(IDS), "corrects": choose((None, *IDS[:1]))}
            return note | {"nature": choose(tuple(Nature)), "words": words, "source": words}
        case "AddAttachment":
            return {"attachment_id": choose(IDS)}
        case "AddCause":
            return {"cause_id": choose(IDS), "area": "procedurer_rutiner", "words": words}
        case "WithdrawCause":
            return {"cause_id": cause, "reason": words}
        case "AddMeasure":
            return {
                "measure_id": choose(IDS),
                "causes": choose((tuple(sorted(state.causes)), (cause,))),
                "kind": "rutin",
                "words": words,
                "expected_effect": words,
                "owner": anybody,
                "due_on": promised,
                "follow_up_on": promised + choose(PAUSES),
            }
        case "CompleteMeasure":
            return {"measure_id": measure}
        case "WithdrawMeasure":
            return {"measure_id": measure, "reason": words}
        case "FollowUpMeasure":
            together = choose((None, Role.STAFF, Role.OPERATIONS_MANAGER))
            judged = {"effect": choose((True, False)), "words": words}
            return judged | {"measure_id": measure, "together_with": together}
        case "AnswerReporter":
            return {"words": words}
        case "AnswerComplainant":
            return {"words": words, "way": "phone"}
        case "WaiveAnswer":
            whose = choose(("reporter", "complainant"))
            return {
                "whose": whose,
                "ground": choose(("anonymous", "declined")),
                "reason": words,
            }
        case "CorrectReport":
            return {"harm": choose(tuple(Harm)), "reason": words}
        case "Reroute":
            return {"route": choose(tuple(Route)), "receiver": words, "reason": words}
        case "Merge":
            return {"into": samples.OTHER_CASE, "reason": words}
        case "Link":
            return {"other": choose(IDS), "kind": choose(tuple(LinkKind))}
        case "Reopen":
            return {"reason": words}
        case "RemindDeadline" | "MissDeadline":
            return {"code": code, "about": about}
        case "ClimbLadder":
            return {"code": code, "about": about, "rung": choose((rung, rung, rung + 1, 0))}
        case "ReportUndeliverable":
            return {"notice": "received", "to": choose(tuple(Role))}
        case "StartInvestigation" | "Close":
            return {}
        case unknown:
            raise AssertionError(f"tests.lives does not know what {unknown} says")


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """Draw a life. A shorter one of the same seed is its beginning, so failing ones shrink."""
    kind = draw(st.sampled_from(tuple(CASE_TYPES.values())))
    seed, length = draw(st.integers(0, 2**32)), draw(st.integers(1, 70))
    return live(Random(seed).choice, kind, length)  # noqa: S311 - a test's dice


@cache
def corpus() -> list[Life]:
    """Live three hundred lives of a fixed seed, to see that the dice reach everything."""
    dice = Random(20260302)  # noqa: S311 - a test's dice
    kinds = list(CASE_TYPES.values())
    return [live(dice.choice, kinds[n % len(kinds)], 70) for n in range(300)]
