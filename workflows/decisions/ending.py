"""Closing, reopening, passing on, merging and linking."""

from events import (
    CaseClosed,
    CaseLinked,
    CaseMerged,
    CaseReopened,
    CaseRerouted,
    Event,
    WordsErased,
)
from workflows.commands import Close, EraseWords, Link, Merge, Reopen, Reroute
from workflows.refusals import Incomplete, Unknown
from workflows.rules.gates import missing
from workflows.state import ENDED, CaseState
from workflows.terms.codes import ERASURE_GROUNDS


def closed(state: CaseState, _: Close) -> list[Event]:
    """Close when every gate is met; otherwise say all that is missing, in working order."""
    gates = missing(state)
    if gates:
        raise Incomplete(
            " ".join(["Ärendet kan inte avslutas än.", *(gate.says for gate in gates)]),
            missing=[{"code": gate.code, "says": gate.says} for gate in gates],
        )
    return [CaseClosed()]


def reopened(_: CaseState, command: Reopen) -> list[Event]:
    """Take the case up again."""
    return [CaseReopened(reason=command.reason)]


def rerouted(state: CaseState, command: Reroute) -> list[Event]:
    """Pass the case on, unless a path to SAS is open or may yet be."""
    _nothing_grave_is_open(state)
    return [CaseRerouted(route=command.route, receiver=command.receiver, reason=command.reason)]


def merged(state: CaseState, command: Merge) -> list[Event]:
    """Let the report go on in another case, unless a path to SAS is open or may yet be."""
    _nothing_grave_is_open(state)
    return [CaseMerged(into=command.into, reason=command.reason)]


def _nothing_grave_is_open(state: CaseState) -> None:
    """Refuse to leave a case that SAS is to answer, or one ticked serious and not judged."""
    if state.sas_awaited:
        raise Incomplete(
            "SAS ska ta ställning till lex Sarah innan ärendet lämnas.",
            missing=["sas_position"],
        )
    if state.urgent and not state.assessed:
        raise Incomplete(
            "Rapporten är markerad som allvarlig. Bedöm allvarlighetsgraden först.",
            missing=["assess-severity"],
        )


def erased(state: CaseState, command: EraseWords) -> list[Event]:
    """Record that the words are gone, once; nobody works blind, so only an ended case."""
    if state.phase not in ENDED:
        raise Incomplete("Avsluta ärendet innan texterna raderas.", missing=["close"])
    if command.ground not in ERASURE_GROUNDS:
        raise Unknown(
            "Skälet finns inte på listan.", field="ground", choices=list(ERASURE_GROUNDS)
        )
    return [] if state.erased else [WordsErased(ground=command.ground)]


def linked(state: CaseState, command: Link) -> list[Event]:
    """Tie two cases together, once."""
    if command.other in state.links:
        return []
    return [CaseLinked(other=command.other, kind=command.kind)]
