"""What to do about each finding, and where: for somebody without a command line."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Remedy:
    """What to do, and the page where it is done, if it is done in a page."""

    do: str
    address: str = ""
    label: str = ""


_OPERATOR: Final = "Säg till den som sköter servern"

REMEDIES: Final = {
    "keys": Remedy(
        f"{_OPERATOR}: nyckeln måste läggas tillbaka, annars går texter inte att läsa."
    ),
    "no_unit": Remedy("Lägg till den första enheten.", "/admin/ny-enhet", "Lägg till en enhet"),
    "no_manager": Remedy(
        "Ge någon rollen enhetschef, eller lägg in en ersättare.",
        "/admin/enheter",
        "Till enheterna",
    ),
    "no_sas": Remedy("Ge någon rollen SAS.", "/admin/personer", "Välj person"),
    "no_role": Remedy(
        "Ge dem en roll, eller stäng kontot.",
        "/admin/personer?urval=utan-roll",
        "Visa personerna",
    ),
    "quarantine": Remedy(
        "Läs varför de stannade, rätta det och försök igen.",
        "/admin/karantan",
        "Till karantänen",
    ),
    "unreached": Remedy(
        "Se till att någon har rollen på enheten.", "/admin/aviseringar", "Visa ärendena"
    ),
    "undelivered": Remedy("Kontrollera adresserna.", "/admin/aviseringar", "Visa meddelandena"),
    "unsent": Remedy(f"{_OPERATOR}: reläet går inte eller hinner inte med."),
    "mail": Remedy(f"{_OPERATOR} om ni vill skicka e-post."),
    "stream": Remedy(f"{_OPERATOR}. Rapporterna är sparade och väntar."),
    "handler": Remedy(f"{_OPERATOR}: en del av programmet har stannat. Inget är borta."),
    "closed": Remedy(f"{_OPERATOR}. Telefonerna sparar rapporterna och försöker igen."),
}
"""By `Finding.about`; what is well needs none."""
NOTHING: Final = Remedy("")
