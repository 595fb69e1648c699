"""Who works where and as what: plain rows, changed in place, outside the log of facts."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from infra.tables.base import Base


class Unit(Base):
    """A unit of the municipality or of a private provider; closed ones stay, inactive."""

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint("owner_type IN ('in_house', 'private')", name="ck_unit_owner_type"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    owner_type: Mapped[str]
    provider: Mapped[str | None]
    on_call_phone: Mapped[str | None]
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class Account(Base):
    """Someone who can log in. Name and address are sealed; `login` and `title` are not."""

    __tablename__ = "account"

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str | None]
    sealed_name: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_email: Mapped[bytes | None] = mapped_column(LargeBinary)
    title: Mapped[str]
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class Membership(Base):
    """A role somebody has: in one unit, or in every unit where `unit` is empty."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("account_id", "role", "unit", postgresql_nulls_not_distinct=True),
        Index("ix_membership_role", "role", "unit"),
    )

    membership_id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.account_id))
    role: Mapped[str]
    unit: Mapped[str | None] = mapped_column(ForeignKey(Unit.code))


class Substitute(Base):
    """Somebody is away, or a unit lacks somebody: who stands in, from day to day, inclusive.

    An absence has `account_id`; a vacancy has `unit` and `role`. Without `substitute_id` nobody
    stands in.
    """

    __tablename__ = "substitution"
    __table_args__ = (
        CheckConstraint(
            "(account_id IS NULL) <> (unit IS NULL) AND (unit IS NULL) = (role IS NULL)",
            name="ck_substitution_one",
        ),
        CheckConstraint("starts_on <= ends_on", name="ck_substitution_days"),
        CheckConstraint("substitute_id <> account_id", name="ck_substitution_oneself"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.account_id))
    unit: Mapped[str | None] = mapped_column(ForeignKey(Unit.code))
    role: Mapped[str | None]
    substitute_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.account_id))
    starts_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(index=True)


class ApiToken(Base):
    """A key to the door, known here only by its digest. A login makes one that expires."""

    __tablename__ = "api_token"

    token_id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.account_id), index=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    name: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class LoginFailure(Base):
    """A wrong password, kept for as long as it counts.

    By digest: people type their password where the login should be.
    """

    __tablename__ = "login_failure"
    __table_args__ = (Index("ix_login_failure_login_digest", "login_digest", "at"),)

    failure_id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    login_digest: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(server_default=text("now()"), index=True)
