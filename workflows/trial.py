"""A past case under another policy: the same people do the same things on the same days.

The case is played twice. Once as it was, with the outcomes and the times that were frozen into
its facts; once from a day onward as the candidate would have answered the same facts.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from events import (
    CaseEscalated,
    ClassificationConfirmed,
    DeadlineMet,
    DeadlinePaused,
    DeadlineSet,
    Envelope,
    Event,
    Role,
    SeverityAssessed,
    opened,
)
from workflows.evolve import evolve, fold
from workflows.policy import Policy
from workflows.rules.calendar import ZONE, local_day
from workflows.rules.deadlines import consequences
from workflows.rules.escalation import Call, calls, outcomes
from workflows.rules.policy_answer import Answer, Move, asked, moves
from workflows.state import CaseState, Key
from workflows.steps import Step, steps
from workflows.terms.categories import CATEGORIES
from workflows.terms.labels import DEADLINES

SAS_POSITION: Final = "sas_position"
InForce = Callable[[datetime], Policy]
Came = dict[str, str]
"""To whom a case came (a role, or SAS for a position) and in which month it first did."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What one fact would have led to instead: the day, the fact, the difference."""

    on: date
    fact: Event
    move: Move


@dataclass(frozen=True, slots=True)
class Replay:
    """A case played again: what would have moved, and to whom it came in either play."""

    number: str
    unit: str
    moved: list[Moved]
    was: Came
    would: Came


@dataclass(slots=True)
class _Play:
    """One of the two plays: where the case stands, and what the last step asked for."""

    state: CaseState = field(default_factory=CaseState)
    came: Came = field(default_factory=dict[str, str])
    told: set[Role] = field(default_factory=set[Role])
    answer: Answer = field(default_factory=Answer)

    def judge(self, after: CaseState, facts: Sequence[Event], called: list[Call]) -> None:
        """Go to `after`, where somebody is told once for each rule; note what was asked for."""
        due = [call for call in called if call.rule not in after.escalated]
        asks = after.sas_awaited and not self.state.sas_awaited
        for call in due:
            after = evolve(after, _told(call))
        judged = next((it for it in facts if isinstance(it, SeverityAssessed)), None)
        frozen = asked(judged.outcomes, judged.label) if judged else Answer()
        self.answer = replace(
            frozen,
            told=frozenset(role for call in due for role in call.to),
            at_once=frozenset(role for call in due if call.at_once for role in call.to),
            on_call=any(call.on_call for call in due),
            sas_position=asks,
        )
        self.state = after

    def note(self, month: str) -> None:
        """Remember to whom the last step brought the case for the first time."""
        for role in self.answer.told - self.told:
            self.came[role.value] = month
        if self.answer.sas_position:
            self.came.setdefault(SAS_POSITION, month)
        self.told |= self.answer.told


def replayed(
    history: Sequence[Envelope], since: datetime, candidate: Policy, in_force: InForce
) -> Replay:
    """Play a case again as if the candidate had been valid from `since`."""
    facts = [opened(envelope) for envelope in history]
    frozen = {it.rule: it for it in facts if isinstance(it, CaseEscalated)}
    was, would = _Play(), _Play()
    moved: list[Moved] = []
    for step in steps(history, facts):
        after = fold(step.facts, was.state)
        told = [
            _as_told(call, fact, frozen)
            for fact in step.facts
            for call in calls(fact, in_force(step.at))
        ]
        before = was.state
        was.judge(after, step.facts, told)
        was.state = fold(step.clocks, was.state)
        if step.at < since:
            would.state = was.state
            was.told |= was.answer.told
            would.told |= was.answer.told
            continue
        if step.facts:
            found = _differ(step, before, was, would, candidate)
            off = _turned_off(step, candidate, in_force)
            moved += [Moved(local_day(step.at), step.facts[0], it) for it in [*found, *off]]
            month = f"{step.at.astimezone(ZONE):%Y-%m}"
            was.note(month)
            would.note(month)
    return Replay(was.state.number, was.state.unit, moved, was.came, would.came)


def _differ(
    step: Step, before: CaseState, was: _Play, would: _Play, candidate: Policy
) -> list[Move]:
    """Take the other play through a step, and tell how the two differ after it."""
    facts = [
        it
        for fact in step.facts
        if (it := _judged(_paused(fact, before, would.state), candidate)) is not None
    ]
    after = fold(facts, would.state)
    clocks = consequences(after, facts, step.at, candidate)
    would.judge(after, facts, [call for it in facts for call in calls(it, candidate)])
    would.state = fold(clocks, would.state)
    return [
        *moves(*_counted(was, would)),
        *_times(step, before, was, would, clocks, candidate),
        *_kept(step.clocks, clocks),
    ]


