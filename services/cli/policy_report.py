"""What a dry-run of a policy says: a case that would have moved, and the sum."""

from datetime import date
from itertools import groupby
from typing import Any

import orjson

from services.case_view.sentences import sentence
from services.policy_trial import Tally
from services.trial_words import CANNOT_KNOW, came, differences, kept, upper
from workflows.trial import Moved, Replay


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
        lines += [f"    {upper(it.move.then)}." for it in moved]
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
    lines += [f"  {it}" for it in differences(tally)]
    lines += [*_by_month(tally, since, until), *kept(tally)]
    lines += ["", "Det här vet en provkörning inte:", *(f"- {it}" for it in CANNOT_KNOW)]
    return "\n".join(lines)


def _by_month(tally: Tally, since: date, until: date) -> list[str]:
    lines = []
    for subject, says in came(tally, since, until).items():
        lines.append(says)
        lines += [
            f"  {month}: {then} → {now}"
            for (month, it), (then, now) in sorted(tally.came.items())
            if it == subject and then != now
        ]
    return lines
