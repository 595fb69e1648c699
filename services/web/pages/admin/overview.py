"""How the installation is: every finding a sentence with what to do about it."""

from collections.abc import Iterator
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from infra import clock
from infra.db import transaction
from infra.people.units import units
from services import doctor, policies
from services.doctor import OK, Finding
from services.policies import valid_at
from services.signals import silent_units
from services.texts import LANGUAGES, UNREVIEWED, UNVERIFIED
from services.web.admission import Admission
from services.web.pages.admin.administrator import Administrator
from services.web.pages.admin.draw import admin_page
from services.web.pages.admin.held_words import CONSUMERS
from services.web.pages.admin.remedies import NOTHING, REMEDIES
from workflows.rules.calendar import local_day

router = APIRouter(include_in_schema=False)

AT: Final = "/admin"


@router.get(AT)
async def show_health(request: Request, _: Administrator) -> Response:
    """Say how everything is, the gravest first."""
    async with transaction() as session:
        found = await doctor.of_data(session)
        more = await _more(session)
    found = doctor.gravest_first([*found, *_of_stream(request)])
    wrong = [it for it in found if it.mark != OK]
    return admin_page(
        request,
        "admin/overview.html",
        at=AT,
        wrong_now=[(it, REMEDIES.get(it.about, NOTHING)) for it in wrong],
        well=[it for it in found if it.mark == OK and it.about != "policy"],
        **more,
    )


async def _more(session: AsyncSession) -> dict[str, Any]:
    now = clock.now()
    every = await policies.all_policies(session)
    return {
        "silent": await silent_units(session, None, now),
        "no_phone": [it for it in await units(session) if not it.on_call_phone],
        "valid": valid_at(every, now),
        "coming": [it for it in every if it.valid_from > local_day(now)],
        "waiting_texts": len(UNVERIFIED),
        "unreviewed": [LANGUAGES[it].name for it in UNREVIEWED if it in LANGUAGES],
    }


def _of_stream(request: Request) -> Iterator[Finding]:
    """Tell what this process sees of the stream; it looks twice a second."""
    admission: Admission = request.app.state.admission
    if request.app.state.stream.client is None:
        yield Finding(doctor.FAULT, "stream", doctor.STREAM_AWAY)
        return
    yield Finding(OK, "stream", "Strömmen av händelser svarar.")
    if admission.closed:
        says = "Det kommer in mer än programmet hinner med. Nya rapporter får vänta."
        yield Finding(doctor.FAULT, "closed", says)
    for it in admission.seen.lags if admission.seen else ():
        what = CONSUMERS.get(it.consumer, it.consumer)
        if not it.healthy:
            yield Finding(doctor.FAULT, "handler", f"{what} har stannat.")
        elif it.behind:
            yield Finding(OK, "handler", f"{what}: {it.behind} kvar att hantera.")
