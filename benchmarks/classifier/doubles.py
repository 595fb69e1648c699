"""A year in a town where some events are told by several, to be found among the others.

The events were written by hand, each by two to four reporters in their own words
(`clusters/*.tsv`): what each sign is worth was learned from one file, and is judged by the
other. When and where they are told, and by whom, is drawn. Three in five say when it happened,
within the hour; of the others we know when they wrote, hours later, a relative most of a day.
Three in four name its unit, the others their own too, or another.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final
from uuid import UUID

from services.classifier.duplicates import Told
from workflows.classify import Model, read_by

CLUSTERS: Final = Path(__file__).with_name("clusters")
_START: Final = datetime(2026, 1, 1, tzinfo=UTC)
_UNITS: Final = 40
_PEOPLE: Final = 1200
_NAMED: Final = 0.7
_SAYS_WHEN: Final = 0.6
_WHOLE_NAME: Final = 0.7
_BY_ANOTHER: Final = 0.15
_SAME_UNIT: Final = 0.75
_SAME_OR_BOTH: Final = 0.9
_BEGIN: Final = (
    "an",
    "ber",
    "ka",
    "rin",
    "stig",
    "ul",
    "la",
    "gun",
    "nar",
    "lis",
    "ves",
    "tor",
)
_END: Final = ("lund", "berg", "kvist", "ström", "gren", "man", "vik", "dal")
_HOURS: Final = 6
_RELATIVES_HOURS: Final = 18
_LATEST: Final = 70


@dataclass(frozen=True, slots=True)
class Town:
    """Everything that was told, by time, and which event each report of several is about."""

    reports: Sequence[Told]
    event_of: dict[UUID, int]


def events(name: str) -> list[list[dict[str, str]]]:
    """Return the events of a file, each a list of what its reporters said."""
    told: dict[str, list[dict[str, str]]] = {}
    with (CLUSTERS / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            told.setdefault(row["cluster"], []).append(row)
    return list(told.values())


def town(
    model: Model, others: Sequence[str], name: str = "judged", *, days: int = 365, seed: int = 1
) -> Town:
    """Draw a town in which `others` happened once each, and the events of a file besides."""
    by = Random(seed)  # noqa: S311 - the same town every time
    reports = [*_once(model, others, days, by)]
    event_of: dict[UUID, int] = {}
    for number, event in enumerate(events(name)):
        for told in _told_by_several(model, event, days, by):
            event_of[told.case_id] = number
            reports.append(told)
    return Town(sorted(reports, key=lambda it: it.at), event_of)


def _once(model: Model, texts: Sequence[str], days: int, by: Random) -> Iterator[Told]:
    people = [
        (f"{_name(by, '')} {_name(by, by.choice(_END))}", _unit(by)) for _ in range(_PEOPLE)
    ]
    for text in texts:
        who, unit = by.choice(people)
        about = who if by.random() < _WHOLE_NAME else who.split()[1]
        yield Told(
            case_id=_id(by),
            at=_moment(by, days),
            unit=unit,
            reported_by_unit=_unit(by) if by.random() < _BY_ANOTHER else None,
            about=about.title() if by.random() < _NAMED else "",
            story=read_by(model, text),
        )


def _told_by_several(
    model: Model, event: Sequence[dict[str, str]], days: int, by: Random
) -> Iterator[Told]:
    happened, unit = _moment(by, days), _unit(by)
    for row in event:
        usual = _RELATIVES_HOURS if row["who"] == "relative" else _HOURS
        later = by.random() if by.random() < _SAYS_WHEN else by.expovariate(1 / usual)
        place = by.random()
        yield Told(
            case_id=_id(by),
            at=happened + timedelta(hours=min(later, _LATEST)),
            unit=unit if place < _SAME_OR_BOTH else _unit(by),
            reported_by_unit=_unit(by) if _SAME_UNIT <= place < _SAME_OR_BOTH else None,
            about=row["about"],
            story=read_by(model, row["text"]),
        )


def _name(by: Random, end: str) -> str:
    return f"{by.choice(_BEGIN)}{by.choice(_BEGIN)}{end}"


def _unit(by: Random) -> str:
    return f"unit_{by.randrange(_UNITS)}"


def _moment(by: Random, days: int) -> datetime:
    return _START + timedelta(minutes=by.randrange(days * 24 * 60))


def _id(by: Random) -> UUID:
    return UUID(int=by.getrandbits(128), version=4)
