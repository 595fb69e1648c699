"""Leads an invented case through its phases by the same commands that people give."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from events import Phase, Role
from infra.vault import words as vault
from infra.vault.words import Words
from services.demo.stories import Story
from services.execute import Given, execute
from services.trace import new_trace
from workflows import commands as c
from workflows.rules.calendar import local_day
from workflows.state import CaseState

Accounts = dict[str, UUID]


class Life:
    """One case on its way. Time passes a few hours with each step."""

    def __init__(
        self, session: AsyncSession, case_id: UUID, story: Story, at: datetime, now: datetime
    ) -> None:
        self._session = session
        self._case_id = case_id
        self._story = story
        self._at = at
        self._now = now
        self._said = 0

    async def lead(self, manager: UUID, operations: UUID, sas: UUID, into: UUID) -> None:
        """Go as far as the story tells."""
        until = self._story.until
        if until is Phase.RECEIVED:
            return
        if until is Phase.REROUTED:
            await self._rerouted(manager)
            return
        if until is Phase.MERGED:
            reason = await self._words("Samma händelse rapporterades av hemtjänsten själv.")
            await self._give(manager, c.Merge, into=into, reason=reason)
            return
        state = await self._triage(manager, sas)
        if until is Phase.TRIAGED:
            return
        await self._give(manager, c.StartInvestigation)
        cause = uuid5(self._case_id, "cause")
        words = await self._words(
            "Rutten lades om samma morgon och ingen fick överrapportering."
        )
        await self._give(
            manager, c.AddCause, cause_id=cause, area="kommunikation_information", words=words
        )
        if until is Phase.INVESTIGATING:
            return
        measure = await self._promise(manager, cause)
        if until is Phase.ACTING:
            return
        await self._give(manager, c.CompleteMeasure, measure_id=measure)
        if until is Phase.FOLLOWING_UP:
            return
        looker = operations if any(it.joint_follow_up for it in state.outcomes) else manager
        words = await self._words("Inga fler missade besök på den rutten efter ändringen.")
        await self._give(
            looker,
            c.FollowUpMeasure,
            role=Role.OPERATIONS_MANAGER if looker == operations else Role.UNIT_MANAGER,
            measure_id=measure,
            effect=True,
            words=words,
        )
        await self._answer(manager)
        await self._give(manager, c.Close)

    async def _triage(self, manager: UUID, sas: UUID) -> CaseState:
        story = self._story
        await self._give(
            manager, c.ConfirmClassification, category=story.category, subtype=None
        )
        words = await self._words("Kunde ha blivit värre om ingen hade märkt det.")
        state = await self._give(
            manager,
            c.AssessSeverity,
            consequence=story.consequence,
            likelihood=story.likelihood,
            reason=words,
        )
        if state.sas_required and story.until is not Phase.TRIAGED:
            words = await self._words("Risken är avvärjd och händelsen utreds som avvikelse.")
            state = await self._give(
                sas, c.TakeSasPosition, role=Role.SAS, lex_sarah=False, reason=words
            )
        return state

    async def _promise(self, manager: UUID, cause: UUID) -> UUID:
        measure = uuid5(self._case_id, "measure")
        due = local_day(self._at + timedelta(days=2))
        await self._give(
            manager,
            c.AddMeasure,
            measure_id=measure,
            causes=(cause,),
            kind="arbetssatt",
            words=await self._words("Alla ändrade rutter läses upp vid överlämningen."),
            expected_effect=await self._words("Inga missade besök vid ändrad rutt."),
            owner=manager,
            due_on=due,
            follow_up_on=due + timedelta(days=14),
        )
        summary = await self._words("Rutten ändrades utan att kvällspersonalen fick veta det.")
        await self._give(manager, c.ConcludeInvestigation, summary=summary)
        return measure

    async def _answer(self, manager: UUID) -> None:
        if self._story.anonymous:
            reason = await self._words("Rapporten skickades utan namn.")
            await self._give(
                manager, c.WaiveAnswer, whose="reporter", ground="anonymous", reason=reason
            )
            return
        words = await self._words(
            "Tack. Vi läser nu upp alla ändrade rutter vid överlämningen."
        )
        await self._give(manager, c.AnswerReporter, words=words)

    async def _rerouted(self, manager: UUID) -> None:
        assert self._story.route  # noqa: S101 - a story that is passed on says where to
        await self._answer(manager)
        await self._give(
            manager,
            c.Reroute,
            route=self._story.route,
            route_id=uuid5(self._case_id, "route"),
            receiver=await self._words("Lämnat till den som ansvarar."),
            reason=await self._words("Det är ingen brist i vår insats."),
        )

    async def _words(self, text: str) -> UUID:
        self._said += 1
        item = uuid5(self._case_id, f"words {self._said}")
        await vault.keep_many(self._session, [Words(self._case_id, item, "demo", text)])
        return item

    async def _give(
        self, by: UUID, command: Any, *, role: Role = Role.UNIT_MANAGER, **fields: Any
    ) -> CaseState:
        self._at = min(self._at + timedelta(hours=5), self._now)
        asked = command(at=self._at, by=str(by), role=role, **fields)
        return await execute(self._session, Given(self._case_id, asked, new_trace()))
