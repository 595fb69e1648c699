"""Telling us something: one question a page, a check, and then it is sent.

Nothing is kept before it is sent: not here, not in a cookie, not in an address. The answers
travel in the form. These pages alone may be kept by the sender's own browser, or its way back
would end at a question about sending the form again.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from events import Relation, Source
from services.intake.complaint import ToldBack
from services.intake.outside import NoPlace, Telling, sounds_dangerous
from services.texts import Texts
from services.web.deps import Trace
from services.web.pages.citizen import receipt
from services.web.pages.citizen.places import Places, places
from services.web.pages.citizen.sending import Busy, sent
from services.web.pages.citizen.told import CHECK, CONTACTS, FIELDS, Fault, Told, first_faulty
from services.web.pages.look import language_of, page, speak
from services.web.pages.posted import Posted, posted

router = APIRouter(include_in_schema=False)

ROLES: Final = {
    Relation.INDIVIDUAL: "roll.sjalv",
    Relation.RELATIVE: "roll.anhorig",
    Relation.OTHER: "roll.annan",
}
WAYS: Final = {
    ToldBack.EMAIL: "svar.epost",
    ToldBack.PHONE: "svar.telefon",
    ToldBack.LETTER: "svar.brev",
    ToldBack.CODE: "svar.kod",
    ToldBack.NONE: "svar.inget",
}
"""In the order they are offered, on the screen and on paper."""
_HINTS: Final = {
    ToldBack.EMAIL: "svar.epost.tips",
    ToldBack.CODE: "svar.kod.tips",
    ToldBack.NONE: "svar.inget.tips",
}

_OWN_BROWSER: Final = {"Cache-Control": "private, no-cache"}


@router.get("/synpunkt")
async def begin(request: Request) -> Response:
    """Ask the first question, with nothing told yet."""
    return _drawn(request, 1, Told.read(Posted([])), await places())


@router.post("/synpunkt")
async def go_on(request: Request, trace: Trace) -> Response:
    """Go to the next page or where was asked; send it from the last one."""
    form = await posted(request)
    told, where = Told.read(form), await places()
    here = _step(form.one("step"), CHECK) or 1
    go = form.one("go")
    if form.has("sprak"):
        speak(request, form.one("sprak"))
        return _drawn(request, here, told, where)
    if go == "back":
        return _drawn(request, max(here - 1, 1), told, where)
    if change := _step(go, CHECK - 1):
        return _drawn(request, change, told, where)
    faults = told.faults(where)
    if go == "send":
        faulty = first_faulty(faults)
        if faulty is not None:
            return _drawn(request, faulty, told, where, faults, status=422)
        return await _send(request, told, where, trace)
    if faults.keys() & set(FIELDS.get(here, ())):
        return _drawn(request, here, told, where, faults, status=422)
    return _drawn(request, _after(here, told, faults), told, where)


def _after(here: int, told: Told, faults: Mapping[str, Fault]) -> int:
    """Return the next page; after a change at the end, straight back there."""
    if here < CHECK - 1 and not told.checked:
        return here + 1
    return first_faulty(faults) or CHECK


def _step(given: str, last: int) -> int | None:
    return int(given) if given in {str(step) for step in range(1, last + 1)} else None


async def _send(request: Request, told: Told, where: Places, trace: str) -> Response:
    """Send it; whatever comes between, everything stays as it was written."""
    try:
        taken = await sent(request, Telling(told.told_id, told.body(where), Source.WEB, trace))
    except Busy as busy:
        return _check(request, told, where, busy)
    except NoPlace:  # closed since the page was drawn
        fault = {"unit": Fault("klagomal.fel.var.lista")}
        return _drawn(request, 2, told, where, fault, status=422)
    return await receipt.first(request, taken, told["way"])


def _drawn(
    request: Request,
    step: int,
    told: Told,
    where: Places,
    faults: Mapping[str, Fault] | None = None,
    *,
    status: int = 200,
) -> Response:
    if step == CHECK:
        return _check(request, told, where)
    t = language_of(request)
    wrong = {
        name: t(it.key, **it.values)
        for name, it in (faults or {}).items()
        if name in FIELDS[step]
    }
    return _page(
        request,
        "citizen/ask.html",
        step,
        told,
        status=status,
        wrong=wrong,
        units=where.names,
        reception=where.reception,
    )


def _check(request: Request, told: Told, where: Places, busy: Busy | None = None) -> Response:
    t = language_of(request)
    danger = sounds_dangerous(told.story(where), told["wish"])
    unit = where.known.get(where.code_of(told["unit"]) or "")
    return _page(
        request,
        "citizen/check.html",
        CHECK,
        told,
        status=busy.status if busy else 200,
        headers=busy.headers if busy else {},
        wrong={"send": t(busy.key)} if busy else {},
        rows=list(_rows(told, t)),
        danger=danger,
        on_call_phone=unit.on_call_phone if unit and danger else None,
    )


def _page(
    request: Request,
    template: str,
    step: int,
    told: Told,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> Response:
    return page(
        request,
        template,
        headers=_OWN_BROWSER | dict(headers or {}),
        step=step,
        last=CHECK,
        told=told,
        roles=ROLES,
        ways=WAYS,
        hints=_HINTS,
        contacts=CONTACTS,
        **context,
    )


def _rows(told: Told, t: Texts) -> Iterator[tuple[int, str, str]]:
    """Give each answer as it will be sent: its page, its question, and the answer."""
    way = ToldBack(told["way"]) if told["way"] in set(ToldBack) else None
    role = Relation(told["relation"]) if told["relation"] in set(Relation) else None
    yield 1, t("klagomal.roll"), t(ROLES[role]) if role else ""
    yield 2, t("klagomal.var"), told["unit"] or t("klagomal.var.vetej")
    yield 3, t("klagomal.text"), told["text"]
    yield 3, t("klagomal.onskan"), told["wish"]
    yield 3, t("klagomal.handelse"), told["when"]
    yield 3, t("klagomal.om"), told["about"]
    yield 4, t("klagomal.svar"), t(WAYS[way]) if way else ""
    if way in CONTACTS:
        yield 4, t(f"{WAYS[way]}.falt"), told[CONTACTS[way]]
        yield 4, t("klagomal.namn"), told["name"]
    yield 4, t("svar.sprak"), told["language"]
