"""Closing, reopening, passing on, merging and linking."""

from events import (
    CaseClosed,
    CaseLinked,
    CaseMerged,
    CaseReopened,
    Event,
    NotificationReopened,
    Role,
    WordsErased,
)
from workflows.commands import Asked, Close, EraseWords, Link, Merge, Reopen, Reroute
from workflows.decisions import passing
from workflows.policy import Policy
from workflows.refusals import Incomplete, Unknown
from workflows.rules.calendar import local_day
from workflows.rules.gates import missing
from workflows.rules.urgency import likely_misconduct
from workflows.state import ENDED, CaseState
from workflows.terms.codes import ERASURE_GROUNDS


def closed(state: CaseState, command: Close) -> list[Event]:
    """Close when every gate is met; otherwise say all that is missing, in working order."""
    _sas_keeps_what_is_lex_sarah(state, command)
    gates = missing(state)
    if gates:
        raise Incomplete(
            " ".join(["Ärendet kan inte avslutas än.", *(gate.says for gate in gates)]),
            missing=[{"code": gate.code, "says": gate.says} for gate in gates],
        )
    return [CaseClosed()]


def reopened(state: CaseState, command: Reopen) -> list[Event]:
    """Take the case up again; a notification that was sent goes on from there."""
    if state.case_type != "ivo_notification":
        return [CaseReopened(reason=command.reason)]
    if state.ivo.submitted_at is None:
        raise Unknown("Anmälan drogs tillbaka. Begär en ny i lex Sarah-ärendet.")
    return [NotificationReopened(reason=command.reason)]


def rerouted(state: CaseState, command: Reroute, policy: Policy) -> list[Event]:
    """Pass the case on, unless a path to SAS is open or may yet be."""
    _nothing_grave_is_open(state, command)
    return passing.rerouted(state, command, policy)


def merged(state: CaseState, command: Merge) -> list[Event]:
    """Let the report go on in another case, unless a path to SAS is open or may yet be."""
    _nothing_grave_is_open(state, command)
    return [CaseMerged(into=command.into, reason=command.reason)]


def _sas_keeps_what_is_lex_sarah(state: CaseState, command: Asked) -> None:
    """Refuse that anybody but SAS ends a case that SAS has called lex Sarah."""
    if state.sas_position is True and command.role is not Role.SAS:
        raise Incomplete(
            "SAS har tagit ställning för lex Sarah. Bara SAS kan avsluta eller lämna ärendet.",
            missing=["sas"],
        )


def _nothing_grave_is_open(state: CaseState, command: Asked) -> None:
    """Refuse to leave a case that SAS is to answer, or one ticked serious and not judged."""
    if state.case_type == "lex_sarah":
        # It goes on in another of its kind: the grave path stays open. What IVO is told of
        # rests on this investigation, and the other one knows nothing of it.
        if state.lex_sarah.ivo_required:
            raise Incomplete(
                "En anmälan till IVO hör till ärendet. För det andra ärendet hit i stället.",
                missing=["ivo_notified"],
            )
        return
    if state.sas_awaited:
        raise Incomplete(
            "SAS ska ta ställning till lex Sarah innan ärendet lämnas.",
            missing=["sas_position"],
        )
    _sas_keeps_what_is_lex_sarah(state, command)
    suggestion = state.suggestion
    grave = state.urgent or (
        suggestion is not None and (suggestion.immediate_danger or likely_misconduct(state))
    )
    if grave and not state.assessed:
        raise Incomplete(
            "Rapporten kan vara allvarlig. Bedöm allvarlighetsgraden först.",
            missing=["assess-severity"],
        )


def erased(state: CaseState, command: EraseWords) -> list[Event]:
    """Record that the words are gone, once; nobody works blind, so only an ended case."""
    if state.phase not in ENDED:
        raise Incomplete("Avsluta ärendet innan texterna raderas.", missing=["close"])
    _not_kept_by_law(state, command)
    if state.lex_sarah.ivo_required and not state.lex_sarah.ivo_decided:
        raise Incomplete(
            "Vänta med att radera tills IVO har beslutat.", missing=["ivo_decision"]
        )
    if command.ground not in ERASURE_GROUNDS:
        raise Unknown(
            "Skälet finns inte på listan.", field="ground", choices=list(ERASURE_GROUNDS)
        )
    return [] if state.erased else [WordsErased(ground=command.ground)]


def _not_kept_by_law(state: CaseState, command: EraseWords) -> None:
    """Refuse to destroy in advance what a private provider must keep (SoL 17:10, LSS 23 g)."""
    kept = state.clocks.get(("destroy_documents", None))
    if kept is not None and local_day(command.at) < local_day(kept.due_at):
        raise Incomplete(
            f"Handlingarna ska bevaras till {local_day(kept.due_at).isoformat()}.",
            missing=["destroy_documents"],
        )


def linked(state: CaseState, command: Link) -> list[Event]:
    """Tie two cases together, once."""
    if command.other in state.links:
        return []
    return [CaseLinked(other=command.other, kind=command.kind)]
