"""What has really happened in municipalities, led through the product from report to figure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from events import AnswerWay, ComplaintKind, LexSarahOutcome, OwnerType, Relation, Role, Source
from infra.clock import now
from infra.db import transaction
from infra.people.units import UnitData, keep_unit
from services.counts import yearly
from services.intake import units
from services.intake.accept import Accepted, Report, accept_many
from services.intake.form import ComplaintForm, ReportForm
from services.trace import new_trace
from tests.lex_sarah_support import bench_of
from tests.people import Person, Town, days, followed, problem, rows, settled
from workflows.rules.calendar import ZONE, add_working_days, end_of, local_day

SERIOUS, MISCONDUCT = LexSarahOutcome.SERIOUS_MISCONDUCT, LexSarahOutcome.MISCONDUCT


async def figures() -> dict[str, Any]:
    """Count this year once every fact has been followed."""
    await settled()
    async with transaction() as session:
        return await yearly(session, local_day(now()).year, now())


async def employ_units(*described: UnitData) -> None:
    """Open more units, known at once."""
    async with transaction() as session:
        for unit in described:
            await keep_unit(session, unit)
    units.forget()


def last_friday_evening() -> datetime:
    """Half past six in the evening of the Friday before this week."""
    monday = local_day(now()) - timedelta(days=local_day(now()).weekday())
    return datetime.combine(monday - timedelta(days=3), time(18, 30), ZONE)


MISSED = (
    "Kvällsbesöket i fredags blev inte av. Kollegan svarade inte när vi ringde. I dag fick vi "
    "veta att kollegan låg på sjukhus hela helgen."
)


async def test_a_visit_missed_on_friday_is_told_on_monday_and_changes_the_routine(
    town: Town, stream
):
    happened, written = last_friday_evening(), now() - timedelta(minutes=7)
    async with followed(stream):
        case_id = await town.cim.case(
            text=MISSED,
            harm="near_miss",
            source="phone",
            occurred_at=happened.isoformat(),
            written_at=written.isoformat(),
        )
        [told] = await rows(
            "SELECT body FROM event WHERE case_id = :c AND sequence = 1", c=case_id
        )
        times = {
            name: datetime.fromisoformat(told.body[name])
            for name in ("occurred_at", "written_at", "received_at")
        }
        assert times["occurred_at"] == happened
        assert times["written_at"] == written
        assert len(set(times.values())) == 3

        alice = town.alice
        seen = (await alice.get(f"cases/{case_id}")).json()
        [triage] = [it for it in seen["deadlines"] if it["code"] == "triage"]
        by = end_of(add_working_days(local_day(times["received_at"]), 2))
        assert datetime.fromisoformat(triage["due_at"]) == by

        await alice.done(
            case_id, "confirm-classification", category="utebliven_insats", subtype="ej_utford"
        )
        await alice.done(
            case_id,
            "assess-severity",
            consequence=2,
            likelihood=3,
            reason="Ingen larmade när kollegan inte svarade.",
        )
        await alice.done(case_id, "start-investigation")
        cause, measure = uuid4(), uuid4()
        await alice.done(
            case_id,
            "add-cause",
            cause_id=cause,
            area="procedurer_rutiner",
            words="Rutinen säger inte vem som tar över när någon inte svarar.",
        )
        await alice.done(
            case_id,
            "add-measure",
            measure_id=measure,
            causes=[cause],
            kind="rutin",
            words="Revidera rutinen kring sjukfall och frånvaro.",
            expected_effect="Besöket blir av även när någon är borta.",
            owner=alice.account_id,
            due_on=days(5),
            follow_up_on=days(20),
        )
        await alice.done(case_id, "conclude-investigation", summary="Ingen hade uppdraget.")
        await alice.done(case_id, "complete-measure", measure_id=measure)
        refused = problem(await alice.give(case_id, "close"), 409, "incomplete")
        assert {it["code"] for it in refused["missing"]} == {
            "measures_followed_up",
            "reporter_answer",
        }
        await alice.done(
            case_id,
            "follow-up-measure",
            measure_id=measure,
            effect=True,
            words="Två sjukfall sedan dess, alla besök blev av.",
        )
        await alice.done(
            case_id, "answer-reporter", words="Ringde och berättade om den nya rutinen."
        )
        assert (await alice.done(case_id, "close"))["phase"] == "closed"
        answer = (await town.cim.get(f"reports/{case_id}")).json()
        assert answer["answer"] == "Ringde och berättade om den nya rutinen."
        counted = await figures()
    assert (counted["deviations"], counted["closed"]) == (1, 1)


async def test_the_days_to_judge_are_counted_from_the_monday_it_was_told(town: Town):
    friday = datetime(2026, 3, 6, 18, 30, tzinfo=ZONE)
    monday = datetime(2026, 3, 9, 8, 15, tzinfo=ZONE)
    form = ReportForm(unit="solrosen", text=MISSED, occurred_at=friday, written_at=monday)
    async with transaction() as session:
        [accepted] = await accept_many(
            session,
            [
                Report(
                    report_id=uuid4(),
                    form=form,
                    at=monday + timedelta(minutes=20),
                    by=str(town.cim.account_id),
                    trace=new_trace(),
                    reporter=town.cim.account_id,
                )
            ],
        )
    assert isinstance(accepted, Accepted)

    [clock] = await rows(
        "SELECT due_at FROM read.deadline_due WHERE case_id = :c AND code = 'triage'",
        c=accepted.case_id,
    )
    assert clock.due_at == datetime(2026, 3, 11, 23, 59, tzinfo=ZONE)


async def test_the_alarm_service_reports_another_unit_and_hears_what_came_of_it(
    town: Town, stream
):
    await employ_units(
        UnitData("trygghetslarmet", "Trygghetslarmet", "alarm_service", OwnerType.IN_HOUSE)
    )
    operator = await town.somebody(Role.ALARM_OPERATOR, "trygghetslarmet")
    own_manager = await town.somebody(Role.UNIT_MANAGER, "trygghetslarmet")
    async with followed(stream):
        case_id = await operator.case(
            unit="bjorken",
            reported_by_unit="trygghetslarmet",
            text="Vi åkte ut fast personalen redan var där. Ingen hade ringt återbud.",
            harm="none",
        )
        await settled()

        async def sees(person: Person) -> bool:
            items = (await person.get("queue")).json()["items"]
            return str(case_id) in {it["case_id"] for it in items}

        assert await sees(town.bo)
        assert not await sees(town.alice)
        assert not await sees(own_manager)
        problem(await own_manager.get(f"cases/{case_id}"), 403)
        notices = (await town.bo.get("notices")).json()
        assert "received" in {it["code"] for it in notices if it["case_id"] == str(case_id)}

        await town.bo.done(
            case_id, "answer-reporter", words="Tack. Vi ringer nu larmet när vi är på plats."
        )
        answer = (await operator.get(f"reports/{case_id}")).json()
        assert answer["answer"] == "Tack. Vi ringer nu larmet när vi är på plats."
        await settled()
        [counted] = await rows("SELECT unit, reported_by_unit FROM read.case_count")
    assert tuple(counted) == ("bjorken", "trygghetslarmet")


@dataclass(frozen=True)
class Voice:
    """What somebody told us, what staff called it, and who it was."""

    text: str
    kind: ComplaintKind = ComplaintKind.COMPLAINT
    relation: Relation | None = Relation.RELATIVE
    """None where nobody knows who it was."""


_VIEW, _PRAISE = ComplaintKind.FEEDBACK, ComplaintKind.PRAISE
_SELF = Relation.INDIVIDUAL
VOICES = (
    Voice("Habiliteringsersättningen kom tre veckor för sent.", relation=_SELF),
    Voice("Ersättningen är fortfarande inte utbetald."),
    Voice("Ännu en månad utan ersättning i tid.", relation=_SELF),
    Voice("Mamma satt ensam på sitt rum i två veckor under karantänen."),
    Voice("Ingen pratade med mig när jag var isolerad.", relation=_SELF),
    Voice("Maten är dyr för det man får."),
    Voice("Jag vill ha kräm eller omelett i stället för gröt.", _VIEW, _SELF),
    Voice("Det är aldrig färsk fisk.", _VIEW, _SELF),
    Voice("För lite grönsaker på boendet.", _VIEW),
    Voice("Det saknas smör till brödet.", relation=None),
    Voice("Växelvården stängde och vi fick klara oss själva."),
    Voice("Växelvården tar bara emot varannan vecka nu."),
    Voice("Matlådorna läggs i frysen fast de inte ska frysas."),
    Voice("Lådorna var frysta igen."),
    Voice("Det kommer ny personal varje dag och enkla saker blir missade."),
    Voice("Alla tror att någon annan har ringt apoteket.", relation=_SELF),
    Voice("Det låg gammal mat i pappas kylskåp."),
    Voice("Utspilld mjölk torkades inte upp.", relation=None),
    Voice("Det städas för sällan.", relation=_SELF),
    Voice("Badrummet var inte städat på en månad."),
    Voice("Alla på Hemgården är så fina mot oss, men de har för mycket.", _PRAISE),
)


async def test_a_year_of_complaints_is_answered_closed_and_counted(town: Town, stream):
    hemgarden = UnitData("hemgarden", "Hemgården", "nursing_home", OwnerType.IN_HOUSE)
    await employ_units(hemgarden)
    manager = await town.somebody(Role.UNIT_MANAGER, "hemgarden")
    async with followed(stream):
        for voice, case_id in zip(VOICES, await _told_by_phone(town), strict=True):
            await manager.done(case_id, "set-complaint-kind", kind=voice.kind)
            if voice.relation is None:
                await manager.done(
                    case_id,
                    "waive-answer",
                    whose="complainant",
                    ground="anonymous",
                    reason="Lappen i lådan hade inget namn.",
                )
            else:
                await _answered(manager, case_id, voice.relation)
            assert (await manager.done(case_id, "close"))["phase"] == "closed"
        told = (await figures())["complaints"]
    assert (told["count"], told["closed"], told["rerouted"], told["merged"]) == (21, 21, 0, 0)
    assert {it["kind"]: it["count"] for it in told["by_kind"]} == {
        "complaint": 17,
        "feedback": 3,
        "praise": 1,
        "inte_angivet": 0,
    }
    assert all(it["of"] == 21 for it in told["by_kind"])


async def _told_by_phone(town: Town) -> list[UUID]:
    """Take the complaints in as the reception does that wrote them down."""
    reports = [
        Report(
            report_id=uuid4(),
            form=ComplaintForm(
                unit="hemgarden",
                text=voice.text,
                source=Source.CALL,
                relation=voice.relation or Relation.OTHER,
                complainant="Kim Ek" if voice.relation else None,
                contact="070-174 06 10" if voice.relation else None,
            ),
            at=now(),
            by=str(town.sas.account_id),
            trace=new_trace(),
            answer_way=AnswerWay.PHONE if voice.relation else AnswerWay.NONE,
        )
        for voice in VOICES
    ]
    async with transaction() as session:
        taken = await accept_many(session, reports)
    assert all(isinstance(it, Accepted) for it in taken)
    return [it.case_id for it in taken if isinstance(it, Accepted)]


async def _answered(manager: Person, case_id: UUID, relation: Relation) -> None:
    """Confirm, then answer, having asked what may be told to somebody else."""
    await manager.done(case_id, "acknowledge", words="Tack, vi återkommer.", way="phone")
    refused = await manager.give(case_id, "close")
    problem(refused, 409)
    said = {"words": "Vi har pratat med köket och personalen.", "way": "phone"}
    if relation is not Relation.INDIVIDUAL:
        problem(await manager.give(case_id, "answer-complainant", **said), 409, "incomplete")
        said["secrecy"] = "general_only"
    assert (await manager.done(case_id, "answer-complainant", **said))["phase"] == "answered"


@dataclass(frozen=True)
class Event:
    """One of the year's seven: where, what, who reported, what was decided, and of IVO."""

    unit: str
    text: str
    ivo: bool = False
    outcome: LexSarahOutcome = MISCONDUCT
    by_manager: bool = True
    early: bool = False
    """Whether it was clear at once that IVO must be told."""


