"""The steps that misconduct and its notification go through, and what leads from each on."""

from dataclasses import dataclass
from typing import Final

from events import Phase


@dataclass(frozen=True, slots=True)
class Stage:
    """A step: its name in the case, its column on the board, and the command that ends it.

    `gate` says what must be true for that command to be taken.
    """

    step: str
    column: str
    phase: Phase
    action: str
    gate: str


_FOLLOWED: Final = "Åtgärder följs upp"
DRAFT: Final = "draft-pack"
"""Given by the form for the pack: it is no step of a person's own."""

MISCONDUCT: Final = (
    Stage(
        "Rapport",
        "Mottagna",
        Phase.REPORTED,
        "receive-lex-sarah",
        "Rapporten tas emot, med hur den enskilde är skyddad nu.",
    ),
    Stage(
        "Skydd",
        "Omedelbart skydd",
        Phase.RECEIVED,
        "start-investigation",
        "Någon som inte hör till enheten börjar utreda.",
    ),
    Stage(
        "Utredning",
        "Utredning",
        Phase.INVESTIGATING,
        "take-position",
        "Åtta punkter är dokumenterade. Den nionde är ställningstagandet.",
    ),
    Stage(
        "Beslut",
        "Beslut",
        Phase.POSITION_TAKEN,
        "decide-lex-sarah",
        "Någon annan än den som har utrett beslutar.",
    ),
    Stage(
        "Uppföljning",
        _FOLLOWED,
        Phase.DECIDED,
        "verify-measures",
        "Varje åtgärd är gjord och följd upp. SAS intygar det.",
    ),
    Stage(
        "Avslut",
        _FOLLOWED,
        Phase.FOLLOWED_UP,
        "close",
        "Alla har fått svar, och IVO har det som IVO ska ha.",
    ),
)
NOTIFICATION: Final = (
    Stage(
        "Ska anmälas",
        "Ska anmälas",
        Phase.REQUIRED,
        DRAFT,
        "Ett underlag tas fram ur utredningen.",
    ),
    Stage(
        "Underlag",
        "Underlag",
        Phase.DRAFTED,
        "approve-pack",
        "Inget saknas, och två personer godkänner samma version.",
    ),
    Stage(
        "Godkänt",
        "Godkänt",
        Phase.APPROVED,
        "submit-notification",
        "Någon skickar anmälan till IVO och skriver in när, hur och kvittensen.",
    ),
    Stage(
        "Anmält",
        "Anmält",
        Phase.SUBMITTED,
        "supply-investigation",
        "IVO har fått utredningen, senast två månader efter anmälan.",
    ),
    Stage(
        "Utredning hos IVO",
        "Utredning hos IVO",
        Phase.SUPPLIED,
        "register-ivo-decision",
        "IVO har beslutat.",
    ),
    Stage(
        "IVO:s beslut",
        "IVO:s beslut",
        Phase.DECIDED,
        "close",
        "IVO:s frågor är besvarade.",
    ),
)
ROADS: Final = {"lex_sarah": MISCONDUCT, "ivo_notification": NOTIFICATION}
COLUMNS: Final = tuple(dict.fromkeys(it.column for it in MISCONDUCT))
GATES: Final = {it.column: it.gate for it in reversed(MISCONDUCT)}
"""What leads on from each column; of one with several steps, from its first."""
ENDED: Final = "Avslutade"
"""The column of what is over; it is shown for a year, not for what is open."""


def stage_of(case_type: str, phase: Phase) -> Stage | None:
    """Return the step a case stands in; None where it is over."""
    return next((it for it in ROADS[case_type] if it.phase is phase), None)


def column_of(phase: Phase) -> str:
    """Return the column of the board that a lex Sarah case stands in."""
    stage = stage_of("lex_sarah", phase)
    return stage.column if stage else ENDED
