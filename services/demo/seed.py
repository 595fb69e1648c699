"""Fills an empty installation with Norrvik, once; tells the logins every time."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

import orjson
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from events import Role, Source
from infra import clock
from infra.db import transaction
from infra.embedded import private_file
from infra.people import accounts as people
from infra.people import tokens
from infra.people.units import keep_unit
from infra.tables import Unit
from services.demo.lives import Life
from services.demo.municipality import PEOPLE, UNITS
from services.demo.stories import STORIES, Story
from services.intake.accept import Accepted, Report, accept_many
from services.intake.form import ReportForm
from services.trace import new_trace

_NAMESPACE: Final = UUID("5f0c6f5e-4b8e-4a0e-9d6a-1b5f7d2c8e11")
_FILE: Final = "demo-logins.json"


@dataclass(frozen=True, slots=True)
class DemoUser:
    """How to come in as somebody in Norrvik."""

    login: str
    password: str
    token: str
    role: Role
    unit: str | None

    def told(self) -> dict[str, Any]:
        """Return what `avvik demo --json` prints of a user."""
        return {
            "login": self.login,
            "password": self.password,
            "token": self.token,
            "role": str(self.role),
            "unit": self.unit,
        }


class NotEmpty(Exception):  # noqa: N818 - an answer to the operator
    """The installation has units that are not the demo's: it may hold real cases."""


async def ensure_demo(data_dir: Path) -> list[DemoUser]:
    """Make Norrvik where nothing is yet, and return its logins. Raises `NotEmpty`.

    Passwords are made up at the first time and kept beside the data, readable by its owner.
    """
    file = data_dir / _FILE
    async with transaction() as session:
        filled = await session.scalar(select(func.count()).select_from(Unit))
    if filled and not file.exists():
        raise NotEmpty
    if not filled:
        passwords = {person.login: secrets.token_urlsafe(12) for person in PEOPLE}
        async with transaction() as session:
            told = await _people(session, passwords)
            await _cases(session)
            private_file.write(file, orjson.dumps(told).decode())
    return [DemoUser(**it) for it in orjson.loads(file.read_bytes())]


async def _people(session: AsyncSession, passwords: dict[str, str]) -> list[dict[str, Any]]:
    for unit in UNITS:
        await keep_unit(session, unit)
    told = []
    for person in PEOPLE:
        account_id = await people.create_account(
            session,
            person.login,
            person.name,
            title=person.title,
            email=f"{person.login}@norrvik.example",
            password=passwords[person.login],
        )
        places: tuple[str | None, ...] = person.units or (None,)
        for place in places:
            await people.grant(session, account_id, person.role, place)
        user = DemoUser(
            person.login,
            passwords[person.login],
            await tokens.issue(session, account_id, "demo"),
            person.role,
            person.units[0] if person.units else None,
        )
        told.append(user.told())
    return told


async def _cases(session: AsyncSession) -> None:
    accounts = {it.login: it.account_id for it in await people.accounts(session)}
    now = clock.now()
    first: UUID | None = None
    for n, story in enumerate(STORIES):
        at = _when(story, now)
        report = _report(n, story, at, accounts[story.by])
        [accepted] = await accept_many(session, [report])
        if not isinstance(accepted, Accepted):
            raise accepted
        first = first or accepted.case_id
        life = Life(session, accepted.case_id, story, at, now)
        await life.lead(
            _manager(story.unit, accounts), accounts["verksamhetschef"], accounts["sas"], first
        )


def _when(story: Story, now: datetime) -> datetime:
    return now - timedelta(days=story.days_ago, minutes=20)


def _report(n: int, story: Story, at: datetime, reporter: UUID) -> Report:
    form = ReportForm(
        unit=story.unit,
        text=story.text,
        harm=story.harm,
        occurred_at=at - timedelta(hours=1),
        source=Source.PHONE,
        reported_by_unit=story.reported_by_unit,
        anonymous=story.anonymous,
    )
    return Report(
        report_id=uuid5(_NAMESPACE, str(n)),
        form=form,
        at=at,
        by="system:anonymous" if story.anonymous else str(reporter),
        trace=new_trace(),
        reporter=None if story.anonymous else reporter,
    )


def _manager(unit: str, accounts: dict[str, UUID]) -> UUID:
    manager = next(it for it in PEOPLE if it.role is Role.UNIT_MANAGER and unit in it.units)
    return accounts[manager.login]
