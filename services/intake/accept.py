"""Takes reports into the log: once each, whatever is sent again, many in one transaction."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID, uuid4, uuid5

import orjson
from sqlalchemy.ext.asyncio import AsyncSession

from events import AnswerWay, OwnerType, Role, Track
from infra import driver
from infra.db import transaction
from infra.people.units import UnitData
from infra.rows import Known, Rows
from infra.store import StaleCase
from infra.tables import ReportReceipt
from infra.vault import words as vault
from infra.vault.fingerprints import our_fingerprints
from infra.vault.words import Words
from services.execute import Given, execute_many
from services.intake import units
from services.intake.form import ComplaintForm, ReportForm
from services.intake.numbers import numbers
from services.intake.repeats import Repeat, tie
from services.intake.reporters import roles_of
from workflows import Refusal
from workflows.commands import ImportHistory, SubmitReport
from workflows.terms.unit_kinds import law_of

_NO_CONTENT: Final = {"written_at", "source", "id", "kind"}
_LATER: Final = ("repeats",)
"""What forms have been able to say since there were receipts: left unsaid it changes none."""

# The first one ends up as the one to be twin of.
_KNOWN: Final = """
    SELECT report_id, fingerprint, case_id, number FROM report_receipt
    WHERE report_id = ANY($1::uuid[]) ORDER BY at DESC
