"""The receipt: the code on a page of its own until it is saved, then what happens now.

The code is on the page and in what the page posts, never in an address. Whoever reloads sends
the same again: it is the same case, with a new code, and the page says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from infra import clock
from infra.db import transaction
from services.complainant_view import first_word_by
from services.intake import units
from services.intake.complaint import ToldBack
from services.intake.outside import Taken
from services.policies import policy_on
from services.web.pages import guard
from services.web.pages.look import language_of, page, speak
from services.web.pages.posted import Posted, posted
from workflows.rules.calendar import local_day
from workflows.terms.unit_kinds import RECEPTION

router = APIRouter(include_in_schema=False)

_CODE: Final = re.compile(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}")
_NUMBER: Final = re.compile(r"[A-Z]{1,3}-[0-9]{4}-[0-9]{5,9}")


@dataclass(frozen=True, slots=True)
class Slip:
    """What the receipt says. It goes along in the form: without a login nothing is kept."""

    number: str
    code: str
    way: str
    unit: str
    by: date | None
    again: bool
    danger: bool

    @classmethod
    def read(cls, form: Posted) -> Self | None:
        """Read what the page held; None where it was no receipt of ours."""
        number, code = form.one("number"), form.one("code")
        if not _NUMBER.fullmatch(number) or (code and not _CODE.fullmatch(code)):
            return None
        way = form.one("way") if form.one("way") in set(ToldBack) else ToldBack.CODE
        again, danger = form.has("again"), form.has("danger")
        return cls(number, code, way, form.one("unit"), _day(form.one("by")), again, danger)

    def fields(self) -> Iterator[tuple[str, str]]:
        """Give what goes along unseen."""
        yield from (("number", self.number), ("code", self.code), ("way", self.way))
        yield "unit", self.unit
        if self.by:
            yield "by", self.by.isoformat()
        yield from ((name, "1") for name in ("again", "danger") if getattr(self, name))


async def first(request: Request, taken: Taken, way: str) -> Response:
    """Show the receipt: the code alone first, where there is one to save."""
    by = await first_word_by(taken.case_id)
    slip = Slip(
        number=taken.number,
        code=taken.code or "",
        way=way,
        unit=taken.unit,
        by=local_day(by) if by else None,
        again=not taken.new,
        danger=taken.danger,
    )
    if taken.wants_code:
        return await _drawn(request, "citizen/code.html", slip)
    return await _drawn(request, "citizen/done.html", slip)


@router.get("/synpunkt/klar")
async def too_late(request: Request) -> Response:
    """Say that a code is shown once, to whoever comes here by an address."""
    return page(request, "citizen/gone.html")


@router.post("/synpunkt/klar")
async def saved(request: Request) -> Response:
    """Show what happens now, once the code is said to be saved."""
    form = await posted(request)
    slip = Slip.read(form)
    if slip is None:
        return RedirectResponse("/synpunkt/klar", 303)
    if form.has("sprak"):
        speak(request, form.one("sprak"))
        return await _drawn(request, "citizen/code.html", slip)
    if slip.code and not form.has("saved"):
        wrong = {"saved": language_of(request)("kod.fel.kryss")}
        return await _drawn(request, "citizen/code.html", slip, wrong)
    return await _drawn(request, "citizen/done.html", slip)


@router.post("/synpunkt/kvitto")
async def download(request: Request) -> Response:
    """Give the receipt as a text file. It says nothing of what was told."""
    slip = Slip.read(await posted(request))
    if slip is None or not slip.code:
        return RedirectResponse("/synpunkt/klar", 303)
    name = f"kvitto-{slip.number}.txt"
    told = "\r\n".join([*await _lines(request, slip), ""])
    return Response(
        told.encode(),
        media_type="text/plain; charset=utf-8",
        headers={**guard.HEADERS, "Content-Disposition": f'attachment; filename="{name}"'},
    )


async def _lines(request: Request, slip: Slip) -> list[str]:
    t = language_of(request)
    return [
        t("kod.kvitto", kommun=await municipality()),
        t("kod.kvitto.datum", datum=t.day(clock.today())),
        t("klagomal.nummer", nr=slip.number),
        f"{t('kod.din')}: {slip.code}",
        t("kod.kvitto.adress", adress=where_to_read(request)),
        t("kod.kvitto.hemlig"),
        t("kod.galler"),
    ]


async def _drawn(
    request: Request, template: str, slip: Slip, wrong: dict[str, str] | None = None
) -> Response:
    unit = (await units.described()).get(slip.unit)
    return page(
        request,
        template,
        status=422 if wrong else 200,
        slip=slip,
        lines=await _lines(request, slip) if slip.code else [],
        on_call_phone=unit.on_call_phone if unit and slip.danger else None,
        placed=unit is not None and unit.kind != RECEPTION,
        today=clock.today(),
        wrong=wrong or {},
    )


async def municipality() -> str:
    """Return the municipality's name, as the policy of today has it."""
    async with transaction() as session:
        return (await policy_on(session, clock.now())).municipality


def where_to_read(request: Request) -> str:
    """Return the address of the page that takes a code, as people write it."""
    return f"{request.url.netloc}/svar"


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
