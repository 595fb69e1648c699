"""Builds every read model anew from the log, in one transaction."""

from typing import Final

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from events import Envelope, opened
from infra import store
from infra.tables import CaseHead, ReadModel
from services.projections import INLINE, Change, agenda, read_models, statistics
from workflows import CaseState, fold

_CASES: Final = 500


async def rebuild_on(connection: AsyncConnection) -> int:
    """Drop the read models, make them again, replay case by case; return the facts read."""
    await connection.execute(text("LOCK TABLE event IN SHARE MODE"))
    await connection.execute(text(f"DROP SCHEMA IF EXISTS {read_models.SCHEMA} CASCADE"))
    await connection.execute(text(f"CREATE SCHEMA {read_models.SCHEMA}"))
    await connection.run_sync(ReadModel.metadata.create_all)
    count = 0
    async with AsyncSession(connection, expire_on_commit=False) as session:
        last = None
        while True:
            query = select(CaseHead.case_id).order_by(CaseHead.case_id).limit(_CASES)
            if last is not None:
                query = query.where(CaseHead.case_id > last)
            case_ids = list(await session.scalars(query))
            if not case_ids:
                break
            last = case_ids[-1]
            histories = list((await store.load(session, case_ids)).values())
            await _replay(session, histories)
            count += sum(len(history) for history in histories)
        await session.flush()
    return count


async def _replay(session: AsyncSession, histories: list[list[Envelope]]) -> None:
    changes = [
        Change(history[0].case_id, CaseState(), fold(opened(it) for it in history), history)
        for history in histories
    ]
    for project in INLINE:
        await project(session, changes)
    for history in histories:
        await agenda.apply(session, history)
    await statistics.write(session, histories)
