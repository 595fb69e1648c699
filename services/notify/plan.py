"""Who is told of which fact: writes the notices; `deliver` sends them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

import events as e
from events import Envelope, Role, opened
from infra import clock, driver
from infra.people.accounts import is_open, recipients
from infra.people.recent import Recent
from infra.people.units import units
from infra.rows import Known, Rows
from infra.settings import settings
from infra.stream.handler import Handler
from infra.tables import Notice
from services.execute import Given, execute_many
from services.policies import policy_on
from workflows.commands import ReportUndeliverable

BY: Final = "system:notify"
_FRESH: Final = timedelta(seconds=5)


_ROWS: Final = Rows(
    Notice,
    ("event_id", "case_id", "code", "role", "account_id", "words", "trace", "state"),
    known=Known.LEAVE,
)
_CASES: Final = """
    SELECT case_id, unit, number, owner, reporter FROM read.case_index
    WHERE case_id = ANY($1::uuid[])
"""


@dataclass(frozen=True, slots=True)
class _Telling:
    """A text to a role where the case is, to its owner or reporter, or to one account."""

    code: str
    role: Role | None = None
    account: UUID | None = None
    reporter: bool = False


async def notify(session: AsyncSession, envelopes: Sequence[Envelope]) -> None:
    """Write a notice for each who is to be told; nobody to tell is a fact of its own."""
    tellings = [
        (envelope, telling) for envelope in envelopes for telling in _tellings(envelope)
    ]
    cases = await _cases(session, {envelope.case_id for envelope, _ in tellings})
    names = await _unit_names(session)
    rows: list[dict[str, object]] = []
    unreached: list[Given] = []
    waiting = "waiting" if settings().smtp_url else "shown"
    for envelope, telling in tellings:
        case = cases[envelope.case_id]
        if telling.reporter and case.reporter is None:
            continue  # read under the receipt code
        told = await _told(session, telling, case)
        if not told:
            unreached.append(_unreached(envelope, telling))
        texts = (await policy_on(session, envelope.at)).notices
        words = texts[telling.code].format(enhet=names.get(case.unit, ""), nummer=case.number)
        rows += [
            {
                "event_id": envelope.event_id,
                "case_id": envelope.case_id,
                "code": telling.code,
                "role": telling.role,
                "account_id": account_id,
                "words": words,
                "trace": envelope.trace,
                "state": waiting,
            }
            for account_id in told
        ]
    await _ROWS.write(session, rows)
    if unreached:
        await execute_many(session, unreached)


def _tellings(envelope: Envelope) -> Iterator[_Telling]:
    match opened(envelope):
        case e.ReportReceived(urgent=True) | e.ReportReceived(source=e.Source.IMPORT):
            pass  # told by the escalation that follows from the box; history is no news
        case e.ReportReceived():
            yield _Telling("received", Role.UNIT_MANAGER)
        case e.ReportCorrected(unit=str()):
            yield _Telling("received", Role.UNIT_MANAGER)  # news to the unit it came to
        case e.CaseEscalated() as fact:
            code = "received_serious" if fact.at_once else "escalated"
            for role in fact.to:
                yield _Telling(code, role)
        case e.DeadlineReminded():
            yield _Telling("reminder")
        case e.LadderClimbed() as fact:
            yield _Telling("overdue", fact.to)
        case e.CaseAssigned() as fact if envelope.by != str(fact.owner):
            yield _Telling("assigned", account=fact.owner)
        case e.CaseHandedOver() as fact:
            yield _Telling("assigned", account=fact.owner)
        case e.ReporterAnswered():
            yield _Telling("answered", reporter=True)
        case _:
            pass


@dataclass(frozen=True, slots=True)
class _Case:
    unit: str
    number: str
    owner: UUID | None
    reporter: UUID | None


async def _cases(session: AsyncSession, case_ids: set[UUID]) -> dict[UUID, _Case]:
    rows = await driver.fetch(session, _CASES, list(case_ids))
    return {case_id: _Case(*rest) for case_id, *rest in rows}


async def _told(session: AsyncSession, telling: _Telling, case: _Case) -> list[UUID]:
    """Return whom a telling is for: a person, or the managers where that one has left."""
    person = case.reporter if telling.reporter else telling.account
    if person is None and telling.role is None:
        person = case.owner
    if person and await is_open(session, person):
        return [person]
    if telling.reporter:
        return []
    return await _accounts(session, telling.role or Role.UNIT_MANAGER, case.unit)


_known: dict[tuple[Role, str], tuple[datetime, list[UUID]]] = {}


async def _accounts(session: AsyncSession, role: Role, unit: str) -> list[UUID]:
    """Return who has the role for the unit; remembered for a few seconds."""
    now = clock.now()
    found = _known.get((role, unit))
    if found is None or now - found[0] > _FRESH:
        people = await recipients(session, role, unit)
        found = _known[role, unit] = (now, [person.account_id for person in people])
    return found[1]


_names: Recent[None, dict[str, str]] = Recent(1, _FRESH.total_seconds())


async def _unit_names(session: AsyncSession) -> dict[str, str]:
    """Return the units' names, closed ones too; remembered for a few seconds."""
    found = _names.get(None)
    if found is None:
        found = {unit.code: unit.name for unit in await units(session, closed=True)}
        _names.put(None, found)
    return found


def forget() -> None:
    """Look up recipients and units anew at the next use."""
    _known.clear()
    _names.clear()


def _unreached(envelope: Envelope, telling: _Telling) -> Given:
    return Given(
        envelope.case_id,
        ReportUndeliverable(
            at=clock.now(),
            by=BY,
            notice=telling.code,
            to=Role.STAFF if telling.reporter else telling.role or Role.UNIT_MANAGER,
        ),
        envelope.trace,
    )


HANDLER: Final = Handler(
    "notify",
    (
        "case.report_received",
        "case.report_corrected",
        "case.escalated",
        "case.deadline_reminded",
        "case.ladder_climbed",
        "case.assigned",
        "case.handed_over",
        "case.reporter_answered",
    ),
    100,
    notify,
)
