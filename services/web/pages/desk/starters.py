"""Beginnings of an answer: the three that most answers are one of."""

from typing import Final, NamedTuple


class Starter(NamedTuple):
    """A button's words, and what the answer then begins with."""

    button: str
    text: str


STARTERS: Final = {
    "answer-reporter": (
        Starter("Tack, och vad vi har gjort", "Tack för din rapport. Vi har gjort så här: "),
        Starter(
            "Tack, och vad vi behöver fråga",
            "Tack för din rapport. Vi behöver veta mer innan vi går vidare: ",
        ),
        Starter(
            "Tack, och varför vi inte gör något",
            "Tack för din rapport. Vi ändrar inget den här gången, därför att ",
        ),
    ),
    "answer-complainant": (
        Starter(
            "Tack, och vad vi har gjort", "Tack för att du hörde av dig. Vi har gjort så här: "
        ),
        Starter(
            "Tack, och vad vi behöver fråga",
            "Tack för att du hörde av dig. Vi behöver veta mer: ",
        ),
        Starter(
            "Tack, och varför vi inte gör något",
            "Tack för att du hörde av dig. Vi ändrar inget den här gången, därför att ",
        ),
    ),
}
"""By the step; the address names one by its place, from 1."""


def begun(step: str, start: str) -> str:
    """Return what an answer begins with; empty where nothing, or nothing known, was chosen."""
    rows = STARTERS.get(step, ())
    place = int(start) if start.isdecimal() and len(start) == 1 else 0
    return rows[place - 1].text if 0 < place <= len(rows) else ""
