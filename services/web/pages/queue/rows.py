"""A case as a line of the list: what it is about and where, never who or what was told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from events import Phase
from infra.people.accounts import display_names
from infra.people.identity import Actor
from services.queue import QueueItem
from services.suggestions import LABELS
from services.web.pages.said import first_upper
from workflows import CASE_TYPES
from workflows.classify import NOT_A_DEVIATION
from workflows.state import ENDED
from workflows.terms.categories import CATEGORIES
from workflows.terms.labels import FLAGS, PHASES
from workflows.terms.tiles import TILES

_ALARMS: Final = ("nobody_reached", "urgent", "danger_words", "ring_on_call")
_TAGS: Final = (
    *_ALARMS,
    "sas_position_required",
    "possible_lex_sarah",
    "ivo_required",
    "message_waits",
    "receiver_waits",
    "twin",
    "possible_duplicate",
    "unclassified",
)
"""Which flags a list shows, the most important first; the case itself shows them all."""
_MOST_TAGS: Final = 2
_UNTIL_JUDGED: Final = frozenset({"urgent", "danger_words", "possible_lex_sarah"})
_OUTLIVE: Final = frozenset({"message_waits", "receiver_waits"})
"""What may still wait for somebody in a case that has ended."""
_OVER: Final = {"ivo_required": "ivo_notified", "possible_lex_sarah": "lex_sarah_raised"}
"""What no longer needs to be said when the other is so."""
_UNTOUCHED: Final = frozenset({Phase.REPORTED, Phase.RECEIVED, Phase.REQUIRED})


@dataclass(frozen=True, slots=True)
class Tag:
    """A word or two beside a title; an alarm is drawn as one."""

    says: str
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list, in words. `title` is what the case is about, `unit` is where."""

    item: QueueItem
    title: str
    suggested: bool
    unit: str
    kind: str
    status: str
    new: bool
    tags: tuple[Tag, ...]
    owner: str = field(repr=False)

    @property
    def named(self) -> str:
        """The case as a sentence may name it: number, what and where."""
        return f"{self.item.number}, {self.title}, {self.unit}"


async def rows_of(
    session: AsyncSession, items: Sequence[QueueItem], units: Mapping[str, str], actor: Actor
) -> list[Row]:
    """Put cases into words; `units` are the units' names by code."""
    owners = {it.owner for it in items if it.owner is not None}
    names = await display_names(session, owners) if owners else {}
    return [_row(it, units, names, actor) for it in items]


def _row(
    item: QueueItem, units: Mapping[str, str], names: Mapping[UUID, str], actor: Actor
) -> Row:
    title, suggested = _title(item)
    return Row(
        item=item,
        title=title,
        suggested=suggested,
        unit=units.get(item.unit, item.unit),
        kind=CASE_TYPES[item.kind].label,
        status=first_upper(PHASES[Phase(item.phase)]),
        new=item.owner is None and item.phase in _UNTOUCHED,
        tags=_tags(item),
        owner=_owner(item, names, actor),
    )


def _title(item: QueueItem) -> tuple[str, bool]:
    """Return what it is about, and whether that is only a suggestion."""
    if item.category in CATEGORIES:
        return CATEGORIES[item.category].label, False
    if item.suggested_category in CATEGORIES:
        return CATEGORIES[item.suggested_category].label, True
    if item.suggested_route:
        return LABELS[NOT_A_DEVIATION], True
    if item.hint in TILES and TILES[item.hint].categories:
        return TILES[item.hint].label, False
    if item.hint in CATEGORIES:
        return CATEGORIES[item.hint].label, False
    return CASE_TYPES[item.kind].label, False


def _tags(item: QueueItem) -> tuple[Tag, ...]:
    there = set(item.flags)
    if item.phase in ENDED:
        there &= _OUTLIVE
    said = [
        code
        for code in _TAGS
        if code in there
        and not (item.value is not None and code in _UNTIL_JUDGED)
        and _OVER.get(code) not in there
    ]
    return tuple(Tag(FLAGS[code], code in _ALARMS) for code in said[:_MOST_TAGS])


def _owner(item: QueueItem, names: Mapping[UUID, str], actor: Actor) -> str:
    if item.owner is None:
        return "Ingen"
    return "Du" if item.owner == actor.account_id else names.get(item.owner, "Okänd")
