"""Whether a policy document fits the program, and keeps what no policy may take away."""

from collections.abc import Mapping
from typing import Final

from pydantic import ValidationError

from events import Track
from workflows.policy import Policy
from workflows.rules.deadlines import TARGET_CODES
from workflows.terms.categories import CATEGORIES

NOTICE_CODES: Final = frozenset(
    {"received", "received_serious", "escalated", "reminder", "overdue", "answered", "assigned"}
)
"""The fixed texts that the notify handler sends; each must be in the policy."""


class BadPolicy(Exception):  # noqa: N818 - a list of what to mend
    """The document cannot be used; `faults` says why, one Swedish sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def checked(document: Mapping[str, object]) -> Policy:
    """Return the policy in a document, or raise `BadPolicy` with everything that is wrong."""
    try:
        policy = Policy.model_validate(document)
    except ValidationError as error:
        raise BadPolicy(
            [f"{'.'.join(map(str, it['loc']))}: {it['msg']}" for it in error.errors()]
        ) from error
    if faults := _faults(policy):
        raise BadPolicy(faults)
    return policy


def _faults(policy: Policy) -> list[str]:
    faults = [
        *_differ("mål (targets)", frozenset(policy.targets), TARGET_CODES),
        *_differ("text (notices)", frozenset(policy.notices), NOTICE_CODES),
    ]
    if unknown := policy.categories_off - CATEGORIES.keys():
        faults.append(f"Okända kategorier i categories_off: {', '.join(sorted(unknown))}.")
    if not CATEGORIES.keys() - policy.categories_off:
        faults.append("Minst en kategori måste vara på.")
    rules = [rule.rule for rule in policy.escalation]
    if len(rules) != len(set(rules)):
        faults.append("Två eskaleringsregler har samma namn.")
    return [*faults, *_closed_paths(policy)]


def _differ(what: str, found: frozenset[str], wanted: frozenset[str]) -> list[str]:
    missing = [f"Ett {what} saknas: {code}." for code in sorted(wanted - found)]
    return missing + [f"Okänt {what}: {code}." for code in sorted(found - wanted)]


def _closed_paths(policy: Policy) -> list[str]:
    """Find cells where SAS would not be asked although the product's floor says so.

    The floor: value ≥ 8 with consequence ≥ 3, or consequence 4 whatever the value. A policy
    may open the path earlier, never later.
    """
    return [
        f"Konsekvens {consequence} och sannolikhet {likelihood} ({track}) måste gå till SAS."
        for consequence in range(1, 5)
        for likelihood in range(1, 5)
        for track in (Track.SOL, Track.LSS)
        if (consequence == 4 or (consequence >= 3 and consequence * likelihood >= 8))  # noqa: PLR2004
        and not any(
            rule.sas_position
            and track in rule.tracks
            and any(floor.reached(consequence, likelihood) for floor in rule.when)
            for rule in policy.escalation
        )
    ]
