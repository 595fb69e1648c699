"""What is filled in by hand for a pack, in groups: read from the details, and into them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic import ValidationError

from services.ivo_pack.details import PackDetails
from services.plain_errors import in_swedish
from services.web.pages.posted import Posted
from services.web.pages.steps.choices import Option
from services.web.pages.steps.read import Wrong
from workflows.rules.calendar import ZONE
from workflows.terms.labels import OUTCOMES

ATTACHMENTS: Final = "attachments"
ASKED: Final = "attachments_asked"
"""Says that the boxes were on the page: none ticked then means none to send."""
_GROUND: Final = "ground"
GROUNDS: Final = [
    Option("", "Det som ställningstagandet eller beslutet säger"),
    *(Option(it, label) for it, label in OUTCOMES.items() if it.serious),
]
_NO_MOMENT: Final = "Ange dag och klockslag, till exempel 2026-03-02 07:30."


@dataclass(frozen=True, slots=True)
class PackField:
    """A field: where it lies in the details, its words, and how it is drawn.

    `needed` is what no pack is approved without, and that nothing in the case can tell.
    """

    path: str
    label: str
    hint: str = ""
    kind: str = "line"
    needed: bool = True

    @property
    def name(self) -> str:
        """Its name on the page, which is its id too."""
        return self.path.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under a heading."""

    title: str
    fields: tuple[PackField, ...]


GROUPS: Final = (
    Group(
        "Vem som anmäler",
        (
            PackField("sender.name", "Nämnd eller företag", "Till exempel Socialnämnden."),
            PackField("sender.municipality", "Kommun"),
            PackField("sender.org_number", "Organisationsnummer"),
            PackField("sender.address", "Adress"),
            PackField("sender.postal_code", "Postnummer"),
            PackField("sender.town", "Ort"),
        ),
    ),
    Group(
        "Vem IVO kan fråga",
        (
            PackField("sender.contact.name", "Namn"),
            PackField("sender.contact.title", "Befattning"),
            PackField("sender.contact.phone", "Telefon", kind="tel"),
            PackField("sender.contact.email", "E-post", kind="email", needed=False),
        ),
    ),
    Group(
        "Verksamheten",
        (
            PackField("operation.address", "Adress"),
            PackField("operation.municipality", "Kommun"),
            PackField("operation.kind", "Typ av verksamhet", "Till exempel hemtjänst."),
        ),
    ),
    Group(
        "Det som hände",
        (
            PackField(
                "began", "När började det?", "Tomt: det rapporten säger.", "moment", False
            ),
            PackField("ended", "När slutade det?", "Tomt: det hände en gång.", "moment", False),
            PackField(
                "description",
                "Beskrivning",
                "Tomt: anteckningarna under punkt 1 i utredningen.",
                "text",
                needed=False,
            ),
            PackField(
                "consequences",
                "Konsekvenser för den enskilde",
                "Tomt: anteckningarna under punkt 1 i utredningen.",
                "text",
                needed=False,
            ),
        ),
    ),
    Group(
        "Vem som undertecknar",
        (
            PackField("signer_name", "Namn", "Tomt: den som har beslutat.", needed=False),
            PackField("signer_title", "Befattning", needed=False),
        ),
    ),
)
_FIELDS: Final = {field.path: field for group in GROUPS for field in group.fields}


def shown(details: PackDetails) -> dict[str, str]:
    """Return what the fields hold, by their names."""
    told = details.model_dump(mode="python")
    values = {field.name: _shown(_at(told, path)) for path, field in _FIELDS.items()}
    return values | {_GROUND: details.ground or ""}


def read(form: Posted) -> PackDetails:
    """Read the posted fields; what is empty is left to the case. Raises `Wrong`."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for path, field in _FIELDS.items():
        _put(values, path, _READ[field.kind](field, form.one(field.name), wrong))
    values[_GROUND] = form.one(_GROUND) or None
    if form.has(ASKED):
        values[ATTACHMENTS] = form.many(ATTACHMENTS)
    try:
        details = PackDetails.model_validate(values)
    except ValidationError as error:
        wrong = _said(error) | wrong
    if wrong:
        raise Wrong(wrong)
    return details


def _moment(field: PackField, told: str, wrong: dict[str, str]) -> datetime | None:
    if not told:
        return None
    try:
        return datetime.fromisoformat(told).replace(tzinfo=ZONE)
    except ValueError:
        wrong[field.name] = _NO_MOMENT
        return None


def _words(_: PackField, told: str, __: dict[str, str]) -> str | None:
    return told or None


_READ: Final[Mapping[str, Callable[[PackField, str, dict[str, str]], Any]]] = {
    "line": _words,
    "text": _words,
    "tel": _words,
    "email": _words,
    "moment": _moment,
}


def _said(error: ValidationError) -> dict[str, str]:
    raw = error.errors(include_url=False, include_input=False)
    told: dict[str, str] = {}
    for one, plain in zip(raw, in_swedish(raw), strict=True):
        path = ".".join(str(it) for it in one["loc"] if not isinstance(it, int))
        field = _FIELDS.get(path)
        says = plain["says"]
        if field is not None:
            says = says.replace(f"Fältet {plain['field']}", f"”{field.label}”")
        told.setdefault(field.name if field else path, says)
    return told


def _at(told: Mapping[str, Any], path: str) -> Any:
    found: Any = told
    for name in path.split("."):
        found = found.get(name) if found else None
    return found


def _put(values: dict[str, Any], path: str, value: Any) -> None:
    *way, last = path.split(".")
    for name in way:
        values = values.setdefault(name, {})
    values[last] = value


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")
    return value or ""
