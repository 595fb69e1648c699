"""Whether a policy document fits the program, and keeps what no policy may take away."""

from collections.abc import Mapping
from string import Formatter
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from events import Track
from workflows.policy import Policy
from workflows.rules.duties import TARGET_CODES
from workflows.terms.categories import CATEGORIES

NOTICE_CODES: Final = frozenset(
    {
        *(
            "received",
            "received_complaint",
            "received_serious",
            "escalated",
            "reminder",
            "overdue",
            "answered",
        ),
        *("assigned", "message", "answered_outside"),
    }
)
"""The fixed texts that the notify handler sends; each must be in the policy."""


_PLACES: Final = ("enhet", "nummer")
_OUTSIDE: Final[Mapping[str, tuple[str, ...]]] = {"answered_outside": ("kommun",)}
"""What may be filled in where the mail leaves us: neither unit nor number."""
_SAYS: Final = {
    "missing": "{name} saknas.",
    "extra_forbidden": "{name} finns inte i en policy. Ta bort det.",
    "greater_than_equal": "{name} ska vara minst {ge}.",
    "less_than_equal": "{name} ska vara högst {le}.",
    "greater_than": "{name} ska vara mer än {gt}.",
    "too_short": "{name} ska ha minst {min_length} värden.",
    "too_long": "{name} ska ha högst {max_length} värden.",
    "string_too_short": "{name} är tomt.",
    "string_too_long": "{name} får ha högst {max_length} tecken.",
    "enum": "{name} ska vara ett av: {expected}.",
}


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
            [_sentence(".".join(map(str, it["loc"])), it) for it in error.errors()]
        ) from error
    if faults := _faults(policy):
        raise BadPolicy(faults)
    return policy


def _sentence(name: str, error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    if error["type"] == "value_error":
        return f"{name}: {context['error']}"
    says = _SAYS.get(error["type"], "{name} har ett värde som inte går att använda.")
    return says.format(name=name, **context)


def _faults(policy: Policy) -> list[str]:
    faults = [
        *_differ("Målet", "targets", frozenset(policy.targets), TARGET_CODES),
        *_differ("Texten", "notices", frozenset(policy.notices), NOTICE_CODES),
        *_unfillable(policy),
    ]
    if unknown := policy.categories_off - CATEGORIES.keys():
        faults.append(f"Okända kategorier i categories_off: {', '.join(sorted(unknown))}.")
    if not CATEGORIES.keys() - policy.categories_off:
        faults.append("Minst en kategori måste vara på.")
    rules = [rule.rule for rule in policy.escalation]
    if len(rules) != len(set(rules)):
        faults.append("Två eskaleringsregler har samma namn.")
    return [*faults, *_closed_paths(policy)]


def _differ(what: str, where: str, found: frozenset[str], wanted: frozenset[str]) -> list[str]:
    missing = [f"{what} {code} saknas i {where}." for code in sorted(wanted - found)]
    return missing + [
        f"{what} {code} i {where} finns inte i programmet. Ta bort raden."
        for code in sorted(found - wanted)
    ]


def _unfillable(policy: Policy) -> list[str]:
    """Find texts with a place for something that a notice may not or can not say."""
    faults: list[str] = []
    for code, words in sorted(policy.notices.items()):
        try:
            places = {name for _, name, *_ in Formatter().parse(words) if name is not None}
        except ValueError:
            faults.append(f"Texten {code} har en klammer som inte är sluten.")
            continue
        faults += [
            f"Texten {code} har {{{name}}}, men bara {_listed(code)} kan fyllas i."
            for name in sorted(places - set(_OUTSIDE.get(code, _PLACES)))
        ]
    return faults


def _listed(code: str) -> str:
    return " och ".join(f"{{{place}}}" for place in _OUTSIDE.get(code, _PLACES))


def _closed_paths(policy: Policy) -> list[str]:
    """Find cells where SAS would not be asked although the product's floor says so.

    The floor: value ≥ 8 with consequence ≥ 3, or consequence 4 whatever the value. A policy
    may open the path earlier, never later.
    """
    return [
        f"Konsekvens {consequence} och sannolikhet {likelihood} ({track}) måste gå till SAS."
        for consequence in range(1, 5)
        for likelihood in range(1, 5)
        for track in Track
        if (consequence == 4 or (consequence >= 3 and consequence * likelihood >= 8))  # noqa: PLR2004
        and not any(
            rule.sas_position
            and track in rule.tracks
            and any(floor.reached(consequence, likelihood) for floor in rule.when)
            for rule in policy.escalation
        )
    ]
