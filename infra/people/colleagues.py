"""Who can be given something to do in a unit: the names that a form lets one choose among."""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from events.vocabulary import Role
from infra.people.accounts import display_names
from infra.tables import Account, Membership


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody with an open account and a role that reaches the unit."""

    account_id: UUID
    name: str = field(repr=False)
    title: str

    @property
    def shown(self) -> str:
        """The name with its title, as a list shows it."""
        return f"{self.name}, {self.title}" if self.title else self.name


async def colleagues(
    session: AsyncSession, roles: Collection[Role], unit: str | None
) -> list[Colleague]:
    """List who holds any of the roles in a unit or everywhere, by name; None: in any unit."""
    where = [Membership.role.in_(roles), Account.active]
    if unit is not None:
        where.append(or_(Membership.unit == unit, Membership.unit.is_(None)))
    rows = (
        await session.execute(
            select(Account.account_id, Account.title)
            .join(Membership, Membership.account_id == Account.account_id)
            .where(*where)
            .distinct()
        )
    ).all()
    names = await display_names(session, [row.account_id for row in rows])
    found = [Colleague(row.account_id, names[row.account_id], row.title) for row in rows]
    return sorted(found, key=lambda it: it.name.casefold())
