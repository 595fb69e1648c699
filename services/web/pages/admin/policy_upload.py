"""A new policy version: checked, compared with today's, tried, and loaded when confirmed."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from infra import clock
from infra.db import snapshot
from infra.policy_files import UnreadablePolicy
from services import policies
from services.administration.changing import changing
from services.intake.form import YEARS
from services.policies import VersionTaken, valid_at
from services.policy_trial import MOST, dry_run_some
from services.trial_words import CANNOT_KNOW, came, differences, kept
from services.web.pages.admin.administrator import Administrator
from services.web.pages.admin.draw import admin_page
from services.web.pages.admin.policies import AT
from services.web.pages.posted import Posted, posted
from workflows import Policy
from workflows.rules.calendar import local_day
from workflows.rules.policy_check import BadPolicy
from workflows.rules.policy_diff import in_words

router = APIRouter(include_in_schema=False)

_MOST_BYTES: Final = 200_000
_USUAL: Final = timedelta(days=365)
_EMPTY: Final = "Välj en fil eller klistra in policyn."
_UNCONFIRMED: Final = "Kryssa i att du vill ladda policyn."


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A policy that can be used, and the document as it was sent."""

    policy: Policy
    document: dict[str, Any]


@router.get(AT + "/ny")
async def ask_policy(request: Request, _: Administrator) -> Response:
    """Show the form for a new version."""
    return _asked(request, "")


@router.post(AT + "/ny")
async def take_policy(request: Request, admin: Administrator) -> Response:
    """Check a version; then try it or load it, as the button that was pressed says."""
    form = await posted(request)
    text = form.one("document")
    raw = await _file(request)
    try:
        if raw:
            text = _decoded(raw).strip()
        if not text:
            return _asked(request, text, {"document": _EMPTY})
        candidate = _Candidate(*policies.from_bytes(text.encode()))
    except UnreadablePolicy as error:
        return _asked(request, text, {"document": str(error)})
    except BadPolicy as bad:
        return _asked(request, text, {"document": "Policyn går inte att använda."}, bad.faults)
    if form.has("load"):
        if not form.has("confirmed"):
            return await _checked(request, candidate, text, form, {"confirmed": _UNCONFIRMED})
        try:
            async with changing() as session:
                await policies.load(
                    session, candidate.policy, candidate.document, admin.account_id
                )
        except VersionTaken as taken:
            return _asked(request, text, {"document": str(taken)})
        return RedirectResponse(f"{AT}?version={candidate.policy.version}&gjort=laddad", 303)
    return await _checked(request, candidate, text, form, tried=form.has("try"))


async def _file(request: Request) -> bytes:
    """Return the file that was sent, nothing where none was; one byte more is too much."""
    sent = (await request.form()).get("file")
    try:
        return await sent.read(_MOST_BYTES + 1) if isinstance(sent, UploadFile) else b""
    finally:
        await request.close()


def _decoded(raw: bytes) -> str:
    if len(raw) > _MOST_BYTES:
        raise UnreadablePolicy("Filen är för stor för att vara en policy.")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadablePolicy(f"Rad {line}: tecknen är inte UTF-8.") from error


def _asked(
    request: Request,
    text: str,
    wrong: dict[str, str] | None = None,
    faults: list[str] | None = None,
) -> Response:
    return admin_page(
        request,
        "admin/policy_new.html",
        at=AT,
        status=422 if wrong else 200,
        document=text,
        wrong=wrong or {},
        faults=faults or [],
    )


async def _checked(
    request: Request,
    candidate: _Candidate,
    text: str,
    form: Posted,
    wrong: dict[str, str] | None = None,
    *,
    tried: bool = False,
) -> Response:
    """Show what would change, and the two ways on from here."""
    told = dict(wrong or {})
    since = _since(form.one("since"))
    if tried and since is None:
        told["since"] = "Ange första dagen, till exempel 2026-01-31."
    async with snapshot() as session:
        every = list(await policies.all_policies(session))
        trial = (
            await _tried(session, candidate.policy, since)
            if tried and since is not None
            else None
        )
    today = valid_at(every, clock.now())
    return admin_page(
        request,
        "admin/policy_check.html",
        at=AT,
        status=422 if told else 200,
        policy=candidate.policy,
        document=text,
        today=today,
        taken=any(it.version == candidate.policy.version for it in every[:-1]),
        past=candidate.policy.valid_from < local_day(clock.now()),
        shadowed=candidate.policy.valid_from < today.valid_from,
        differences=in_words(today, candidate.policy),
        since=form.one("since") or str(local_day(clock.now()) - _USUAL),
        trial=trial,
        most=MOST,
        wrong=told,
    )


async def _tried(session: Any, candidate: Policy, since: date) -> dict[str, Any]:
    tally, whole = await dry_run_some(session, candidate, since)
    return {
        "whole": whole,
        "replayed": tally.replayed,
        "moved": tally.moved,
        "lines": [
            *differences(tally),
            *came(tally, since, local_day(clock.now())).values(),
            *kept(tally),
        ],
        "cannot_know": CANNOT_KNOW,
    }


def _since(told: str) -> date | None:
    try:
        day = date.fromisoformat(told)
    except ValueError:
        return None
    return day if day.year in YEARS else None
