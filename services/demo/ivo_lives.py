"""Leads a notification to IVO of Norrvik as far as it has come."""

from datetime import timedelta
from hashlib import sha256
from typing import Final

from events import BoardNews, Phase, SentHow
from services.demo.life import Life
from services.execute import Given, execute
from services.trace import new_trace
from workflows import commands as c

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
    await life.give(
        _REGISTRAR, c.SupplyInvestigation, supplied_at=life.moment, how=SentHow.E_SERVICE
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
    """Tell of a pack; the digest is of the case's number, for no document lies behind it."""
    digest = sha256((await life.state()).number.encode()).hexdigest()
    by = str(life.town.accounts[_SAS])
    asked = c.DraftPack(at=life.moment, by=by, digest=digest)
    await execute(life.town.session, Given(life.case_id, asked, new_trace()))


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
