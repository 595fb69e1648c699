"""What somebody has told so far: it travels in the form from page to page and nowhere else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Self
from uuid import UUID, uuid4

from pydantic import ValidationError

from services.intake.complaint import ComplaintBody, ToldBack
from services.intake.form import LONGEST
from services.web.pages.citizen.places import Places
from services.web.pages.posted import Posted

FIELDS: Final[Mapping[int, tuple[str, ...]]] = {
    1: ("relation",),
    2: ("unit", "unit_unknown"),
    3: ("text", "wish", "when", "about"),
    4: ("way", "email", "phone", "letter", "name", "language"),
}
"""What each page asks."""
CHECK: Final = 5
"""The page after the questions, where it is all read through."""
CONTACTS: Final = {ToldBack.EMAIL: "email", ToldBack.PHONE: "phone", ToldBack.LETTER: "letter"}
"""The field for each way to reach somebody; what stands in the others is not sent."""
LONGEST_LINE: Final = 200

_SHOWN_AS: Final = {"answer_way": "way", "complainant": "name"}
_EMPTY: Final = {
    "relation": "klagomal.fel.roll",
    "text": "klagomal.fel.text",
    "way": "klagomal.fel.svar",
    "email": "klagomal.fel.epost",
    "phone": "klagomal.fel.telefon",
    "letter": "klagomal.fel.brev",
}


class Fault(NamedTuple):
    """What is wrong with a field: a text, and what to fill in there."""

    key: str
    values: Mapping[str, int] = {}


@dataclass(frozen=True, slots=True)
class Told:
    """The answers, under the id that makes sending them twice harmless.

    `checked` is set once somebody has come to the end: after a change they go back there.
    """

    told_id: UUID
    checked: bool
    answers: Mapping[str, str]

    @classmethod
    def read(cls, form: Posted) -> Self:
        """Read what a page held; an id that is none becomes a new one."""
        answers = {name: form.one(name) for names in FIELDS.values() for name in names}
        return cls(id_of(form.one("id")), form.has("checked"), answers)

    def __getitem__(self, name: str) -> str:
        """Return an answer, empty where there is none."""
        return self.answers.get(name, "")

    def carried(self, step: int) -> Iterator[tuple[str, str]]:
        """Give what goes along unseen when a page asks something else."""
        yield "id", str(self.told_id)
        if self.checked or step == CHECK:
            yield "checked", "1"
        shown = FIELDS.get(step, ())
        yield from ((name, it) for name, it in self.answers.items() if it and name not in shown)

    def body(self, places: Places) -> ComplaintBody:
        """Return it as it is sent; raises `ValidationError`."""
        way = self["way"]
        reached = CONTACTS.get(ToldBack(way)) if way in set(ToldBack) else None
        return ComplaintBody.model_validate(
            {
                "unit": places.code_of(self["unit"]),
                "text": self.story(places),
                "wish": self["wish"] or None,
                "relation": self["relation"],
                "answer_way": way,
                "contact": (self[reached] or None) if reached else None,
                "complainant": (self["name"] or None) if reached else None,
                "about": self["about"] or None,
                "language": self["language"] or None,
            }
        )

    def story(self, places: Places) -> str:
        """Return the text with what has no field of its own in lines above it.

        Whoever reads the case must see what was written of the place, and of the time as
        somebody remembers it.
        """
        unit = "" if places.code_of(self["unit"]) else self["unit"]
        return under(self["text"], Verksamhet=unit, När=self["when"])

    def faults(self, places: Places) -> dict[str, Fault]:
        """Say what is wrong with which field, in the order they are asked."""
        found = dict(self._own_faults(places))
        try:
            self.body(places)
        except ValidationError as error:
            for one in error.errors(include_url=False, include_input=False):
                name, fault = self._fault(one, places)
                found.setdefault(name, fault)
        order = [name for names in FIELDS.values() for name in names]
        return dict(sorted(found.items(), key=lambda it: order.index(it[0])))

    def _own_faults(self, places: Places) -> Iterator[tuple[str, Fault]]:
        for name in ("unit", "when"):
            if len(self[name]) > LONGEST_LINE:
                yield name, Fault("klagomal.fel.kort", {"n": LONGEST_LINE})
        placed = places.code_of(self["unit"])
        if not self["unit"] and not self["unit_unknown"]:
            yield "unit", Fault("klagomal.fel.var")
        elif placed is None and places.reception is None:
            yield "unit", Fault("klagomal.fel.var.lista")

    def _fault(self, error: Mapping[str, Any], places: Places) -> tuple[str, Fault]:
        field = str(error["loc"][0])
        name = _SHOWN_AS.get(field, field)
        if field == "contact":
            name = CONTACTS[ToldBack(self["way"])]
        too_long = error["type"] == "string_too_long"
        if too_long and name == "text":
            over = len(self.story(places)) - LONGEST
            return name, Fault("klagomal.fel.lang", {"n": over})
        if too_long:
            return name, Fault("klagomal.fel.kort", {"n": error["ctx"]["max_length"]})
        unkept = "\x00" in self[name]
        return name, Fault(
            "klagomal.fel.tecken" if unkept else _EMPTY.get(name, "klagomal.fel.tecken")
        )


def under(text: str, **lines: str) -> str:
    """Put what was also said in lines above a text; an empty text stays empty."""
    above = [f"{label}: {words}" for label, words in lines.items() if words]
    return "\n".join([*above, "", text]) if text and above else text


def first_faulty(faults: Mapping[str, Fault]) -> int | None:
    """Return the first page that has something to mend."""
    return next((step for step, names in FIELDS.items() if faults.keys() & set(names)), None)


def id_of(given: str) -> UUID:
    """Return the id that a form carried, or a new one."""
    try:
        return UUID(given)
    except ValueError:
        return uuid4()
