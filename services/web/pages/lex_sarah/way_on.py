"""What leads a case on from where it stands: may I, what is lacking, and who else may."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from events import LexSarahOutcome, Phase, Role, SentHow
from infra import clock
from infra.people.accounts import works_in
from infra.people.identity import Actor
from services.give import Forbidden, role_in
from services.web.pages.lex_sarah.road import DRAFT, Stage, stage_of
from services.web.pages.steps.catalogue import STEPS
from workflows import CaseState, Policy, Refusal
from workflows import commands as c
from workflows.access import MAY, OWNER
from workflows.foresight import refusal_of
from workflows.rules.calendar import local_day

_SOMETHING: Final = UUID(int=0)
"""Stands for words not written yet: a refusal that is foretold depends on none."""

_WHO: Final = {
    Role.SAS: "SAS",
    Role.OPERATIONS_MANAGER: "verksamhetschefen",
    Role.DECISION_MAKER: "den som beslutar enligt delegation",
    Role.REGISTRAR: "registratorn",
    Role.UNIT_MANAGER: "enhetschefen",
    OWNER: "den som är ansvarig för ärendet",
}
"""In the order they are named."""


@dataclass(frozen=True, slots=True)
class WayOn:
    """The command that leads on. `why` says why it can't be given now, empty where it can.

    `lacks` are the things that remain, where they are several; `mine` is whether it is for me.
    """

    stage: Stage
    mine: bool
    why: str = ""
    lacks: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What the command is called where it is led to."""
        drafts = self.stage.action == DRAFT
        return "Ta fram underlaget" if drafts else STEPS[self.stage.action].leads

    def address(self, case_id: UUID) -> str:
        """Return where it is given."""
        if self.stage.action == DRAFT:
            return f"/lex-sarah/{case_id}/underlag"
        return f"/arende/{case_id}/{self.stage.action}"


async def way_on(
    session: AsyncSession, state: CaseState, actor: Actor, policy: Policy
) -> WayOn | None:
    """Return what leads a case on; None where it is over."""
    stage = stage_of(state.case_type, state.phase)
    if stage is None:
        return None
    try:
        role = role_in(actor, stage.action, state)
    except Forbidden:
        return WayOn(stage, mine=False, why=f"Det gör {_who(state, stage.action, policy)}.")
    if stage.action == DRAFT:
        return WayOn(stage, mine=True)
    if actor.account_id in state.ivo.approvers and state.phase is Phase.DRAFTED:
        said = "Du har godkänt. En annan person ska också godkänna samma version."
        return WayOn(stage, mine=False, why=said)
    of_unit = await works_in(session, actor.account_id, state.unit)
    probe = _PROBES[stage.action](
        {"at": clock.now(), "by": str(actor.account_id), "role": role}, state, of_unit
    )
    refusal = refusal_of(state, probe, policy)
    return WayOn(stage, mine=True, **_told(refusal))


def _told(refusal: Refusal | None) -> dict[str, Any]:
    if refusal is None:
        return {}
    missing = refusal.detail.get("missing")
    rows = missing if isinstance(missing, list) else []
    lacks = tuple(it["says"] for it in rows if isinstance(it, dict))
    said = str(refusal)
    for it in lacks:
        said = said.replace(it, "")
    return {"why": said.strip(), "lacks": lacks}


def _who(state: CaseState, action: str, policy: Policy) -> str:
    allowed: set[str] = set(MAY[state.case_type][action])
    if action == "decide-lex-sarah":
        allowed &= {*policy.decides.lex_sarah}
    if action == "approve-pack":
        allowed &= {*policy.decides.ivo, OWNER}
    *most, last = [says for who, says in _WHO.items() if who in allowed]
    return f"{', '.join(most)} eller {last}" if most else last


_Made = Callable[[dict[str, Any], CaseState, bool], c.Command]

_PROBES: Final[dict[str, _Made]] = {
    "receive-lex-sarah": lambda by, _, __: c.ReceiveLexSarah(**by, protection=_SOMETHING),
    "start-investigation": lambda by, _, of_unit: c.StartInvestigation(**by, of_unit=of_unit),
    "take-position": lambda by, _, __: c.TakePosition(
        **by, outcome=LexSarahOutcome.NONE, reason=_SOMETHING
    ),
    "decide-lex-sarah": lambda by, _, __: c.DecideLexSarah(
        **by, outcome=LexSarahOutcome.NONE, reason=_SOMETHING, delegation=_SOMETHING
    ),
    "verify-measures": lambda by, _, __: c.VerifyMeasures(**by, words=_SOMETHING),
    "close": lambda by, _, __: c.Close(**by),
    "approve-pack": lambda by, state, __: c.ApprovePack(
        **by, version_number=state.ivo.version_number
    ),
    "submit-notification": lambda by, _, __: c.SubmitNotification(
        **by, submitted_at=by["at"], how=SentHow.POST, receipt=_SOMETHING
    ),
    "supply-investigation": lambda by, _, __: c.SupplyInvestigation(
        **by, supplied_at=by["at"], how=SentHow.POST
    ),
    "register-ivo-decision": lambda by, _, __: c.RegisterIvoDecision(
        **by, decided_on=local_day(by["at"]), decision="other", words=_SOMETHING
    ),
}
"""Each command as somebody would give it who has filled in everything rightly."""
