"""Leads a notification to IVO of Norrvik as far as it has come."""

import asyncio
from datetime import timedelta
from typing import Final

from events import BoardNews, Phase, Role, SentHow
from services.demo.life import Life
from services.documents import build
from services.ivo_pack import draft
from services.ivo_pack.details import (
    ContactDetails,
    OperationDetails,
    PackDetails,
    SenderDetails,
)
from services.ivo_pack.draft import Drafting
from services.trace import new_trace
from workflows import commands as c

_DETAILS: Final = PackDetails(
    sender=SenderDetails(
        name="Socialnämnden",
        municipality="Norrvik",
        org_number="212000-0000",
        address="Torget 1",
        postal_code="999 99",
        town="Norrvik",
        contact=ContactDetails(
            name="Ingrid Malm", title="Socialt ansvarig samordnare", phone="070-174 06 10"
        ),
    ),
    operation=OperationDetails(
        address="Åvägen 4", municipality="Norrvik", kind="Vård och omsorg om äldre"
    ),
    ground="serious_misconduct",
    signer_name="Per Åkesson",
    signer_title="Socialchef",
)
"""What Norrvik fills in that no case knows."""

_SAS: Final = "sas"
_DECIDER: Final = "beslut"
_REGISTRAR: Final = "registrator"


async def lead(life: Life, until: Phase) -> None:
    """Go as far as `until`."""
    if until is Phase.REQUIRED:
        return
    await _drafted(life)
    if until is Phase.DRAFTED:
        return
    for login in (_SAS, _DECIDER):
        await life.give(login, c.ApprovePack, version_number=1)
    if until is Phase.APPROVED:
        return
    await _submitted(life)
    if until is Phase.SUBMITTED:
        return
    if not (await life.state()).ivo.supplied:  # what was sent had no investigation in it
        await life.give(
            _REGISTRAR, c.SupplyInvestigation, supplied_at=life.moment, how=SentHow.POST
        )
    if until is Phase.SUPPLIED:
        words = "IVO vill läsa rutinen som ändrades."
        await life.give(_REGISTRAR, c.RequestSupplement, answer_by=life.day(14), words=words)
        return
    life.pace = timedelta(days=10)
    await life.give(
        _REGISTRAR,
        c.RegisterIvoDecision,
        decided_on=life.day(),
        decision="closed",
        words="IVO bedömer att åtgärderna räcker och avslutar ärendet.",
    )
    if until is Phase.CLOSED:
        await life.give(_SAS, c.Close)


async def _drafted(life: Life) -> None:
    """Make the pack, as SAS does."""
    session = life.town.session
    prepared = await draft.prepare(session, life.case_id, _DETAILS, life.moment)
    pack = await asyncio.to_thread(build, prepared.content, prepared.files)
    by = str(life.town.accounts[_SAS])
    drafting = Drafting(by, Role.SAS, life.moment, new_trace())
    await draft.keep(session, life.case_id, prepared, pack, drafting)


async def _submitted(life: Life) -> None:
    await life.give(
        _REGISTRAR,
        c.SubmitNotification,
        submitted_at=life.moment,
        how=SentHow.E_SERVICE,
        ivo_number=None,
        receipt="Kvittensen ligger i diariet.",
    )
    if (await life.state()).private:
        await life.give(
            life.manager,
            c.InformBoard,
            news=BoardNews.NOTIFICATION,
            informed_at=life.moment,
            words="Skickade en kopia av anmälan till nämnden.",
        )