def _paused(fact: Event, was: CaseState, would: CaseState) -> Event | None:
    """Return the same pause of the other play's clock; None where it has no such clock."""
    if not isinstance(fact, DeadlinePaused):
        return fact
    key = fact.code, fact.about
    if key not in would.clocks or key not in was.clocks:
        return None
    wait = fact.due_at - was.clocks[key].due_at
    return fact.model_copy(update={"due_at": would.clocks[key].due_at + wait})


def _judged(fact: Event | None, policy: Policy) -> Event | None:
    if not isinstance(fact, SeverityAssessed):
        return fact
    found = outcomes(policy, fact.consequence, fact.likelihood, fact.tracks)
    label = policy.matrix.label(fact.value)
    return fact.model_copy(update={"outcomes": found, "label": label})


def _counted(was: _Play, would: _Play) -> tuple[Answer, Answer]:
    """Return both answers; who was asked or told before, in the other play, is no news."""
    old, new = was.answer, would.answer
    return (
        replace(
            old,
            told=old.told | (new.told & was.told),
            at_once=old.at_once | (new.at_once & was.told),
            sas_position=old.sas_position or (new.sas_position and was.state.sas_awaited),
        ),
        replace(
            new,
            told=new.told | (old.told & would.told),
            at_once=new.at_once | (old.at_once & would.told),
            sas_position=new.sas_position or (old.sas_position and would.state.sas_awaited),
        ),
    )


def _times(
    step: Step,
    before: CaseState,
    was: _Play,
    would: _Play,
    clocks: Sequence[Event],
    candidate: Policy,
) -> Iterator[Move]:
    """Compare the clocks that a step started in the two plays."""
    old, new = _set(step.clocks), _set(clocks)
    alone = old.keys() ^ new.keys()
    # What today's program starts for what was asked then: a clock that an older program did not
    # know, or knew alone, is no doing of the policy's.
    again = (
        _set(consequences(fold(step.facts, before), step.facts, step.at, candidate))
        if alone
        else {}
    )
    for key in [*old, *(new.keys() - old.keys())]:
        name = DEADLINES.get(key[0], key[0])
        first = old.get(key) or _running(was.state, key)
        second = new.get(key) or _running(would.state, key)
        if first and second and first != second:
            said = f"{name}: {_short(first)} → {_short(second)}"
            yield Move(kind="deadline", more=second < first, now=said, then=said)
        elif second and not first and key not in again:
            said = f"{name}: en ny tid, {_short(second)}"
            yield Move(kind="deadline_added", more=True, now=said, then=said)
        elif first and not second and key in again:
            said = f"{name}: ingen tid (den var {_short(first)})"
            yield Move(kind="deadline_gone", more=False, now=said, then=said)


def _set(clocks: Sequence[Event]) -> dict[Key, datetime]:
    return {(it.code, it.about): it.due_at for it in clocks if isinstance(it, DeadlineSet)}


def _running(state: CaseState, key: Key) -> datetime | None:
    clock = state.clocks.get(key)
    return clock.due_at if clock else None


def _kept(old: Sequence[Event], new: Sequence[Event]) -> Iterator[Move]:
    """Find times that were kept and would not have been, and the other way round."""
    late = {(it.code, it.about): it.late for it in old if isinstance(it, DeadlineMet)}
    for it in new:
        if not isinstance(it, DeadlineMet) or late.get((it.code, it.about), it.late) == it.late:
            continue
        what = f"tiden för {DEADLINES.get(it.code, it.code)}"
        said = f"{what} hade inte hållits" if it.late else f"{what} hade hållits"
        kind = "kept_missed" if it.late else "missed_kept"
        yield Move(kind=kind, more=it.late, now=said, then=said)


def _turned_off(step: Step, candidate: Policy, in_force: InForce) -> Iterator[Move]:
    off = candidate.categories_off - in_force(step.at).categories_off
    for fact in step.facts:
        if isinstance(fact, ClassificationConfirmed) and fact.category in off:
            said = f"kategorin {CATEGORIES[fact.category].label} hade inte gått att välja"
            yield Move(kind="category", more=None, now=said, then=said)


def _as_told(call: Call, fact: Event, frozen: dict[str, CaseEscalated]) -> Call:
    """Return whom an alarm told then, where the log says it; an assessment says it itself."""
    told = frozen.get(call.rule)
    if told is None or isinstance(fact, SeverityAssessed):
        return call
    return replace(call, to=told.to, at_once=told.at_once, on_call=told.on_call)


def _told(call: Call) -> CaseEscalated:
    return CaseEscalated(
        rule=call.rule,
        policy_version=call.policy_version,
        why=call.why,
        to=call.to,
        at_once=call.at_once,
        on_call=call.on_call,
    )


def _short(at: datetime) -> str:
    """Say a day, and the hour where it is not the end of the day."""
    local = at.astimezone(ZONE)
    return f"{local:%Y-%m-%d}" if f"{local:%H%M}" == "2359" else f"{local:%Y-%m-%d kl. %H.%M}"
