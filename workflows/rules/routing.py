"""Where something belongs that is not only ours: what the law says of it, and what is asked.

Source: the rows in `workflows.law` (who must know of what), OSL (2009:400) 10, 12, 25 and 26
kap. (secrecy). Who receives it is the municipality's choice (`Policy.receivers`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from events import OwnerType, Route, Track
from workflows.law import LawRow, law_on
from workflows.rules.calendar import local_day
from workflows.state import CaseState


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteRule:
    """One way out: the law's row about it, and what must be said before it is taken.

    `secrecy`: it leaves the social services, so the ground must be named. `receiver`: somebody
    shall have it, so it is not done until that one confirms; without one there is nobody to
    tell while the case goes on. `at_once`: the law's word.
    """

    law: str | None = None
    track: Track = Track.SOL
    secrecy: bool = False
    receiver: bool = True
    at_once: bool = False


ROUTING: Final[dict[Route, RouteRule]] = {
    Route.HEALTH_CARE: RouteRule(law="R28", track=Track.HSL, secrecy=True),
    Route.WORK_ENVIRONMENT: RouteRule(law="R29"),
    Route.OTHER_AUTHORITY: RouteRule(secrecy=True),
    Route.CHILD_AT_RISK: RouteRule(law="R30", at_once=True),
    Route.PERSONAL_DATA_INCIDENT: RouteRule(law="R33", at_once=True),
    Route.CLIENT_DECLINED: RouteRule(receiver=False),
    Route.NOT_A_DEVIATION: RouteRule(receiver=False),
}


def law_of(route: Route, state: CaseState, at: datetime) -> LawRow | None:
    """Return the law's row about a route on the day of the step, None where there is none."""
    rule = ROUTING[route]
    if rule.law is None:
        return None
    law = "R22" if rule.law == "R28" and state.case_type == "complaint" else rule.law
    return law_on(law, local_day(at), rule.track, OwnerType.IN_HOUSE)
