"""A policy as its page tells it, part by part."""

from typing import Any, Final

from workflows import Policy
from workflows.rules import policy_words
from workflows.terms.categories import CATEGORIES
from workflows.terms.labels import NOTICES, ROLES, ROUTES, RUNGS

_ALARMS: Final = (
    "ticked_serious",
    "danger_words",
    "lex_sarah_reported",
    "position_taken",
    "ivo_required",
)


def parts_of(policy: Policy) -> dict[str, Any]:
    """Return everything the page shows of a policy, in words."""
    return {
        "matrix": policy_words.matrix(policy),
        "bands": _bands(policy),
        "rules": policy_words.rules(policy),
        "alarms": [
            (it.why, policy_words.alarm(it))
            for it in (getattr(policy, name) for name in _ALARMS)
        ],
        "decides": (
            ("Lex Sarah", policy_words.roles(policy.decides.lex_sarah)),
            ("Anmälan till IVO", policy_words.roles(policy.decides.ivo)),
        ),
        "receivers": [
            (ROUTES[route], it.name, ROLES[it.role] if it.role else "")
            for route, it in policy.receivers.items()
        ],
        "targets": [
            (it.what, policy_words.span(it), policy_words.reminds(it), it.source)
            for it in policy.targets.values()
        ],
        "rungs": [RUNGS[it] for it in policy.ladder.rungs],
        "categories": [
            (it.label, it.code not in policy.categories_off) for it in CATEGORIES.values()
        ],
        "notices": [(NOTICES.get(code, code), words) for code, words in policy.notices.items()],
        "days_off": _days(policy),
    }


def _bands(policy: Policy) -> list[tuple[str, str]]:
    """Say from which value to which each band goes."""
    bands = sorted(policy.matrix.bands, key=lambda it: it.from_value)
    ends = [*(it.from_value - 1 for it in bands[1:]), 16]
    return [
        (it.label, f"{it.from_value}–{end}" if end > it.from_value else str(end))
        for it, end in zip(bands, ends, strict=True)
    ]


def _days(policy: Policy) -> list[str]:
    eves = "är arbetsdagar" if policy.eves_are_working_days else "är lediga"
    squeeze = "är arbetsdagar" if policy.squeeze_days_are_working_days else "är lediga"
    return [f"Aftnar {eves}.", f"Klämdagar {squeeze}."]
