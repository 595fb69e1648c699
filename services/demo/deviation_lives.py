"""Leads a deviation of Norrvik as far as its story tells."""

from typing import Final
from uuid import UUID

from events import Phase
from services.demo.life import Life
from services.demo.stories import Story
from workflows import commands as c
from workflows.state import CaseState

_SAS: Final = "sas"
_OPERATIONS: Final = "verksamhetschef"


async def lead(life: Life, story: Story, into: UUID | None) -> None:
    """Go as far as the story tells; a merged one goes on in `into`."""
    until = story.until
    if until is Phase.RECEIVED:
        return
    if until is Phase.REROUTED:
        await _rerouted(life, story)
        return
    if until is Phase.MERGED:
        reason = "Samma händelse rapporterades av hemtjänsten själv."
        await life.give(life.manager, c.Merge, into=into, reason=reason)
        return
    state = await _triage(life, story)
    await _tell_others(life, story)
    if until is Phase.TRIAGED:
        return
    await life.give(life.manager, c.StartInvestigation)
    cause = life.id_of("cause")
    await life.give(
        life.manager,
        c.AddCause,
        cause_id=cause,
        area="kommunikation_information",
        words="Rutten lades om samma morgon och ingen fick överrapportering.",
    )
    if until is Phase.INVESTIGATING:
        return
    # What is left to do is to be done by the one who saw it.
    owner = story.by if until is Phase.ACTING else life.manager
    measure = await _promise(life, cause, owner)
    if until is Phase.ACTING:
        return
    await life.give(life.manager, c.CompleteMeasure, measure_id=measure)
    if until is Phase.FOLLOWING_UP:
        return
    joint = any(it.joint_follow_up for it in state.outcomes)
    await life.give(
        _OPERATIONS if joint else life.manager,
        c.FollowUpMeasure,
        measure_id=measure,
        effect=True,
        words="Inga fler missade besök på den rutten efter ändringen.",
    )
    await _answer(life, story)
    await life.give(life.manager, c.Close)


async def _triage(life: Life, story: Story) -> CaseState:
    await life.give(life.manager, c.ConfirmClassification, category=story.category)
    state = await life.give(
        life.manager,
        c.AssessSeverity,
        consequence=story.consequence,
        likelihood=story.likelihood,
        tracks=story.tracks,
        reason="Kunde ha blivit värre om ingen hade märkt det.",
    )
    if story.lex_sarah:
        await life.give(life.manager, c.RaiseLexSarah, reason=story.lex_sarah)
    if state.sas_required and story.until is not Phase.TRIAGED:
        reason = "Risken är avvärjd och händelsen utreds som avvikelse."
        state = await life.give(_SAS, c.TakeSasPosition, lex_sarah=False, reason=reason)
    return state


async def _tell_others(life: Life, story: Story) -> None:
    """Let others know who must, while the case goes on here; the first of them confirms."""
    for told in story.told:
        route = life.id_of(f"route {told.route}")
        await life.give(
            life.manager,
            c.PassOn,
            route=told.route,
            route_id=route,
            receiver=told.receiver,
            reason=told.reason,
            secrecy=told.secrecy,
        )
        if told.confirmed:
            words = "Ringde och fick svar direkt."
            await life.give(life.manager, c.ConfirmReceipt, route_id=route, words=words)


async def _promise(life: Life, cause: UUID, owner: str) -> UUID:
    measure = life.id_of("measure")
    await life.give(
        life.manager,
        c.AddMeasure,
        measure_id=measure,
        causes=(cause,),
        kind="arbetssatt",
        words="Alla ändrade rutter läses upp vid överlämningen.",
        expected_effect="Inga missade besök vid ändrad rutt.",
        owner=life.town.accounts[owner],
        due_on=life.day(2),
        follow_up_on=life.day(16),
    )
    summary = "Rutten ändrades utan att kvällspersonalen fick veta det."
    await life.give(life.manager, c.ConcludeInvestigation, summary=summary)
    return measure


async def _answer(life: Life, story: Story) -> None:
    if story.anonymous:
        await life.give(
            life.manager,
            c.WaiveAnswer,
            whose="reporter",
            ground="anonymous",
            reason="Rapporten skickades utan namn.",
        )
        return
    words = "Tack. Vi läser nu upp alla ändrade rutter vid överlämningen."
    await life.give(life.manager, c.AnswerReporter, words=words)


async def _rerouted(life: Life, story: Story) -> None:
    assert story.route  # noqa: S101 - a story that is passed on says where to
    await _answer(life, story)
    await life.give(
        life.manager,
        c.Reroute,
        route=story.route,
        receiver="Lämnat till den som ansvarar.",
        reason="Det är ingen brist i vår insats.",
    )
