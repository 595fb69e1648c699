"""A policy in a hurry: what takes hours in a municipality takes seconds here."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from infra import policy_files
from infra.tables import CaseHead
from services import policies
from workflows.rules.policy_check import checked


async def hurry(engine: AsyncEngine, seconds: float) -> int:
    """Let serious reports be overdue after these seconds; return how many rungs follow."""
    document: dict[str, Any] = policy_files.read_file(policy_files.DEFAULT)
    document["version"] = 2
    document["valid_from"] = date(2021, 1, 1)
    hours = seconds / 3600
    document["targets"]["read_at_once"] |= {"hours": hours, "remind_hours_before": hours / 2}
    document["ladder"] |= {"hours_between": hours / 2, "grave_hours_between": hours / 2}
    policy = checked(document)
    async with AsyncSession(engine) as session, session.begin():
        await policies.load(session, policy, document)
    return len(policy.ladder.rungs)


async def cases(engine: AsyncEngine) -> set[UUID]:
    """Return the cases that are there."""
    async with AsyncSession(engine) as session:
        return set(await session.scalars(select(CaseHead.case_id)))
