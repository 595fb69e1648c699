"""Leads what somebody outside told Norrvik as far as its story tells."""

from uuid import UUID

from events import Nature, Phase, Relation, Route
from services.demo.complaint_stories import Voice
from services.demo.life import Life
from workflows import commands as c


async def lead(life: Life, voice: Voice, into: UUID | None) -> None:
    """Go as far as the story tells; a merged one goes on in `into`."""
    until = voice.until
    if until is Phase.RECEIVED:
        return
    await life.give(life.manager, c.SetComplaintKind, kind=voice.kind)
    if until is Phase.REROUTED:
        await _answer(
            life, voice, "Det är regionens resor. Vi har skickat det vidare till dem."
        )
        await _rerouted(life)
        return
    if until is Phase.MERGED:
        reason = "Samma person hörde av sig två gånger om samma sak."
        await life.give(life.manager, c.Merge, into=into, reason=reason)
        return
    if voice.who is not None:
        words = "Tack för att du hörde av dig. Du får svar inom två veckor."
        await life.give(life.manager, c.Acknowledge, words=words, way=voice.way)
    if until is Phase.ACKNOWLEDGED:
        return
    if until is Phase.INVESTIGATING:
        await life.give(life.manager, c.StartInvestigation)
        await life.give(
            life.manager,
            c.AddNote,
            nature=Nature.FACT,
            words="Schemat visar två lediga pass utan vikarie.",
            source="Schemat",
        )
        return
    await _answer(life, voice, "Vi har pratat om det i gruppen och ändrat hur vi gör.")
    if until is Phase.ANSWERED:
        return
    await life.give(life.manager, c.Close)


async def _answer(life: Life, voice: Voice, words: str) -> None:
    if voice.who is None:
        await life.give(
            life.manager,
            c.WaiveAnswer,
            whose="complainant",
            ground="anonymous",
            reason="Inget namn och ingen adress.",
        )
        return
    secrecy = None if voice.relation is Relation.INDIVIDUAL else "general_only"
    await life.give(
        life.manager, c.AnswerComplainant, words=words, way=voice.way, secrecy=secrecy
    )


async def _rerouted(life: Life) -> None:
    route = life.id_of("route")
    await life.give(
        life.manager,
        c.Reroute,
        route=Route.OTHER_AUTHORITY,
        route_id=route,
        receiver="Regionens kundtjänst för resor",
        reason="Resorna är regionens.",
        secrecy="consent",
    )
    words = "Regionen har svarat att de har fått det."
    await life.give("registrator", c.ConfirmReceipt, route_id=route, words=words)
