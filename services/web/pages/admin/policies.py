"""The policy: its versions, the one chosen shown whole, and two compared in words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from infra import clock, policy_files, policy_toml
from infra.db import transaction
from infra.people import accounts as people
from infra.people import admin_changes
from services import policies
from services.policies import valid_at
from services.web.pages.admin.administrator import Administrator
from services.web.pages.admin.draw import admin_page
from services.web.pages.admin.policy_parts import parts_of
from services.web.pages.guard import HEADERS
from services.web.pages.steps.choices import Option
from services.web.problem import Problem
from workflows import Policy
from workflows.rules.calendar import local_day
from workflows.rules.policy_diff import in_words

router = APIRouter(include_in_schema=False)

AT: Final = "/admin/policy"


@router.get(AT)
async def show_policy(
    request: Request, _: Administrator, version: str = "", gjort: str = ""
) -> Response:
    """Show a version whole, the one valid today where none is named."""
    async with transaction() as session:
        every = list(await policies.all_policies(session))
        shown = _version(every, version) if version else valid_at(every, clock.now())
        rows = await _rows(session, every)
        borrowed = await policies.borrowed(session, shown.version)
    return admin_page(
        request,
        "admin/policy.html",
        at=AT,
        policy=shown,
        state=_state(every, shown),
        rows=rows,
        borrowed=borrowed,
        parts_of_policy=parts_of(shown),
        done="Policyn är laddad. Gamla ärenden ändras inte." if gjort == "laddad" else "",
    )


@router.get(AT + "/jamfor")
async def compare(
    request: Request, _: Administrator, fran: str = "", till: str = ""
) -> Response:
    """Say in words how two versions differ; today's with the newest where none are named."""
    async with transaction() as session:
        every = list(await policies.all_policies(session))
    today = valid_at(every, clock.now())
    newest = max(every, key=lambda it: it.version)
    old = _version(every, fran) if fran else today
    new = _version(every, till) if till else newest
    return admin_page(
        request,
        "admin/policy_compare.html",
        at=AT,
        old=old,
        new=new,
        choices=[Option(str(it.version), _named(every, it)) for it in _once(every)],
        differences=in_words(old, new),
    )


@router.get(AT + "/fil")
async def download(_: Administrator, version: str = "") -> Response:
    """Send a version as the file that a person edits; without one, the program's own."""
    text = policy_files.DEFAULT.read_text(encoding="utf-8")
    if version:
        async with transaction() as session:
            document = await policy_files.document_of(session, _number(version))
        own = policies.default().version
        if document is None and _number(version) != own:
            raise Problem(404, "not_found", "Den versionen finns inte.")
        if document is not None:
            text = policy_toml.written(document)
    name = f"policy-{_number(version)}.toml" if version else "policy.toml"
    sent = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type="application/toml", headers=HEADERS | sent)


async def _rows(session: AsyncSession, every: Sequence[Policy]) -> list[dict[str, object]]:
    """List the versions with who loaded each, as far as it was written down."""
    stored = {it.version: it for it in await policy_files.loaded(session)}
    rows: list[dict[str, object]] = []
    for policy in _once(every):
        changes = await admin_changes.entries(session, about=str(policy.version))
        loading = next((it for it in changes.changes if it.what == "policy.loaded"), None)
        names = await people.display_names(
            session, [loading.by] if loading and loading.by else []
        )
        at: datetime | None = (
            stored[policy.version].loaded_at if policy.version in stored else None
        )
        rows.append(
            {
                "version": policy.version,
                "valid_from": policy.valid_from,
                "state": _state(every, policy),
                "loaded_at": at,
                "by": _by(loading, names),
            }
        )
    return rows


def _by(loading: admin_changes.Change | None, names: dict[UUID, str]) -> str:
    if loading is None:
        return ""
    return names.get(loading.by, "") if loading.by else "kommandoraden"


def _once(every: Sequence[Policy]) -> list[Policy]:
    """Return each version once: the program's own has the number of one that was loaded."""
    found: dict[int, Policy] = {}
    for it in every:
        found.setdefault(it.version, it)
    return list(found.values())


def _state(every: Sequence[Policy], policy: Policy) -> str:
    today = valid_at(every, clock.now())
    if policy is today:
        return "Gäller nu"
    return "Kommande" if policy.valid_from > local_day(clock.now()) else "Har gällt"


def _named(every: Sequence[Policy], policy: Policy) -> str:
    return (
        f"Version {policy.version} från {policy.valid_from} ({_state(every, policy).lower()})"
    )


def _version(every: Sequence[Policy], told: str) -> Policy:
    number = _number(told)
    found = next((it for it in every if it.version == number), None)
    if found is None:
        raise Problem(404, "not_found", f"Version {number} finns inte.")
    return found


def _number(told: str) -> int:
    if not told.isdecimal() or len(told) > 9:  # noqa: PLR2004 - digits of a version
        raise Problem(404, "not_found", "Versionen finns inte.")
    return int(told)
