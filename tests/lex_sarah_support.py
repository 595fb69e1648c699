"""Leads lex Sarah cases and notifications to IVO through the door, step by step.

    bench = await bench_of(town)
    case_id = await bench.report(town.cim)
    await bench.receive(case_id)
    …
    notification = await bench.notification_of(case_id)

Each step is what one person does; `lead` does all of them up to one that is named.
"""

from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from events import LexSarahOutcome, Question, Role
from infra.clock import now
from infra.db import transaction
from services.execute import Given, execute
from services.trace import new_trace
from tests.people import Person, Town, days, rows
from workflows.commands import DraftPack
from workflows.terms.points import TO_INVESTIGATE

STEPS = (
    "receive",
    "investigate",
    "take_position",
    "decide",
    "answer_questions",
    "complete_measures",
    "follow_up",
    "verify",
    "answer_reporter",
    "close",
)
IVO_STEPS = ("draft", "approve", "submit", "supply", "ivo_decides", "end")


@dataclass
class Bench:
    """Who handles lex Sarah: SAS investigates, another decides, a manager keeps promises."""

    sas: Person
    decider: Person
    registrar: Person
    manager: Person
    numbered: int = 0

    async def report(self, by: Person, **form: Any) -> UUID:
        """Report lex Sarah in one's own name."""
        return await by.case(lex_sarah=True, **form)

    async def receive(self, case_id: UUID) -> None:
        """Receive and register: the individual is safe before anything else."""
        await self.sas.done(
            case_id, "receive-lex-sarah", protection="Tillsyn varje timme från i dag."
        )
        await self.register(case_id)

    async def register(self, case_id: UUID) -> None:
        """Enter the public registry."""
        self.numbered += 1
        await self.registrar.done(
            case_id,
            "register",
            registry_number=f"SN 2026/{self.numbered:04d}",
            registered_on=days(0),
        )

    async def investigate(
        self, case_id: UUID, measure: str = "Rutinen skrivs om.", *, begun: bool = False
    ) -> UUID:
        """Investigate: nine points, category, severity, a cause and a measure; return it."""
        cause, promise = uuid4(), uuid4()
        done = partial(self.sas.done, case_id)
        if not begun:
            await done("start-investigation")
        await done("confirm-classification", category="omsorg")
        await done("assess-severity", consequence=3, likelihood=3, reason="Hon kom till skada.")
        for point in TO_INVESTIGATE:
            await self.point(case_id, point)
        await done(
            "add-cause", cause_id=cause, area="procedurer_rutiner", words="Ingen rutin fanns."
        )
        await done(
            "add-measure",
            measure_id=promise,
            causes=[cause],
            kind="rutin",
            words=measure,
            expected_effect="Det händer inte igen.",
            owner=self.manager.account_id,
            due_on=days(2),
            follow_up_on=days(9),
        )
        return promise

    async def point(self, case_id: UUID, point: str) -> None:
        """Document one of the nine points."""
        await self.sas.done(
            case_id,
            "add-note",
            nature="fact",
            words="Samtal med personalen.",
            source="Intervju",
            point=point,
        )

    async def take_position(
        self, case_id: UUID, outcome: LexSarahOutcome = LexSarahOutcome.MISCONDUCT
    ) -> None:
        """End the investigation."""
        await self.sas.done(
            case_id, "take-position", outcome=outcome, reason="Det var en brist i omsorgen."
        )

    async def decide(
        self, case_id: UUID, outcome: LexSarahOutcome = LexSarahOutcome.MISCONDUCT
    ) -> None:
        """Decide by delegation, as somebody else than the one who investigated."""
        await self.decider.done(
            case_id,
            "decide-lex-sarah",
            outcome=outcome,
            reason="Utredningen visar det.",
            delegation="Delegationsordningen punkt 4.",
        )

    async def answer_questions(self, case_id: UUID) -> None:
        """Answer what every case must answer, each with why."""
        for question in Question:
            await self.sas.done(
                case_id,
                "answer-question",
                question=question,
                yes=question is not Question.POLICE_REPORT,
                reason="Samtal i dag.",
            )

    async def complete_measures(self, case_id: UUID) -> None:
        """Let whoever promised say that it is done."""
        for it in (await self.seen(case_id))["measures"]:
            done = {"measure_id": it["measure_id"]}
            answer = await self.manager.give(case_id, "complete-measure", **done)
            assert answer.is_success, answer.text  # 204: a promise kept in another's unit

    async def follow_up(self, case_id: UUID) -> None:
        """Look whether the measures helped."""
        for it in (await self.seen(case_id))["measures"]:
            await self.sas.done(
                case_id,
                "follow-up-measure",
                measure_id=it["measure_id"],
                effect=True,
                words="Inga fler fall.",
            )

    async def verify(self, case_id: UUID) -> None:
        """Say, as SAS, that what was planned was done."""
        await self.sas.done(case_id, "verify-measures", words="Genomfört och följt upp.")

    async def answer_reporter(self, case_id: UUID) -> None:
        """Tell the reporter what came of it."""
        await self.sas.done(case_id, "answer-reporter", words="Tack. Rutinen är ändrad.")

    async def close(self, case_id: UUID) -> None:
        """End the case."""
        assert (await self.sas.done(case_id, "close"))["phase"] == "closed"

    async def lead(self, case_id: UUID, until: str = "close", since: str = "receive") -> None:
        """Take every step of `STEPS` from `since` to `until`, both included."""
        for step in STEPS[STEPS.index(since) : STEPS.index(until) + 1]:
            await getattr(self, step)(case_id)

    async def require_ivo(self, case_id: UUID) -> UUID:
        """Say that IVO must be notified; return the notification that opened."""
        await self.sas.done(case_id, "require-ivo-notification", reason="Det är allvarligt.")
        return await self.notification_of(case_id)

    async def notification_of(self, case_id: UUID) -> UUID:
        """Return the last notification that a case has opened."""
        query = """
            SELECT case_id FROM event WHERE type = 'case.ivo_notification_required'
            AND body->>'came_from' = :parent ORDER BY at DESC LIMIT 1
        """
        [found] = await rows(query, parent=str(case_id))
        return UUID(str(found.case_id))

    async def draft(self, notification: UUID, **told: Any) -> None:
        """Make a version of the pack, with a made-up digest."""
        digest = sha256(uuid4().bytes).hexdigest()
        async with transaction() as session:
            asked = DraftPack(at=now(), by=str(self.sas.account_id), digest=digest, **told)
            await execute(session, Given(notification, asked, new_trace()))

    async def approve(self, notification: UUID) -> None:
        """Let two persons approve the version that lies there."""
        for person in (self.sas, self.decider):
            version = (await self.of_type(notification, "case.pack_drafted"))[-1]
            await person.done(
                notification, "approve-pack", version_number=version["version_number"]
            )

    async def submit(self, notification: UUID) -> None:
        """Register and record that it was sent."""
        await self.register(notification)
        await self.registrar.done(
            notification,
            "submit-notification",
            submitted_at=now().isoformat(),
            how="e_service",
            ivo_number="3.1.1-00001/2026",
            receipt="Kvittens 1.",
        )

    async def supply(self, notification: UUID) -> None:
        """Record that IVO has the investigation."""
        await self.registrar.done(
            notification,
            "supply-investigation",
            supplied_at=now().isoformat(),
            how="e_service",
        )

    async def ivo_decides(self, notification: UUID) -> None:
        """Record what IVO decided."""
        await self.registrar.done(
            notification,
            "register-ivo-decision",
            decided_on=days(0),
            decision="closed",
            words="IVO avslutar ärendet.",
        )

    async def end(self, notification: UUID) -> None:
        """End the notification."""
        assert (await self.sas.done(notification, "close"))["phase"] == "closed"

    async def notify(self, notification: UUID, until: str = "end") -> None:
        """Take every step of `IVO_STEPS` up to `until`, included."""
        for step in IVO_STEPS[: IVO_STEPS.index(until) + 1]:
            await getattr(self, step)(notification)

    async def seen(self, case_id: UUID) -> dict[str, Any]:
        """Read the case as SAS."""
        answer = await self.sas.get(f"cases/{case_id}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def lacking(self, case_id: UUID) -> set[str]:
        """Name the gates not yet met."""
        return {it["code"] for it in (await self.seen(case_id))["gates"]}

    async def of_type(self, case_id: UUID, kind: str) -> list[dict[str, Any]]:
        """Return the bodies of the case's facts of one type, in order."""
        query = "SELECT body FROM event WHERE case_id = :c AND type = :t ORDER BY sequence"
        return [it.body for it in await rows(query, c=case_id, t=kind)]


async def bench_of(town: Town) -> Bench:
    """Employ somebody who decides and a registrar beside the town's SAS and its manager."""
    return Bench(
        sas=town.sas,
        decider=await town.somebody(Role.DECISION_MAKER),
        registrar=await town.somebody(Role.REGISTRAR),
        manager=town.alice,
    )
