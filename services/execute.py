"""The only way a case changes: load, decide, append."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from events import Envelope, Event, opened
from infra import store
from services.policies import policy_on
from services.projections import INLINE, Change
from workflows import CaseState, Command, Refusal, decide, fold

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Given:
    """A command, the case it is given to, and the trace it belongs to (32 hex digits)."""

    case_id: UUID
    command: Command
    trace: str


@dataclass(slots=True)
class _Open:
    """A case while a batch of commands is at work on it."""

    before: CaseState
    after: CaseState
    chain: str
    new: list[Envelope]


async def execute(session: AsyncSession, given: Given) -> CaseState:
    """Give one command; return the case as it now is, or raise its `Refusal`.

    Raises `StaleCase` when somebody else wrote to the case at the same time.
    """
    [answer] = await execute_many(session, [given])
    if isinstance(answer, Refusal):
        raise answer
    return answer


async def execute_many(
    session: AsyncSession, batch: Sequence[Given], *, new: frozenset[UUID] = frozenset()
) -> list[CaseState | Refusal]:
    """Give many commands, to the same or other cases, in order and in one transaction.

    A refusal answers its own command and stops no other. `new` names cases that nobody has
    written to, which need no loading. Raises `StaleCase` for the whole batch.
    """
    cases = await _load(session, {it.case_id for it in batch}, new)
    answers: list[CaseState | Refusal] = []
    for given in batch:
        case = cases[given.case_id]
        try:
            policy = await policy_on(session, given.command.at)
            facts = decide(case.after, given.command, policy)
        except Refusal as refusal:
            answers.append(refusal)
            _log(given, refused=refusal.code)
            continue
        _take(case, given, facts)
        answers.append(case.after)
        _log(given, facts=[fact.type for fact in facts])
    changed = {key: case for key, case in cases.items() if case.new}
    linked = await store.append(session, [it for case in changed.values() for it in case.new])
    changes = [Change(key, case.before, case.after, case.new) for key, case in changed.items()]
    if linked:
        for project in INLINE:
            await project(session, changes)
    return answers


async def _load(
    session: AsyncSession, case_ids: set[UUID], new: frozenset[UUID]
) -> dict[UUID, _Open]:
    wanted = case_ids - new
    histories = await store.load(session, wanted, to_write=True) if wanted else {}
    cases = {}
    for case_id in case_ids:
        history = histories.get(case_id, [])
        state = fold(opened(envelope) for envelope in history)
        cases[case_id] = _Open(state, state, history[-1].chain if history else "", [])
    return cases


def _take(case: _Open, given: Given, facts: Sequence[Event]) -> None:
    """Give decided facts their place in the case's history."""
    for fact in facts:
        case.after = fold([fact], case.after)
        case.new.append(
            Envelope(
                event_id=uuid4(),
                case_id=given.case_id,
                case_type=case.after.case_type,
                sequence=case.after.sequence,
                type=fact.type,
                version=fact.version,
                at=given.command.at,
                by=given.command.by,
                trace=given.trace,
                body=fact.model_dump(mode="json"),
                chain="" if case.new else case.chain,
            )
        )


def _log(given: Given, **outcome: object) -> None:
    log.info(
        "case.executed",
        case_id=str(given.case_id),
        command=type(given.command).__name__,
        by=given.command.by,
        trace=given.trace,
        **outcome,
    )
