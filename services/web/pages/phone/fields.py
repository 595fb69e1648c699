"""Reads the form of a browser without scripts, by the same rules as the page's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID, uuid4

from pydantic import ValidationError

from events import Harm, Source
from services.intake.form import LONGEST, YEARS, ReportForm
from services.texts import Texts
from services.web.pages.posted import Posted
from workflows.rules.calendar import ZONE
from workflows.terms.tiles import TILES

NAMES: Final = ("category", "text", "about", "harm", "when", "day", "time", "lex", "anonymous")
HARMS: Final[Mapping[str, Harm]] = {
    "nej": Harm.NONE,
    "risk": Harm.NEAR_MISS,
    "lite": Harm.MINOR,
    "mycket": Harm.SERIOUS,
    "vetej": Harm.UNKNOWN,
}
"""The texts' names of the answers, by what they mean."""
WHENS: Final = ("nyss", "idag", "igar", "annan")
_LONGEST_ABOUT: Final = 500
_NOON: Final = time(12)


@dataclass(frozen=True, slots=True)
class Filled:
    """What was filled in, what is wrong with it by field, and the report if nothing is."""

    report_id: UUID
    values: Mapping[str, str]
    wrong: Mapping[str, str]
    form: ReportForm | None


class _Wrong(Exception):  # noqa: N818 - becomes words in the form
    """A field can't be used; the arguments are its name and the words for it."""


def empty() -> Filled:
    """Return a form that nobody has filled in, with an id of its own."""
    return Filled(uuid4(), dict.fromkeys(NAMES, "") | {"when": WHENS[0]}, {}, None)


def filled(posted: Posted, unit: str, t: Texts, now: datetime) -> Filled:
    """Read what was sent; nothing of it is lost when something is wrong."""
    values = {name: posted.one(name) for name in NAMES}
    report_id = _id(posted.one("report_id"))
    wrong = _wrong(values, t)
    happened_at = None
    try:
        happened_at = _happened(values, t, now)
    except _Wrong as why:
        field, says = why.args
        wrong[field] = says
    if wrong:
        return Filled(report_id, values, wrong, None)
    try:
        form = ReportForm(
            unit=unit,
            text=values["text"],
            harm=HARMS[values["harm"]],
            category=values["category"],
            about=values["about"] or None,
            occurred_at=happened_at,
            written_at=now,
            source=Source.PHONE,
            anonymous=bool(values["anonymous"]),
            lex_sarah=bool(values["lex"]),
        )
    except ValidationError as error:
        field = str((error.errors()[0]["loc"] or ("text",))[0])
        return Filled(report_id, values, {field: t("fel.text.tecken")}, None)
    return Filled(report_id, values, {}, form)


def _id(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        return uuid4()


def _wrong(values: Mapping[str, str], t: Texts) -> dict[str, str]:
    wrong = {}
    if values["category"] not in TILES:
        wrong["category"] = t("fel.typ")
    if not values["text"]:
        wrong["text"] = t("fel.text")
    elif (more := len(values["text"]) - LONGEST) > 0:
        wrong["text"] = t("fel.text.lang", n=more)
    if len(values["about"]) > _LONGEST_ABOUT:
        wrong["about"] = t("fel.vem.lang")
    if values["harm"] not in HARMS:
        wrong["harm"] = t("fel.skada")
    if values["lex"] and values["anonymous"]:
        wrong["lex"] = t("fel.lex.namn")
    return wrong


def _happened(values: Mapping[str, str], t: Texts, now: datetime) -> datetime:
    """Return the moment; a day without a time is noon, or now where noon has not been."""
    here = now.astimezone(ZONE)
    when = values["when"] or WHENS[0]
    if when == "nyss":
        return now
    if when not in WHENS:
        raise _Wrong("when", t("fel.nar"))
    day = here.date() - timedelta(days=when == "igar")
    if when == "annan":
        try:
            day = date.fromisoformat(values["day"])
        except ValueError:
            raise _Wrong("day", t("fel.dag")) from None
        if day.year not in YEARS:
            raise _Wrong("day", t("fel.dag"))
        if day > here.date():
            raise _Wrong("day", t("fel.datum"))
    if not values["time"]:
        return min(now, datetime.combine(day, _NOON, ZONE))
    try:
        clock = time.fromisoformat(values["time"].replace(".", ":"))
    except ValueError:
        raise _Wrong("time", t("fel.tid")) from None
    moment = datetime.combine(day, clock.replace(tzinfo=None), ZONE)
    if moment > now:
        raise _Wrong("time", t("fel.framtid"))
    return moment
