"""IVO's form "Anmälan – lex Sarah", as far as it has been seen: a row for each field.

Two headings, the number, the seriousness and the two kinds of sender were read in a
reproduction of the form. The other labels are not confirmed, and the sheet says so at each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from events import LexSarahOutcome, OwnerType
from services.documents import wording as say
from services.documents.content import Content, When
from services.documents.investigation import follow

LATER: Final = (
    "Utredningen sänds senare, så snart den är klar och senast två månader efter anmälan."
)
_TICK: Final = "Kryssa i."
_EMPTY: Final = "Lämna tomt."
_BY_HAND: Final = "Fylls i vid undertecknandet."
_ANOTHER: Final = "Se formuläret. Vad fältet frågar efter är inte känt."


_TOLD_ONLY: Final = frozenset({_TICK, _EMPTY, _BY_HAND, _ANOTHER, say.UNKNOWN})
"""Values that say what to do; they are not to be copied into any field."""


def to_copy(value: str) -> str | None:
    """Return what goes into the form's field of a value; None where that is nothing."""
    return None if value in _TOLD_ONLY else value.removeprefix(f"{_TICK} ")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form: its label, whether the label is confirmed, and what to put there."""

    label: str
    value: Callable[[Content], str]
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the form under its heading."""

    title: str
    fields: tuple[Field, ...]
    confirmed: bool = False


def _ground(code: LexSarahOutcome) -> Callable[[Content], str]:
    def value(content: Content) -> str:
        if content.ground is None:
            return say.UNKNOWN
        return _TICK if content.ground == code else _EMPTY

    return value


def _sent_by(owner: OwnerType) -> Callable[[Content], str]:
    def value(content: Content) -> str:
        if content.sender.owner is not owner:
            return _EMPTY
        return f"{_TICK} {say.sender_name(content.sender)}"

    return value


def _enclosed(content: Content) -> str:
    return "Utredningen bifogas." if content.concluded else LATER


def _described(content: Content) -> str:
    event = content.event
    return f"{say.prose(event.description)}\nKonsekvenser: {say.prose(event.consequences)}"


def _causes(content: Content) -> str:
    return "\n".join(say.prose(it.text) for it in content.causes) or say.UNKNOWN


def _taken(content: Content) -> str:
    at_once = [
        f"{say.moment(it.at)}: {say.prose(it.text)}" for it in say.in_order(content.protections)
    ]
    done = [f"{say.day(it.done)}: {say.prose(it.text)}" for it in content.measures if it.done]
    return "\n".join(at_once + done) or say.UNKNOWN


def _planned(content: Content) -> str:
    planned = (it for it in content.measures if it.done is None)
    return (
        "\n".join(
            f"{say.prose(it.text)} ({'; '.join(follow(it).splitlines())})" for it in planned
        )
        or say.UNKNOWN
    )


def _span(say_one: Callable[[When | None], str]) -> Callable[[Content], str]:
    def value(content: Content) -> str:
        first, last = say_one(content.event.began), say_one(content.event.ended)
        return first if last in {first, say.UNKNOWN} else f"{first} till {last}"

    return value


def _area(content: Content) -> str:
    operation = content.operation
    return say.joined(say.LAWS.get(operation.law), operation.kind)


PARTS: Final = (
    Part(
        "Överst på formuläret",
        (
            Field(
                "Avsändarens diarienummer",
                lambda it: say.line(it.numbers.registry),
                confirmed=True,
            ),
            Field(
                "Ett allvarligt missförhållande",
                _ground(LexSarahOutcome.SERIOUS_MISCONDUCT),
                confirmed=True,
            ),
            Field(
                "En påtaglig risk för ett allvarligt missförhållande",
                _ground(LexSarahOutcome.TANGIBLE_RISK_SERIOUS),
                confirmed=True,
            ),
        ),
        confirmed=True,
    ),
    Part(
        "Anmälan görs av",
        (
            Field("Nämnd i kommun", _sent_by(OwnerType.IN_HOUSE), confirmed=True),
            Field(
                "Namnet på t.ex. bolaget, stiftelsen",
                _sent_by(OwnerType.PRIVATE),
                confirmed=True,
            ),
            Field("Ett tredje alternativ", lambda _: _EMPTY),
        ),
        confirmed=True,
    ),
    Part(
        "Kontaktuppgifter",
        (
            Field("Organisationsnummer", lambda it: say.line(it.sender.org_number)),
            Field("Adress", lambda it: say.line(it.sender.address)),
            Field("Postnummer", lambda it: say.line(it.sender.postal_code)),
            Field("Ort", lambda it: say.line(it.sender.town)),
            Field("Kontaktperson", lambda it: say.line(it.sender.contact.name)),
            Field("Befattning", lambda it: say.line(it.sender.contact.title)),
            Field("Telefon", lambda it: say.line(it.sender.contact.phone)),
            Field("E-post", lambda it: say.line(it.sender.contact.email)),
        ),
    ),
    Part(
        "Var och när har det allvarliga missförhållandet inträffat eller risken förelegat",
        (
            Field("Verksamhetens namn", lambda it: say.line(it.operation.name)),
            Field("Adress", lambda it: say.line(it.operation.address)),
            Field("Kommun", lambda it: say.line(it.operation.municipality)),
            Field("Typ av verksamhet", lambda it: say.line(it.operation.kind)),
            Field("Datum", _span(say.day)),
            Field("Tid", _span(say.clock)),
            Field("Ett sjunde fält", lambda _: _ANOTHER),
        ),
        confirmed=True,
    ),
    Part("Beskrivning", (Field("Vad som hände och konsekvenserna", _described),)),
    Part("Utredningen", (Field("Utredningen bifogas eller sänds senare", _enclosed),)),
    Part(
        "Lagrum eller verksamhetsområde",
        (Field("Ett val i en lista, eller Övrigt", _area),),
    ),
    Part(
        "Orsaker och åtgärder",
        (
            Field("Orsaker", _causes),
            Field("Vidtagna åtgärder", _taken),
            Field("Planerade åtgärder", _planned),
        ),
    ),
    Part(
        "Underskrift",
        (
            Field("Datum", lambda _: _BY_HAND),
            Field("Underskrift", lambda _: _BY_HAND),
            Field("Namn", lambda it: say.line(it.signer.name if it.signer else None)),
            Field("Befattning", lambda it: say.line(it.signer.title if it.signer else None)),
        ),
    ),
)
"""In the form's order."""
