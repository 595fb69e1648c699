"""Draws a case type as a Mermaid state diagram, by living small lives and watching the phases.

`python -m workflows.diagram deviation` prints it; nothing in the picture is written by hand.
"""

import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from events import Harm, Phase, Role, Route
from workflows import commands as c
from workflows.case_types import CASE_TYPES, CaseType
from workflows.decide import decide
from workflows.evolve import evolve, fold
from workflows.policy import AlarmRule, Band, Ladder, Matrix, Policy, Target
from workflows.refusals import Refusal
from workflows.rules.deadlines import TARGET_CODES
from workflows.state import CaseState

Step = tuple[Phase, str, Phase]
"""From where, by which event, to where."""

_AT: Final = datetime(2026, 3, 2, 8, tzinfo=UTC)
_DAY: Final = date(2026, 3, 16)
_BY: Final = str(UUID(int=1))
_ID, _OTHER, _WORDS = UUID(int=2), UUID(int=3), UUID(int=4)
_FOUR: Final = ("1", "2", "3", "4")
_ALARM: Final = AlarmRule(why=".", tell=(Role.UNIT_MANAGER,))
_POLICY: Final = Policy(
    version=1,
    municipality=".",
    valid_from=_AT.date(),
    matrix=Matrix(consequence=_FOUR, likelihood=_FOUR, bands=(Band(from_value=1, label="."),)),
    escalation=(),
    ticked_serious=_ALARM,
    danger_words=_ALARM,
    targets={code: Target(hours=1, what="vänta", source=".") for code in TARGET_CODES},
    ladder=Ladder(hours_between=1),
    notices={},
)
"""The least a policy can ask for: what it asks moves no arrow."""


def _measure(measure_id: UUID) -> c.AddMeasure:
    return c.AddMeasure(
        at=_AT,
        by=_BY,
        measure_id=measure_id,
        causes=(_ID,),
        kind="rutin",
        words=_WORDS,
        expected_effect=_WORDS,
        owner=_ID,
        due_on=_DAY,
        follow_up_on=_DAY,
    )


def _complete(measure_id: UUID) -> c.CompleteMeasure:
    return c.CompleteMeasure(at=_AT, by=_BY, measure_id=measure_id)


def _judge(measure_id: UUID) -> c.FollowUpMeasure:
    return c.FollowUpMeasure(at=_AT, by=_BY, measure_id=measure_id, effect=True, words=_WORDS)


def _submit(kind: CaseType) -> c.SubmitReport:
    return c.SubmitReport(
        at=_AT,
        by=_BY,
        case_type=kind.name,
        report_id=_ID,
        number="A-2026-00001",
        received_at=_AT,
        unit="1",
        harm=Harm.NONE,
        story=_WORDS,
    )


_CLASSIFY: Final = c.ConfirmClassification(at=_AT, by=_BY, category="omsorg")
_ASSESS: Final = c.AssessSeverity(at=_AT, by=_BY, consequence=1, likelihood=1, reason=_WORDS)
_WAIVE: Final = c.WaiveAnswer(
    at=_AT, by=_BY, whose="reporter", ground="anonymous", reason=_WORDS
)
_START: Final = c.StartInvestigation(at=_AT, by=_BY)
_CAUSE: Final = c.AddCause(
    at=_AT, by=_BY, cause_id=_ID, area="procedurer_rutiner", words=_WORDS
)
_CONCLUDE: Final = c.ConcludeInvestigation(at=_AT, by=_BY, summary=_WORDS)
_CLOSE: Final = c.Close(at=_AT, by=_BY)
_REOPEN: Final = c.Reopen(at=_AT, by=_BY, reason=_WORDS)
_REROUTE: Final = c.Reroute(
    at=_AT, by=_BY, route=Route.NOT_A_DEVIATION, receiver=_WORDS, reason=_WORDS
)
_MERGE: Final = c.Merge(at=_AT, by=_BY, into=_OTHER, reason=_WORDS)
_HISTORY: Final = c.ImportHistory(at=_AT, by=_BY, closed_at=_AT)

_ASIDE: Final[tuple[c.Command, ...]] = (_CONCLUDE, _CLOSE, _REOPEN, _REROUTE, _MERGE, _HISTORY)
"""Tried at every step of a life, to see where else it could have gone."""

_LIVES: Final[dict[str, tuple[tuple[c.Command, ...], ...]]] = {
    "deviation": (
        (_CLASSIFY, _ASSESS, _WAIVE, _START, _CONCLUDE, _CLOSE),
        (
            *(_CLASSIFY, _ASSESS, _WAIVE, _START, _CAUSE, _measure(_ID), _CONCLUDE),
            *(_complete(_ID), _measure(_OTHER), _complete(_OTHER), _judge(_ID), _judge(_OTHER)),
            *(_CLOSE, _REOPEN, _WAIVE, _CONCLUDE),
        ),
        (_REROUTE, _REOPEN),
        (_MERGE, _REOPEN),
    ),
}
"""After the report: what somebody does, in an order that meets every phase."""


def steps(kind: CaseType) -> list[Step]:
    """List the steps a case of this kind can take, in the order of the phases."""
    seen: dict[Step, None] = {}
    for life in _LIVES[kind.name]:
        state = CaseState()
        for command in (_submit(kind), *life):
            for aside in (*_ASIDE, command):
                seen.update(dict.fromkeys(_taken(state, aside)))
            state = fold(decide(state, command, _POLICY), state)
    order = list(Phase)
    return sorted(seen, key=lambda it: (order.index(it[0]), order.index(it[2]), it[1]))


def _taken(state: CaseState, command: c.Command) -> Iterator[Step]:
    try:
        facts = decide(state, command, _POLICY)
    except Refusal:
        return
    for fact in facts:
        before, state = state.phase, evolve(state, fact)
        if state.phase is not before:
            yield before, fact.type.removeprefix("case."), state.phase


def mermaid(kind: CaseType) -> str:
    """Return the picture as it stands between the fences of a Mermaid block."""
    return "\n".join(["stateDiagram-v2", *(f"    {line}" for line in _arrows(steps(kind)))])


def _arrows(taken: Iterable[Step]) -> Iterator[str]:
    by_ends: dict[tuple[Phase, Phase], list[str]] = {}
    for start, event, end in taken:
        by_ends.setdefault((start, end), []).append(event)
    for (start, end), names in by_ends.items():
        source = "[*]" if start is Phase.NONE else start
        yield f"{source} --> {end}: {', '.join(names)}"


if __name__ == "__main__":
    sys.stdout.write(mermaid(CASE_TYPES[sys.argv[1]]) + "\n")
