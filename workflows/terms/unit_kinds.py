"""Under which act a kind of unit works, unless somebody says otherwise in the case."""

from typing import Final

from events import Track

UNIT_LAWS: Final = {
    "lss_home": Track.LSS,
    "lss_daily_activities": Track.LSS,
    "lss_short_stay": Track.LSS,
    "personal_assistance": Track.LSS,
}
"""The others work under socialtjänstlagen."""


RECEPTION: Final = "reception"
"""The kind of unit that takes in what nobody has said the place of."""


def law_of(kind: str) -> Track:
    """Return the act that a unit of this kind works under."""
    return UNIT_LAWS.get(kind, Track.SOL)
