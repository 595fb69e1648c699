"""Does what a fact in one case asks of another, in the transaction that made it a fact."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from events import Envelope, LinkKind, ReportReceived, Source, opened
from infra import store
from infra.vault import words as vault
from infra.vault.words import Words
from services.execute import Given, execute
from services.intake.numbers import numbers
from services.intake.reporters import roles_of
from workflows import CaseState, fold
from workflows.commands import (
    Link,
    OpenIvoNotification,
    RecordIvoProgress,
    Recuse,
    SubmitReport,
)
from workflows.family import (
    OpensLexSarah,
    OpensNotification,
    ShutsOut,
    TellsParent,
    follow_ons,
)

BY: Final = "system:family"
_PARTIAL: Final = "Jävig i ärendet som det här kom från."


@dataclass(frozen=True, slots=True)
class _Parent:
    """The case that asks, as it now is, and the circumstances of the act."""

    case_id: UUID
    state: CaseState
    at: datetime
    by: str
    trace: str


async def follow_on(
    session: AsyncSession, case_id: UUID, after: CaseState, before: int, trace: str
) -> None:
    """Do what the facts of a case after number `before` ask of other cases.

    Which case opens is given by its parent's id, so that asking again opens nothing more.
    """
    history = (await store.load(session, [case_id]))[case_id][before:]
    for envelope in history:
        parent = _Parent(case_id, after, envelope.at, envelope.by, trace)
        for asked in follow_ons(after, [opened(envelope)], envelope.by, envelope.at):
            match asked:
                case OpensLexSarah():
                    await _open_lex_sarah(session, parent, asked)
                case OpensNotification():
                    await _open_notification(session, parent, asked)
                case TellsParent():
                    await _tell(session, parent, asked)
                case ShutsOut():
                    await _shut_out_of_all(session, parent, asked.person)


async def _open_lex_sarah(session: AsyncSession, parent: _Parent, asked: OpensLexSarah) -> None:
    child = uuid5(parent.case_id, f"lex_sarah {asked.key}")
    if await store.load(session, [child]):
        return
    [number] = await numbers(session, "lex_sarah", parent.at)
    kept = await _story(session, parent.case_id, child, asked.reason)
    roles = await roles_of(session, [asked.reporter])
    state = parent.state
    await execute(
        session,
        Given(
            child,
            SubmitReport(
                at=parent.at,
                by=parent.by,
                case_type="lex_sarah",
                report_id=child,
                number=number,
                received_at=parent.at,
                unit=state.unit,
                reported_by_unit=state.reported_by_unit,
                hint=state.hint,
                harm=state.harm,
                source=Source.CASE,
                occurred_at=state.occurred_at,
                reporter=asked.reporter,
                reporter_role=roles.get(asked.reporter),
                story=kept[0].item_id,
                law=state.law,
                owner_type=state.owner_type,
                came_from=parent.case_id,
                recused=_recused(state),
            ),
            parent.trace,
        ),
    )
    await vault.keep_many(session, kept)
    await _link(session, parent, child)


def _recused(state: CaseState) -> tuple[UUID, ...]:
    """List who is too near the event: no less near in the case that follows from it."""
    return tuple(sorted(map(UUID, state.recused)))


async def _story(session: AsyncSession, parent: UUID, child: UUID, reason: UUID) -> list[Words]:
    """Write the new case's story: why it is reported, then what was told in the first place."""
    history: Sequence[Envelope] = (await store.load(session, [parent]))[parent]
    first = opened(history[0])
    told = first.story if isinstance(first, ReportReceived) else reason
    words = await vault.read(session, parent, [reason, told])
    said = [text for it in dict.fromkeys((reason, told)) if (text := words.get(it))]
    return [Words(child, uuid5(child, "story"), "story", "\n\n".join(said))]


async def _open_notification(
    session: AsyncSession, parent: _Parent, asked: OpensNotification
) -> None:
    child = uuid5(parent.case_id, f"ivo_notification {asked.count}")
    if await store.load(session, [child]):
        return
    [number] = await numbers(session, "ivo_notification", parent.at)
    await execute(
        session,
        Given(
            child,
            OpenIvoNotification(
                at=parent.at,
                by=parent.by,
                case_type="ivo_notification",
                number=number,
                came_from=parent.case_id,
                required_at=parent.at,
                unit=parent.state.unit,
                law=parent.state.law,
                owner_type=parent.state.owner_type,
                recused=_recused(parent.state),
            ),
            parent.trace,
        ),
    )
    await _link(session, parent, child)


async def _link(session: AsyncSession, parent: _Parent, child: UUID) -> None:
    """Let the case show the one that follows from it."""
    link = Link(at=parent.at, by=BY, other=child, kind=LinkKind.CONSEQUENCE_OF)
    await execute(session, Given(parent.case_id, link, parent.trace))


async def _shut_out_of_all(session: AsyncSession, parent: _Parent, person: UUID) -> None:
    linked = await store.load(session, parent.state.links)
    for other in sorted(linked):
        if fold(opened(it) for it in linked[other]).came_from == parent.case_id:
            await _shut_out(session, parent, other, person)


async def _shut_out(session: AsyncSession, parent: _Parent, child: UUID, person: UUID) -> None:
    reason = uuid5(child, f"recused {person}")
    recuse = Recuse(at=parent.at, by=BY, person=person, reason=reason)
    before = len((await store.load(session, [child], to_write=True))[child])
    after = await execute(session, Given(child, recuse, parent.trace))
    if after.sequence > before and not after.erased:
        await vault.keep_many(session, [Words(child, reason, "recuse.reason", _PARTIAL)])
    await follow_on(session, child, after, before, parent.trace)


async def _tell(session: AsyncSession, parent: _Parent, asked: TellsParent) -> None:
    above = parent.state.came_from
    if above is None:
        return
    told = RecordIvoProgress(
        at=parent.at, by=BY, step=asked.step, happened_at=asked.happened_at
    )
    await execute(session, Given(above, told, parent.trace))
