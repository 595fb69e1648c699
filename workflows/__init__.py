"""What may happen next, and what follows from it. Pure: same case, same command, same facts."""

from workflows.case_types import CASE_TYPES
from workflows.commands import Command
from workflows.decide import decide
from workflows.evolve import evolve, fold
from workflows.policy import Policy
from workflows.refusals import (
    Begun,
    IdTaken,
    Incomplete,
    NotAllowed,
    NotYours,
    Refusal,
    Unknown,
    UnknownCase,
)
from workflows.state import CaseState

__all__ = [
    "CASE_TYPES",
    "Begun",
    "CaseState",
    "Command",
    "IdTaken",
    "Incomplete",
    "NotAllowed",
    "NotYours",
    "Policy",
    "Refusal",
    "Unknown",
    "UnknownCase",
    "decide",
    "evolve",
    "fold",
]
