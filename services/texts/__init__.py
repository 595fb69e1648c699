"""What the phone and the citizen's pages say, in every language we have; desks speak Swedish.

`t = texts(code)` and then `t("rapport.titel")`. A new language is a row in `languages` and a
file of texts; what the file lacks is shown in Swedish.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from services.texts.catalogue import BrokenTexts, Catalogue, Texts, read
from services.texts.languages import KNOWN, SWEDISH, Language
from services.texts.unverified import UNREVIEWED, UNVERIFIED

__all__ = [
    "LANGUAGES",
    "SWEDISH",
    "UNREVIEWED",
    "UNVERIFIED",
    "BrokenTexts",
    "Language",
    "Texts",
    "keys",
    "texts",
    "untranslated",
]


@cache
def _shipped() -> Catalogue:
    return read(Path(__file__).parent, KNOWN)


LANGUAGES: Final[Mapping[str, Language]] = _shipped().languages
"""The languages that can be chosen, by code, in the order to offer them."""


def texts(code: str | None) -> Texts:
    """Return the texts of a language; Swedish for None and for one we do not have."""
    return _shipped().texts(code)


def untranslated(code: str) -> list[str]:
    """List the keys that are shown in Swedish to whoever has chosen this language."""
    return _shipped().untranslated(code)


def keys() -> list[str]:
    """List every key, in the order of the Swedish file."""
    return _shipped().keys()
