"""Leads a lex Sarah report of Norrvik as far as its story tells."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from events import BoardNews, Nature, Phase, Question
from services.demo import ivo_lives
from services.demo.lex_sarah_stories import Misconduct
from services.demo.life import Life
from workflows import commands as c
from workflows.terms.points import TO_INVESTIGATE

_SAS: Final = "sas"
_DECIDER: Final = "beslut"
_REGISTRAR: Final = "registrator"

_SERIES: Final = {"lex_sarah": 200, "ivo_notification": 300}

_FOUND: Final = {
    "how_noticed": "Det märktes vid överlämningen och rapporterades samma dag.",
    "when_occurred": "Schemat och larmloggen visar samma tid som rapporten.",
    "happened_before": "Ett år bakåt är genomgånget. En liknande händelse finns.",
    "can_recur": "Ja, om inget ändras.",
    "else_emerged": "Inget mer kom fram i samtalen.",
}
"""What an investigation writes under each point; the rest comes from the story."""


async def lead(life: Life, story: Misconduct, into: UUID | None) -> None:
    """Go as far as the story tells; a merged one goes on in `into`."""
    until = story.until
    life.pace = timedelta(hours=2)
    if until is Phase.REPORTED:
        return
    await _received(life, story)
    if until is Phase.MERGED:
        reason = "Samma händelse, rapporterad av två personer."
        await life.give(_SAS, c.Merge, into=into, reason=reason)
    if until in (Phase.RECEIVED, Phase.MERGED):
        return
    await life.give(_SAS, c.StartInvestigation)
    if story.early:
        reason = "Benet är brutet och ingen gick dit. Det är allvarligt."
        await life.give(_SAS, c.RequireIvoNotification, reason=reason)
    measure = await _investigated(life, story)
    if story.early:
        await _notify(life, story)
    if until is Phase.INVESTIGATING:
        return
    reason = "Det var en brist i omsorgen som vi ansvarar för."
    await life.give(_SAS, c.TakePosition, outcome=story.outcome, reason=reason)
    if until is Phase.POSITION_TAKEN:
        return
    await _decided(life, story)
    if until is Phase.DECIDED:
        return
    await _followed_up(life, measure)
    if until is Phase.CLOSED:
        await life.give(_SAS, c.Close)


async def _received(life: Life, story: Misconduct) -> None:
    await life.give(_SAS, c.ReceiveLexSarah, protection=story.protection)
    await register(life)
    if (await life.state()).private:
        await life.give(
            life.manager,
            c.InformBoard,
            news=BoardNews.REPORT,
            informed_at=life.moment,
            words="Ringde nämndens sekreterare och skickade en kopia.",
        )


async def register(life: Life) -> None:
    """Enter the case in the public registry, under a number made from its own."""
    state = await life.state()
    _, year, running = state.number.split("-")
    number = f"SN {year}/{_SERIES[state.case_type] + int(running)}"
    await life.give(_REGISTRAR, c.Register, registry_number=number, registered_on=life.day())


async def _investigated(life: Life, story: Misconduct) -> UUID:
    """Investigate; an investigation that still goes on lacks its last two points."""
    cause, measure = life.id_of("cause"), life.id_of("measure")
    found = _FOUND | {
        "event_and_consequences": story.text,
        "causes": story.cause,
        "measures_taken": story.measure,
    }
    ready = None if story.until is not Phase.INVESTIGATING else -2
    for point in TO_INVESTIGATE[:ready]:
        await life.give(
            _SAS,
            c.AddNote,
            nature=Nature.ASSESSMENT if point == "can_recur" else Nature.FACT,
            words=found[point],
            source="Samtal med personalen",
            point=point,
        )
    for question in Question:
        await life.give(
            _SAS,
            c.AnswerQuestion,
            question=question,
            yes=question is not Question.POLICE_REPORT,
            reason="Samtal samma vecka. Inget brott misstänks.",
        )
    await life.give(_SAS, c.ConfirmClassification, category=story.category)
    reason = "Den enskilde kom till skada, eller kunde ha gjort det."
    await life.give(_SAS, c.AssessSeverity, consequence=3, likelihood=2, reason=reason)
    await life.give(
        _SAS, c.AddCause, cause_id=cause, area="procedurer_rutiner", words=story.cause
    )
    await life.give(
        _SAS,
        c.AddMeasure,
        measure_id=measure,
        causes=(cause,),
        kind="rutin",
        words=story.measure,
        expected_effect="Det händer inte igen.",
        owner=life.town.accounts[life.manager],
        due_on=life.day(14),
        follow_up_on=life.day(40),
    )
    return measure


async def _decided(life: Life, story: Misconduct) -> None:
    await life.give(
        _DECIDER,
        c.DecideLexSarah,
        outcome=story.outcome,
        reason="Utredningen visar det.",
        delegation="Socialnämndens delegationsordning, punkt 7.2.",
    )
    if not story.early:
        await _notify(life, story)


async def _followed_up(life: Life, measure: UUID) -> None:
    life.pace = timedelta(days=2)
    await life.give(life.manager, c.CompleteMeasure, measure_id=measure)
    words = "Inget liknande har hänt sedan dess."
    await life.give(_SAS, c.FollowUpMeasure, measure_id=measure, effect=True, words=words)
    words = "Åtgärden är genomförd och uppföljd på plats."
    await life.give(_SAS, c.VerifyMeasures, words=words)
    words = "Tack för att du rapporterade. Vi har ändrat hur vi gör."
    await life.give(_SAS, c.AnswerReporter, words=words)


async def _notify(life: Life, story: Misconduct) -> None:
    if story.ivo is None:
        return
    notification = Life(life.town, await life.child(), life.unit, life.at)
    notification.pace = life.pace
    await register(notification)
    await ivo_lives.lead(notification, story.ivo)
    life.at = notification.at
