"""The languages we have a row for. One is active once its texts lie beside this file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its code for `lang`, its name in itself, its direction for `dir`."""

    code: str
    name: str
    direction: Literal["ltr", "rtl"] = "ltr"


SWEDISH: Final = "sv"

KNOWN: Final[Mapping[str, Language]] = {
    row.code: row
    for row in (
        Language(SWEDISH, "Svenska"),
        Language("en", "English"),
        Language("ar", "العربية", "rtl"),
        Language("so", "Soomaali"),
        Language("fi", "Suomi"),
        Language("ti", "ትግርኛ"),
        Language("fa", "فارسی", "rtl"),
        Language("uk", "Українська"),
        Language("pl", "Polski"),
        Language("bs", "Bosanski"),
    )
}
"""In the order they are offered. What has no texts yet is not offered."""
