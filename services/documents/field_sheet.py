"""The field sheet: each field of IVO's form with the value to copy into it."""

from collections.abc import Sequence
from typing import Any, Final

from services.documents import wording as say
from services.documents.content import Content
from services.documents.form import PARTS
from services.documents.investigation import head
from services.documents.typeset import pdf

MARK: Final = "Fältets namn är inte bekräftat"
_MARK_PART: Final = "Rubriken är inte bekräftad"
_WARNING: Final = "Läs detta först"
_ADVICE: Final = (
    "Jämför med IVO:s formulär innan du för in något. Formuläret kan ha ändrats.",
    f"”{MARK}” betyder att vi inte har kunnat läsa fältets namn på dagens formulär.",
    "Inget kan ändras hos IVO när anmälan är skickad. Kontrollera allt en gång till.",
    "Skicka i IVO:s e-tjänst eller med post. Skicka aldrig med e-post eller fax.",
    "Post går till den avdelning hos IVO som har hand om området där verksamheten ligger.",
    "Råden, och tiden två månader, kommer från äldre sidor. Kontrollera dem hos IVO.",
)
_NO_FILES: Final = "Paketet är inte gjort än."


def field_sheet_pdf(
    content: Content,
    files: Sequence[tuple[str, str]] = (),
    left_out: Sequence[tuple[str, str]] = (),
) -> bytes:
    """Return "Fältblad för IVO:s formulär".

    `files` are the names in the pack with what each is; `left_out` those that can not go, with
    the reason.
    """
    return pdf("field_sheet", values(content, files, left_out))


def values(
    content: Content,
    files: Sequence[tuple[str, str]] = (),
    left_out: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """Return the field sheet as the template reads it."""
    return head(content, "Fältblad för IVO:s formulär") | {
        "facts": [
            ("Formulär", "Anmälan – lex Sarah"),
            ("Nummer", say.line(content.numbers.ours)),
            ("Diarienummer", say.line(content.numbers.registry)),
            ("Paketets version", str(content.version)),
            ("Fältbladets datum", say.day(content.made)),
        ],
        "warning": _WARNING,
        "advice": _ADVICE,
        "mark": MARK,
        "mark-part": _MARK_PART,
        "parts": filled_in(content),
        "files": [(say.line(name), say.line(what)) for name, what in files],
        "no-files": _NO_FILES,
        "left-out": [(say.line(name), say.line(why)) for name, why in left_out],
    }


def filled_in(content: Content) -> list[dict[str, Any]]:
    """Return the form's parts with a value for each field, in the form's order."""
    return [
        {
            "title": part.title,
            "confirmed": part.confirmed,
            "fields": [
                {
                    "label": field.label,
                    "confirmed": field.confirmed,
                    "value": field.value(content),
                }
                for field in part.fields
            ],
        }
        for part in PARTS
    ]