"""
_RECEIPTS: Final = Rows(
    ReportReceipt,
    ("report_id", "case_id", "number", "fingerprint"),
    known=Known.LEAVE,
    returning="report_id",
)


class _Place(NamedTuple):
    """Where an earlier report landed."""

    case_id: UUID
    number: str


class _Case(NamedTuple):
    """Where a new report goes; `unit` is None where it is not known here.

    `reporter_role` is told of a lex Sarah report only.
    """

    case_id: UUID
    number: str
    twin_of: UUID | None
    unit: UnitData | None
    reporter_role: Role | None


@dataclass(frozen=True, slots=True)
class Report:
    """A checked form with the circumstances of its arrival.

    `by` acts (an account's id or `system:<name>`); `reporter` is who shall be told, if anyone.
    `received_at` differs from `at` only for history from another system. `answer_way` is how
    somebody without an account hears from us, where the form does not say. `happened_at` is
    when it happened by our clock, where that of the phone went wrong.
    """

    report_id: UUID
    form: ReportForm
    at: datetime
    by: str
    trace: str
    reporter: UUID | None = None
    received_at: datetime | None = None
    answer_way: AnswerWay | None = None
    happened_at: datetime | None = None
    history: ImportHistory | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """Where a report landed. `new` is False when the same content had come before."""

    case_id: UUID
    number: str
    new: bool


async def _fingerprint(report: Report) -> bytes:
    """Return what tells this content from any other, without telling the content.

    A keyed hash, so that a guess at the story cannot be tried against it. Who sends is no part
    of it: an outbox on a shared phone may be emptied by a colleague. Nor is the way it came.
    """
    marks = await our_fingerprints()
    said = report.form.model_dump(mode="json", exclude=_NO_CONTENT)
    for name in _LATER:
        if said[name] is None:
            del said[name]
    if (kind := report.form.case_type) != "deviation":
        said["case_type"] = kind  # an id that two kinds share in a file is two reports
    return marks.digest("report", orjson.dumps(said, option=orjson.OPT_SORT_KEYS))


async def was_accepted(report: Report) -> bool:
    """Tell whether this very report is here already, whatever has changed around it since."""
    mark = await _fingerprint(report)
    async with transaction() as session:
        return (report.report_id, mark) in await _receipts(session, {report.report_id})


async def accept_many(
    session: AsyncSession, reports: Sequence[Report]
) -> list[Accepted | Refusal]:
    """Accept reports in one transaction; each gets its receipt or its refusal.

    Raises `StaleCase` if another process took one of the ids in the same moment: try again.
    """
    prints = [await _fingerprint(report) for report in reports]
    before = await _receipts(session, {report.report_id for report in reports})
    answers: dict[int, Accepted | Refusal] = {}
    fresh: dict[tuple[UUID, bytes], int] = {}
    for n, (report, mark) in enumerate(zip(reports, prints, strict=True)):
        known = before.get((report.report_id, mark))
        if known:
            answers[n] = Accepted(known.case_id, known.number, new=False)
        else:
            fresh.setdefault((report.report_id, mark), n)
    taken = {report_id: row.case_id for (report_id, _), row in before.items()}
    answers |= await _take(session, reports, fresh, taken)
    for n, (report, mark) in enumerate(zip(reports, prints, strict=True)):
        if n not in answers:  # the same report twice in one batch
            first = answers[fresh[report.report_id, mark]]
            answers[n] = (
                first
                if isinstance(first, Refusal)
                else Accepted(first.case_id, first.number, new=False)
            )
    return [answers[n] for n in range(len(reports))]


async def _take(
    session: AsyncSession,
    reports: Sequence[Report],
    fresh: dict[tuple[UUID, bytes], int],
    taken: dict[UUID, UUID],
) -> dict[int, Accepted | Refusal]:
    if not fresh:
        return {}
    kinds = Counter(reports[n].form.case_type for n in fresh.values())
    running = {
        kind: iter(await numbers(session, kind, reports[0].at, count))
        for kind, count in kinds.items()
    }
    known = await units.every(session)
    roles = await roles_of(session, _who_report_lex_sarah(reports[n] for n in fresh.values()))
    words: list[Words] = []
    batch: list[Given] = []
    places: list[tuple[int, UUID, str, bytes]] = []
    for (report_id, mark), n in fresh.items():
        report = reports[n]
        twin_of = taken.get(report_id)
        case_id = report_id if twin_of is None else uuid5(report_id, mark.hex())
        taken.setdefault(report_id, case_id)
        number = next(running[report.form.case_type])
        role = roles.get(report.reporter) if report.reporter else None
        place = _Case(case_id, number, twin_of, known.get(report.form.unit), role)
        command, kept = _command(report, place)
        words += kept
        batch.append(Given(case_id, command, report.trace))
        if report.history:
            batch.append(Given(case_id, report.history, report.trace))
        places.append((n, case_id, number, mark))
    results = await execute_many(session, batch, new=frozenset(it.case_id for it in batch))
    refused: dict[UUID, Refusal] = {}
    for given, result in zip(batch, results, strict=True):
        if isinstance(result, Refusal):
            if not isinstance(given.command, SubmitReport):
                raise result  # a history the form let through: nothing of it is kept
            refused[given.case_id] = result
    answers: dict[int, Accepted | Refusal] = {}
    for n, case_id, number, _ in places:
        answers[n] = refused.get(case_id) or Accepted(case_id, number, new=True)
    await vault.keep_many(session, [it for it in words if it.case_id not in refused])
    await _keep_receipts(
        session,
        [
            (reports[n].report_id, case_id, number, mark)
            for n, case_id, number, mark in places
            if case_id not in refused
        ],
    )
    await tie(
        session,
        [
            Repeat(case_id, it.form.unit, it.form.repeats, it.at, it.by, it.trace)
            for it, case_id in ((reports[n], case_id) for n, case_id, _, _ in places)
            if it.form.repeats and case_id not in refused
        ],
    )
    return answers


def _command(report: Report, case: _Case) -> tuple[SubmitReport, list[Words]]:
    form = report.form
    told = form if isinstance(form, ComplaintForm) else None
    words: list[Words] = []

    def keep(kind: str, said: str | None) -> UUID | None:
        if said is None:
            return None
        words.append(Words(case.case_id, uuid4(), kind, said))
        return words[-1].item_id

    story = keep("story", form.text)
    assert story is not None  # noqa: S101 - a form has a text
    command = SubmitReport(
        at=report.at,
        by=report.by,
        case_type=form.case_type,
        report_id=report.report_id,
        number=case.number,
        received_at=report.received_at or report.at,
        unit=form.unit,
        reported_by_unit=form.reported_by_unit,
        hint=form.category,
        harm=form.harm,
        source=form.source,
        occurred_at=report.happened_at or form.occurred_at,
        written_at=form.written_at,
        reporter=report.reporter,
        story=story,
        about=keep("about", form.about),
        complainant=keep("complainant", form.complainant),
        twin_of=case.twin_of,
        law=law_of(case.unit.kind) if case.unit else Track.SOL,
        owner_type=case.unit.owner_type if case.unit else OwnerType.IN_HOUSE,
        reporter_role=case.reporter_role,
        relation=told.relation if told else None,
        answer_way=told.answer_way if told else report.answer_way,
        contact=keep("contact", told.contact) if told else None,
        wish=keep("wish", told.wish) if told else None,
        language=keep("language", told.language) if told else None,
    )
    return command, words


def _who_report_lex_sarah(reports: Iterable[Report]) -> list[UUID]:
    return [it.reporter for it in reports if it.reporter and it.form.case_type == "lex_sarah"]


async def _receipts(
    session: AsyncSession, report_ids: set[UUID]
) -> dict[tuple[UUID, bytes], _Place]:
    rows = await driver.fetch(session, _KNOWN, list(report_ids))
    return {(report_id, mark): _Place(*rest) for report_id, mark, *rest in rows}


async def _keep_receipts(
    session: AsyncSession, rows: Sequence[tuple[UUID, UUID, str, bytes]]
) -> None:
    kept = await _RECEIPTS.write(
        session,
        [
            {"report_id": a, "case_id": b, "number": number, "fingerprint": mark}
            for a, b, number, mark in rows
        ],
    )
    if len(kept) != len(rows):
        raise StaleCase
