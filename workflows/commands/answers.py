"""Telling back those who told us."""

from dataclasses import dataclass
from typing import ClassVar

from events import Code, Words
from workflows.commands.base import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReporter(Asked):
    """Tell the reporter what came of it."""

    says: ClassVar[str] = "svara rapportören"

    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerComplainant(Asked):
    """Record what the one who complained was told, and how."""

    says: ClassVar[str] = "svara den som klagat"

    words: Words
    way: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiveAnswer(Asked):
    """Record why somebody gets no answer; `whose` is `reporter` or `complainant`."""

    says: ClassVar[str] = "avstå från att svara"

    whose: Code
    ground: Code
    reason: Words
