"""One invented case on its way, led by the same commands as people give."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final
from uuid import UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from events import Role
from infra.vault import words as vault
from infra.vault.words import Words
from services.command_forms import CommandForm, form_of
from services.demo.municipality import PEOPLE, DemoPerson
from services.execute import Given, execute
from services.family import follow_on
from services.give import Forbidden, state_of
from services.trace import new_trace
from workflows import commands as c
from workflows.access import COMMANDS, MEASURE_OWNER, OWNER, acting_role
from workflows.names import kebab
from workflows.rules.calendar import local_day
from workflows.state import CaseState

_BY_LOGIN: Final = {person.login: person for person in PEOPLE}


@cache
def _form(action: str) -> CommandForm:
    return form_of(COMMANDS[action])


def manager_of(unit: str) -> str:
    """Return the login of the one who manages a unit."""
    return next(it.login for it in PEOPLE if it.role is Role.UNIT_MANAGER and unit in it.units)


@dataclass(frozen=True, slots=True)
class Norrvik:
    """Where the lives are led: the open transaction, the accounts by login, and today."""

    session: AsyncSession
    accounts: dict[str, UUID]
    now: datetime


class Life:
    """A case, and the moment it has come to: time passes with each thing that is done."""

    def __init__(self, town: Norrvik, case_id: UUID, unit: str, at: datetime) -> None:
        self.town = town
        self.case_id = case_id
        self.unit = unit
        self.at = at
        self.pace = timedelta(hours=5)
        self.manager = manager_of(unit)
        self._said = 0

    async def give(self, login: str, command: type[c.Asked], **fields: Any) -> CaseState:
        """Let somebody give a command, filled in as `services.give` does: their role and title.

        Where the command takes the key of words, give the words; a new id need not be given.
        """
        person = _BY_LOGIN[login]
        self.at = self.moment
        action = kebab(command.__name__)
        form = _form(action)
        for name in form.fresh - fields.keys():
            fields[name] = self.id_of(f"{name} {self._said}")
        for name, what in form.shell.items():
            fields[name] = person.title if what == "title" else self.unit in person.units
        titles = {name for name, what in form.shell.items() if what == "title"}
        words = (form.words | titles) & fields.keys()
        fields |= await self._kept({name: fields[name] for name in words})
        by = self.town.accounts[login]
        state = await self.state()
        role = self._role(person, action, state, fields.get("measure_id"))
        asked: Any = command(at=self.at, by=str(by), role=role, **fields)
        trace = new_trace()
        after = await execute(self.town.session, Given(self.case_id, asked, trace))
        await follow_on(self.town.session, self.case_id, after, state.sequence, trace)
        return after

    async def state(self) -> CaseState:
        """Return the case as it is."""
        return await state_of(self.town.session, self.case_id)

    async def child(self) -> UUID:
        """Return the one case that this one has opened."""
        state = await self.state()
        [child] = state.links - {state.came_from}
        return child

    @property
    def moment(self) -> datetime:
        """When the next thing is done."""
        return min(self.at + self.pace, self.town.now)

    def id_of(self, name: str) -> UUID:
        """Return the id of something in the case."""
        return uuid5(self.case_id, name)

    def day(self, ahead: int = 0) -> date:
        """Return the local day so many days after the next thing that is done."""
        return local_day(self.moment + timedelta(days=ahead))

    def _role(
        self, person: DemoPerson, action: str, state: CaseState, measure: UUID | None
    ) -> Role:
        """Return the role somebody acts in; nobody in Norrvik does what they may not."""
        account = self.town.accounts[person.login]
        held = [person.role] if not person.units or state.unit in person.units else []
        promise = state.measures.get(measure) if measure else None
        ties = [OWNER] if state.owner == account else []
        ties += [MEASURE_OWNER] if promise and promise.owner == account else []
        role = acting_role(action, state, held, ties)
        if role is None:
            raise Forbidden
        return role

    async def _kept(self, told: dict[str, str]) -> dict[str, UUID]:
        """Keep the words of one command, and return the key of each."""
        kept = {name: self.id_of(f"words {self._said} {name}") for name in told}
        self._said += 1
        await vault.keep_many(
            self.town.session,
            [Words(self.case_id, key, "demo", told[name]) for name, key in kept.items()],
        )
        return kept
