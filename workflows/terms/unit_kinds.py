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


UNIT_KINDS: Final = {
    "home_care": "Hemtjänst",
    "nursing_home": "Särskilt boende",
    "day_centre": "Dagverksamhet",
    "housing_support": "Boendestöd",
    "lss_home": "Bostad med särskild service (LSS)",
    "lss_daily_activities": "Daglig verksamhet (LSS)",
    "lss_short_stay": "Korttidsvistelse (LSS)",
    "personal_assistance": "Personlig assistans",
    "alarm_service": "Trygghetslarm",
    "social_work": "Myndighetsutövning och utredning",
    RECEPTION: "Mottagning av synpunkter",
}
"""The kinds to choose among; a unit may be of one that came from elsewhere."""


def law_of(kind: str) -> Track:
    """Return the act that a unit of this kind works under."""
    return UNIT_LAWS.get(kind, Track.SOL)
