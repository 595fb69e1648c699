"""Filling in what no case knows, and making the next version of the pack out of it."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from infra.db import transaction
from infra.people import access_log
from infra.people.access_log import Reading
from infra.people.identity import Actor
from infra.people.units import unit_of
from infra.vault import attachments
from services.case_view import CaseView, case_view
from services.give import role_in, state_of
from services.ivo_pack import draft, kept
from services.ivo_pack.details import OperationDetails, PackDetails, SenderDetails
from services.policies import policy_on
from services.web.deps import Trace
from services.web.pages.lex_sarah import pack_fields
from services.web.pages.lex_sarah.pack_fields import ATTACHMENTS
from services.web.pages.look import page
from services.web.pages.posted import posted
from services.web.pages.steps.choices import Option
from services.web.pages.steps.read import Wrong
from services.web.pages.visitor import Visitor
from workflows import CASE_TYPES, NotAllowed, Refusal, UnknownCase
from workflows.commands import DraftPack

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class _Filling:
    """Somebody fills in a pack: what was filled in the last time, and the files there are."""

    request: Request
    case: CaseView
    before: PackDetails
    files: list[Option]

    def drawn(
        self,
        values: dict[str, str],
        chosen: list[str],
        *,
        status: int = 200,
        wrong: dict[str, str] | None = None,
        refused: str = "",
        moved: bool = False,
    ) -> Response:
        """Draw the form; `moved` says that another version was made while it was filled in."""
        return page(
            self.request,
            "lex_sarah/pack_form.html",
            status=status,
            case=self.case,
            version=self.case.ivo.version_number if self.case.ivo else 0,
            groups=pack_fields.GROUPS,
            grounds=pack_fields.GROUNDS,
            values=values,
            files=self.files,
            chosen=chosen,
            wrong=wrong or {},
            refused=refused,
            moved=moved,
        )


@router.get("/lex-sarah/{case_id}/underlag")
async def ask_details(
    case_id: UUID, request: Request, actor: Visitor, trace: Trace
) -> Response:
    """Show the form, holding what was filled in the last time. The reading is written down."""
    filling = await _filling(request, case_id, actor, trace)
    kept_files = filling.before.attachments
    every = [it.value for it in filling.files]
    chosen = every if kept_files is None else [str(it) for it in kept_files]
    return filling.drawn(pack_fields.shown(filling.before), chosen)


@router.post("/lex-sarah/{case_id}/underlag")
async def make_version(
    case_id: UUID, request: Request, actor: Visitor, trace: Trace
) -> Response:
    """Make the next version; the form comes back whole when it can't be made."""
    form = await posted(request)
    filling = await _filling(request, case_id, actor, trace)
    values = {name: form.one(name) for name in pack_fields.shown(PackDetails())}
    chosen = form.many(ATTACHMENTS)
    version = filling.case.ivo.version_number if filling.case.ivo else 0
    if form.one("version") != str(version):
        return filling.drawn(values, chosen, status=409, moved=True)
    try:
        await draft.draft(case_id, pack_fields.read(form), actor, trace)
    except Wrong as wrong:
        return filling.drawn(values, chosen, status=422, wrong=wrong.fields)
    except UnknownCase:
        raise
    except Refusal as refusal:
        return filling.drawn(values, chosen, status=409, refused=str(refusal))
    return RedirectResponse(f"/arende/{case_id}#pack", 303)


async def _filling(request: Request, case_id: UUID, actor: Actor, trace: str) -> _Filling:
    async with transaction() as session:
        state = await state_of(session, case_id)
        if state.case_type != "ivo_notification" or state.came_from is None:
            raise UnknownCase
        role_in(actor, "draft-pack", state)
        if DraftPack not in CASE_TYPES[state.case_type].flow[state.phase]:
            raise NotAllowed(DraftPack.says, state.phase)
        case = await case_view(session, case_id, actor, trace)
        await access_log.record(
            session,
            Reading(actor.account_id, "attachment.list", trace, state.came_from, state.unit),
        )
        version = state.ivo.version_number
        if version:
            before = await kept.details_of(session, case_id, version)
        else:
            unit = await unit_of(session, state.unit)
            policy = await policy_on(session, case.timeline[-1].at)
            before = PackDetails(
                sender=SenderDetails(
                    name=unit.provider if unit and state.private else None,
                    municipality=policy.municipality,
                ),
                operation=OperationDetails(municipality=policy.municipality),
            )
        found = await attachments.list_of_case(session, state.came_from)
    files = [Option(str(it.attachment_id), it.name) for it in found if it.name is not None]
    return _Filling(request, case, before, files)
