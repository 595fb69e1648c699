"""A report as it was told: how it came in, who told it, and the words a suggestion built on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from events import Harm, Source
from services.case_view import CaseView
from services.intake.form import YEARS
from services.web.pages.desk.marked import Piece, Quote, pieces, quotes
from services.web.pages.said import day, moment
from workflows.rules.calendar import ZONE, local_day
from workflows.terms.categories import CATEGORIES
from workflows.terms.labels import HARMS
from workflows.terms.tiles import TILES

_CAME: Final = {
    Source.PHONE: "från telefon",
    Source.DESK: "från dator",
    Source.SPOKEN: "berättat för någon som skrev in det",
    Source.PAPER: "på papper",
    Source.WEB: "från webben",
    Source.CALL: "i ett samtal",
    Source.LETTER: "med brev",
    Source.EMAIL: "med e-post",
    Source.IVO: "från IVO",
    Source.CASE: "från ett annat ärende",
    Source.SYSTEM: "från ett annat system",
    Source.IMPORT: "överfört från ett annat system",
}
_AT_ONCE: Final = timedelta(minutes=3)
"""What was written longer before it came had no way here when it was written."""
_CODED: Final = frozenset({"code", "email"})


@dataclass(frozen=True, slots=True)
class Report:
    """What the page says of a report beside its words.

    `came` is how it came in, `about_what` what it seems to be about, `reporter` who told, and
    `reachable` whether they can be answered here. `language` is the one they want to be
    answered in; None is Swedish. `corrected` are the reasons why it was put right.
    """

    came: str
    about_what: str
    harm: str
    reporter: str
    reachable: bool
    anonymous: bool
    complained: bool
    urgent: bool
    language: str | None
    pieces: list[Piece]
    quotes: list[Quote]


def report_of(case: CaseView) -> Report:
    """Read a case's report out of what it began with."""
    first = case.timeline[0]
    fact, words = first.fact, first.words
    evidence = case.suggestion.evidence if case.suggestion else ()
    # A name that is not shown has no field at all; one that nobody gave is empty.
    anonymous = "reporter" in fact and fact["reporter"] is None
    return Report(
        came=_came(fact),
        about_what=_about_what(case, fact),
        harm=HARMS[Harm(case.harm)],
        reporter=_reporter(case, anonymous=anonymous),
        reachable=not anonymous or fact.get("answer_way") in _CODED,
        anonymous=anonymous,
        complained=case.kind == "complaint" or "complainant" in words,
        urgent=bool(fact.get("urgent")),
        language=words.get("language"),
        pieces=pieces(case.text or "", evidence),
        quotes=quotes(case.text or "", evidence),
    )


def _came(fact: Mapping[str, Any]) -> str:
    source = fact.get("source")
    if source is None:
        return ""
    came = _CAME[Source(source)]
    written, received = _at(fact.get("written_at")), _at(fact.get("received_at"))
    if written is None or received is None or abs(received - written) < _AT_ONCE:
        return came
    if written.year not in YEARS:
        return f"{came}, telefonens klocka gick fel"
    how = "skrivet utan nät" if source == Source.PHONE else "skrivet"
    same_day = local_day(written) == local_day(received)
    when = f"{written.astimezone(ZONE):%H.%M}" if same_day else moment(written)
    return f"{came}, {how} {when}"


def _about_what(case: CaseView, fact: Mapping[str, Any]) -> str:
    """Say what it is, else what it seems to be, in the words that somebody chose."""
    if case.category:
        return CATEGORIES[case.category].label
    hint = fact.get("hint")
    if hint in TILES and TILES[hint].categories:
        return TILES[hint].label
    guessed = hint or (case.suggestion.category if case.suggestion else None)
    if guessed in CATEGORIES:
        return CATEGORIES[guessed].label
    return case.kind_says


def _reporter(case: CaseView, *, anonymous: bool) -> str:
    if anonymous:
        return ""
    return case.reporter_name or ""


def _at(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


def when(case: CaseView) -> str:
    """Say when it happened and when we were told."""
    if case.received_at is None:
        return ""
    told = f"Kom in {moment(case.received_at)}."
    if case.occurred_at is None:
        return told
    if case.occurred_at.year not in YEARS:
        return f"Tiden i rapporten kan inte stämma. {told}"
    if local_day(case.occurred_at) == local_day(case.received_at):
        return f"Hände {moment(case.occurred_at)}. {told}"
    return f"Hände {day(case.occurred_at)}. {told}"
