"""The ten categories of a deviation. There is no "Annat": what does not fit is routed.

Source: Herrljunga kommun, kvalitetsberättelse 2020, 5.3.1, where "Annat" was abolished.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of deviation, in the words people choose it by."""

    code: str
    label: str
    subtypes: tuple[tuple[str, str], ...] = ()


CATEGORIES: Final = {
    row.code: row
    for row in (
        Category(
            "utebliven_insats",
            "Utebliven insats",
            (
                ("ej_utford", "Ej utförd"),
                ("senarelagd", "Senarelagd"),
                ("forkortad", "Förkortad"),
                ("verksamhet_stangd", "Verksamhet stängd"),
            ),
        ),
        Category("omsorg", "Omsorg"),
        Category("otrygghet", "Otrygghet"),
        Category("information", "Information"),
        Category("dokumentation", "Dokumentation"),
        Category("bemotande", "Bemötande"),
        Category("handlaggning", "Handläggning"),
        Category("sekretess", "Sekretess"),
        Category("larm_telefoni", "Larm/telefoni"),
        Category("vardesaker", "Värdesaker"),
    )
}
