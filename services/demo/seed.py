"""Fills an empty installation with Norrvik, once; tells the logins every time."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from events import Role
from infra import clock
from infra.db import transaction
from infra.embedded import private_file
from infra.people import accounts as people
from infra.people import tokens
from infra.people.units import keep_unit
from infra.tables import Unit
from services.demo.cases import make_cases
from services.demo.life import Norrvik
from services.demo.municipality import PEOPLE, UNITS

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
            await make_cases(await _norrvik(session))
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


async def _norrvik(session: AsyncSession) -> Norrvik:
    accounts = {it.login: it.account_id for it in await people.accounts(session)}
    return Norrvik(session, accounts, clock.now())