SEVEN = (
    Event("lss", "Han föll ur duschstolen och slog i huvudet.", ivo=True, early=True),
    Event("barn", "Familjehemmet följdes inte upp.", ivo=True, early=True),
    Event("solrosen", "Larmet togs tillbaka fast hon behövde det.", ivo=True, outcome=SERIOUS),
    Event("hemgarden", "Larmen gick inte fram efter bytet av plattform.", by_manager=False),
    Event("barn", "Placeringen dröjde i fyra månader.", ivo=True, outcome=SERIOUS),
    Event("solrosen", "Hon fick ingen hjälp på hela morgonen.", by_manager=False),
    Event("hemgarden", "Han larmade och ingen gick dit."),
)
WAITING = 3
"""Which of the seven waits for the unit's manager: the routine is not written yet."""


async def test_the_seven_lex_sarah_cases_of_a_year_end_as_they_did(town: Town, stream):
    await employ_units(
        UnitData("lss", "Gruppbostaden", "lss_home", OwnerType.IN_HOUSE),
        UnitData("barn", "Barn och unga", "authority", OwnerType.IN_HOUSE),
        UnitData("hemgarden", "Hemgården", "nursing_home", OwnerType.IN_HOUSE),
    )
    bench = await bench_of(town)
    cases: list[UUID] = []
    async with followed(stream):
        for n, event in enumerate(SEVEN):
            reporter = town.alice if event.by_manager else town.cim
            case_id = await bench.report(reporter, unit=event.unit, text=event.text)
            cases.append(case_id)
            await bench.receive(case_id)
            if event.early:
                early = await bench.require_ivo(case_id)
                await bench.notify(early, until="submit")
            await bench.investigate(case_id)
            await bench.take_position(case_id, event.outcome)
            await bench.decide(case_id, event.outcome)
            await bench.answer_questions(case_id)
            await bench.answer_reporter(case_id)
            if n == WAITING:
                await _waits_for_the_manager(bench, case_id)
            await bench.lead(case_id, since="complete_measures", until="verify")
            if event.ivo:
                await _told_to_ivo(bench, case_id, event)
            await bench.close(case_id)
        counted = await figures()
    ended = await rows(
        "SELECT case_id, phase, outcome, ivo_notified FROM read.case_count"
        " WHERE case_type = 'lex_sarah'"
    )
    by_case = {it.case_id: it for it in ended}
    assert [by_case[it].ivo_notified for it in cases] == [
        *(True, True, True, False, True, False, False)
    ]
    assert {by_case[it].outcome for it in cases} == {MISCONDUCT, SERIOUS}
    assert {it.phase for it in ended} == {"closed"}
    told = counted["lex_sarah"]
    assert (told["count"], told["closed"]) == (7, 7)
    assert told["notified_to_ivo"] == {"count": 4, "of": 7, "percent": 57.1}
    assert told["reported_by_managers"] == {"count": 5, "of": 7, "percent": 71.4}
    assert {it["outcome"]: it["count"] for it in told["by_outcome"] if it["count"]} == {
        "misconduct": 5,
        "serious_misconduct": 2,
    }
    ivo = counted["ivo_notifications"]
    assert (ivo["count"], ivo["sent"]["count"]) == (4, 4)


async def _waits_for_the_manager(bench, case_id):
    """SAS can neither verify nor close while the manager has not said that it is done."""
    refused = await bench.sas.give(case_id, "verify-measures", words="Genomfört.")
    told = problem(refused, 409, "incomplete")
    assert told["missing"] == ["measures_done"]
    problem(await bench.sas.give(case_id, "close"), 409, "not_allowed")
    assert {"measures_done", "measures_verified"} <= await bench.lacking(case_id)


async def _told_to_ivo(bench, case_id, event):
    """The case can't end before IVO has both the notification and the investigation."""
    notification = await bench.notification_of(case_id)
    lacking = {"ivo_supplied"} if event.early else {"ivo_notified"}
    assert await bench.lacking(case_id) == lacking
    told = problem(await bench.sas.give(case_id, "close"), 409, "incomplete")
    assert {it["code"] for it in told["missing"]} == lacking
    if not event.early:
        await bench.draft(notification, with_investigation=True)
        await bench.approve(notification)
        await bench.submit(notification)
    else:
        await bench.supply(notification)
    await bench.ivo_decides(notification)
    await bench.end(notification)
