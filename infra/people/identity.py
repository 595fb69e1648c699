"""Who is asking, and as what, in which units."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from events.vocabulary import Role
from infra import clock
from infra.people.recent import Recent
from infra.people.substitutes import standing_on
from infra.people.tokens import PREFIX, digest_of
from infra.tables import Account, ApiToken, Membership

REMEMBERED_SECONDS: Final = 5.0
"""A revoked token, a closed account or a withdrawn role works at most this much longer."""
REMEMBERED: Final = 10_000


class Held(NamedTuple):
    """A role in a unit, or everywhere; `lender` is who is away and lends it."""

    role: str
    unit: str | None
    lender: UUID | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who has shown who they are. Units are None where a role means every unit.

    `roles` are those of the people they stand in for, too; `stands_in_for` are these people,
    and `held` tells each role with its unit, and whose it is where it is lent.
    """

    account_id: UUID
    login: str
    roles: Mapping[Role, frozenset[str] | None] = field(hash=False)
    stands_in_for: frozenset[UUID] = frozenset()
    held: tuple[Held, ...] = ()

    def works_for(self, account_id: UUID | None) -> bool:
        """Tell whether an account is the actor's own, or of somebody they stand in for."""
        return account_id == self.account_id or account_id in self.stands_in_for

    def roles_in(self, unit: str, *, not_of: Collection[str]) -> list[Role]:
        """List the roles that reach a unit; not those lent by `not_of`, who are partial."""
        return [
            Role(it.role)
            for it in self.held
            if it.unit in (None, unit) and (it.lender is None or str(it.lender) not in not_of)
        ]

    def has(self, role: Role) -> bool:
        """Tell whether the actor has the role anywhere."""
        return role in self.roles

    def has_in(self, role: Role, unit: str) -> bool:
        """Tell whether the actor has the role in this unit."""
        units = self.units(role)
        return units is None or unit in units

    def units(self, role: Role) -> frozenset[str] | None:
        """Return the units where the actor has the role; None is every unit, empty is none."""
        return self.roles.get(role, frozenset())


_known: Final[Recent[bytes, Actor]] = Recent(REMEMBERED, REMEMBERED_SECONDS)


async def actor_of_token(session: AsyncSession, token: str) -> Actor | None:
    """Return who holds this token; None when it is unknown, expired, revoked or closed.

    Answers are remembered for `REMEMBERED_SECONDS` in this process, and then no statement is
    made. Refusals are not: a guesser must not push out those who belong here.
    """
    if not token.startswith(PREFIX):
        return None
    actor = remembered(token)
    if actor is None:
        digest = digest_of(token)
        actor = await _looked_up(session, digest)
        if actor is not None:
            _known.put(digest, actor)
    return actor


def remembered(token: str) -> Actor | None:
    """Return who held this token some seconds ago, for which no transaction is needed."""
    return _known.get(digest_of(token))


def forget_actors() -> None:
    """Forget every remembered answer in this process; call after a logout has committed."""
    _known.clear()


def roles_of(rows: Iterable[tuple[str, str | None]]) -> Mapping[Role, frozenset[str] | None]:
    """Gather `(role, unit)` rows; one row without a unit makes the role reach everywhere."""
    gathered: dict[Role, frozenset[str] | None] = {}
    for name, unit in rows:
        role = Role(name)
        before = gathered.get(role, frozenset())
        gathered[role] = None if unit is None or before is None else before | {unit}
    return MappingProxyType(gathered)


async def _looked_up(session: AsyncSession, digest: bytes) -> Actor | None:
    rows = (
        await session.execute(
            select(Account.account_id, Account.login, Membership.role, Membership.unit)
            .join(ApiToken, ApiToken.account_id == Account.account_id)
            .outerjoin(Membership, Membership.account_id == Account.account_id)
            .where(
                ApiToken.digest == digest,
                ApiToken.revoked_at.is_(None),
                or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > func.now()),
                Account.active,
            )
        )
    ).all()
    if not rows:
        return None
    account_id = rows[0].account_id
    held = [Held(row.role, row.unit) for row in rows if row.role is not None]
    standing = await standing_on(session, clock.today())
    others = standing.stood_in_for(account_id)
    held += [Held(*vacancy) for vacancy in standing.vacancies_of(account_id)]
    held += await _roles_to_borrow(session, others)
    roles = roles_of((it.role, it.unit) for it in held)
    return Actor(account_id, rows[0].login, roles, others, tuple(held))


async def _roles_to_borrow(session: AsyncSession, others: Collection[UUID]) -> list[Held]:
    """Return the roles of people who are away; to administer is lent to nobody."""
    if not others:
        return []
    rows = await session.execute(
        select(Membership.role, Membership.unit, Membership.account_id).where(
            Membership.account_id.in_(others), Membership.role != Role.ADMIN
        )
    )
    return [Held(*row) for row in rows]
