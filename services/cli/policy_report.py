"""What a dry-run of a policy says: a case that would have moved, and the sum."""

from datetime import date
from itertools import groupby
from typing import Any, Final

import orjson

from events import Role
from services.case_view.sentences import sentence
from services.policy_trial import Tally
from workflows.rules.policy_answer import past
from workflows.terms.labels import ROLES
from workflows.trial import SAS_POSITION, Moved, Replay

_SUMMED: Final[dict[tuple[str, bool | None], str]] = {
    ("measures", True): "fler åtgärder hade krävts",
    ("measures", False): "färre åtgärder hade krävts",
    ("label", None): "allvarlighetsgraden hade hetat något annat",
    ("category", None): "kategorin hade inte gått att välja",
    ("deadline", True): "en tid hade varit kortare",
    ("deadline", False): "en tid hade varit längre",
    ("deadline_added", True): "en tid hade tillkommit",
    ("deadline_gone", False): "en tid hade inte funnits",
    ("kept_missed", True): "en tid som hölls hade inte hållits",
    ("missed_kept", False): "en tid som inte hölls hade hållits",
}
"""What a case tells in more detail than the sum can."""
_CANNOT_KNOW: Final = """
Det här vet en provkörning inte:
- Hur människor hade gjort. Ärendena spelas om som om alla gjort samma sak på samma dag, men den
  som har kortare tid eller får veta mer kan göra annorlunda.
- Vad SAS hade svarat på en fråga som aldrig ställdes, och om ett ärende då hade fått avslutas.
- Vem som hade påmints, och vem stegen hade nått när en tid gått ut.
- Om en tid som fortfarande löper hade hållits. Bara tider som någon har uppfyllt räknas.
- Ärenden som fördes in avslutade från ett annat system: de har inga tider."""


def case(replay: Replay, *, as_json: bool) -> str:
    """Say what would have moved in one case."""
    if as_json:
        told = {
            "number": replay.number,
            "unit": replay.unit,
            "moved": [_told(it) for it in replay.moved],
        }
        return orjson.dumps(told).decode()
    lines = [f"{replay.number}, {replay.unit}"]
    for (on, fact), moved in groupby(replay.moved, key=lambda it: (it.on, it.fact)):
        lines.append(f"  {on} {sentence(fact)}")
        lines += [f"    {_upper(it.move.then)}." for it in moved]
    return "\n".join(lines)


def _told(moved: Moved) -> dict[str, Any]:
    move = moved.move
    return {
        "on": moved.on,
        "fact": moved.fact.type,
        "kind": move.kind,
        "more": move.more,
        "role": move.role,
        "says": move.then,
    }


def summary(tally: Tally, since: date, until: date, *, as_json: bool) -> str:
    """Say what all cases add up to, and what a dry-run cannot know."""
    months = max(1, (until.year - since.year) * 12 + until.month - since.month + 1)
    if as_json:
        told = {
            "since": since,
            "until": until,
            "replayed": tally.replayed,
            "moved": tally.moved,
            "kinds": [
                {"kind": kind, "more": more, "role": role, "count": number}
                for (kind, more, role), number in tally.kinds.most_common()
            ],
            "months": [
                {"month": month, "to": subject, "was": was, "would": would}
                for (month, subject), (was, would) in sorted(tally.came.items())
            ],
            "kept_missed": tally.count("kept_missed"),
            "missed_kept": tally.count("missed_kept"),
        }
        return orjson.dumps({"summary": told}).decode()
    about = f"Provkört på {tally.replayed} ärenden från {since} till {until}."
    lines = [f"{about} {tally.moved} hade blivit annorlunda."]
    lines += [f"  {_kind(*it)}: {number}" for it, number in tally.kinds.most_common()]
    lines += _by_month(tally, months)
    lines += [
        f"Tider som hölls men inte hade hållits: {tally.count('kept_missed')}.",
        f"Tider som inte hölls men hade hållits: {tally.count('missed_kept')}.",
    ]
    return "\n".join(lines) + "\n" + _CANNOT_KNOW


def _by_month(tally: Tally, months: int) -> list[str]:
    lines = []
    for subject, (was, would) in tally.subjects().items():
        each = f"{(would - was) / months:+.1f}".replace(".", ",")
        lines.append(f"{_subject(subject)}: {was} → {would} ärenden ({each} i månaden)")
        lines += [
            f"  {month}: {then} → {now}"
            for (month, it), (then, now) in sorted(tally.came.items())
            if it == subject and then != now
        ]
    return lines


def _kind(kind: str, more: bool | None, role: Role | None) -> str:  # noqa: FBT001 - a key
    return _upper(_SUMMED.get((kind, more)) or past(kind, more=bool(more), role=role))


def _subject(subject: str) -> str:
    if subject == SAS_POSITION:
        return "SAS ska ta ställning"
    return f"{ROLES[Role(subject)]} meddelas"


def _upper(words: str) -> str:
    return words[0].upper() + words[1:]
