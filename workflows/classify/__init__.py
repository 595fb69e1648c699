"""Reads a report and suggests what it is, with the stretches of text it built on."""

from workflows.classify.circumstances import Circumstances
from workflows.classify.danger import sounds_dangerous
from workflows.classify.model import Model
from workflows.classify.suggest import (
    MISCONDUCT,
    NOT_A_DEVIATION,
    Guess,
    Read,
    Suggestion,
    read_by,
    suggest,
)

__all__ = [
    "MISCONDUCT",
    "NOT_A_DEVIATION",
    "Circumstances",
    "Guess",
    "Model",
    "Read",
    "Suggestion",
    "read_by",
    "sounds_dangerous",
    "suggest",
]
