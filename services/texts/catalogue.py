"""Reads a folder of texts and answers in one language, with Swedish where a word is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from string import Formatter
from typing import Final

import orjson

from services.texts.languages import SWEDISH, Language

_MANY: Final = "n"
_NEAR: Final = {
    timedelta(): "dag.idag",
    timedelta(days=-1): "dag.igar",
    timedelta(days=1): "dag.imorgon",
}


class BrokenTexts(Exception):  # noqa: N818 - says what to mend
    """A translation that would fail in front of somebody; the message says which keys."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language, by key. A key that Swedish lacks raises `KeyError`."""

    language: Language
    _own: Mapping[str, str]
    _swedish: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """Return a text with its values filled in; a value it lacks raises `KeyError`."""
        return self._words(key).format_map(values)

    def plural(self, key: str, n: int, /, **values: object) -> str:
        """Return the text for this many: `key.1`, `key.2` … if there is one, else `key.n`."""
        many = f"{key}.{_MANY}"
        source = self._own if many in self._own else self._swedish
        return source.get(f"{key}.{n}", source[many]).format_map({_MANY: n, **values})

    def day(self, on: date, today: date | None = None) -> str:
        """Say a day as one would say it today; without a today as it is written on paper."""
        if today and (near := _NEAR.get(on - today)):
            return self(near)
        return self(
            "dag.datum" if today and today.year == on.year else "dag.datum.ar",
            veckodag=self(f"dag.vecka.{on.isoweekday()}"),
            dag=on.day,
            manad=self(f"dag.manad.{on.month}"),
            ar=on.year,
        )

    def part(self, *families: str) -> dict[str, str]:
        """Return what a script needs: the keys below these names, values not filled in."""
        every = {**self._swedish, **self._own}
        found: dict[str, str] = {}
        for family in families:
            below = {key: every[key] for key in every if f"{key}.".startswith(f"{family}.")}
            if not below:
                raise KeyError(family)
            found |= below
        return found

    def own(self, key: str) -> str | None:
        """Return the words in this very language; None where Swedish ones are shown instead."""
        return self._own.get(key)

    def swedish(self, key: str) -> str:
        """Return the Swedish words, to show beside translated ones."""
        return self._swedish[key]

    def _words(self, key: str) -> str:
        swedish = self._swedish[key]  # first: what Swedish lacks is missing in every language
        return self._own.get(key, swedish)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every language that has texts."""

    languages: Mapping[str, Language]
    _words: Mapping[str, Mapping[str, str]]

    def texts(self, code: str | None) -> Texts:
        """Return the texts of a language; Swedish for none, and for one we do not have."""
        chosen = code if code and code in self.languages else SWEDISH
        return Texts(self.languages[chosen], self._words[chosen], self._words[SWEDISH])

    def keys(self) -> list[str]:
        """List every key, in the order of the Swedish file."""
        return list(self._words[SWEDISH])

    def untranslated(self, code: str) -> list[str]:
        """List the keys that are shown in Swedish to whoever has chosen this language."""
        return [key for key in self._words[SWEDISH] if key not in self._words[code]]


def read(folder: Path, known: Mapping[str, Language]) -> Catalogue:
    """Read the texts of the known languages that have a file, or raise `BrokenTexts`."""
    words = {
        code: orjson.loads(path.read_bytes())
        for code in known
        if (path := folder / f"{code}.json").exists()
    }
    for code, own in words.items():
        if faults := _faults(own, words[SWEDISH]):
            raise BrokenTexts(f"{code}.json: {' '.join(faults)}")
    return Catalogue({code: known[code] for code in words}, words)


def places(words: str) -> frozenset[str]:
    """Return the names of the values that a text asks for."""
    return frozenset(name for _, name, *_ in Formatter().parse(words) if name is not None)


def _faults(own: Mapping[str, str], swedish: Mapping[str, str]) -> list[str]:
    faults = []
    for key, words in own.items():
        stem, _, last = key.rpartition(".")
        theirs = swedish.get(f"{stem}.{_MANY}") if last.isdecimal() else None
        allowed = swedish.get(key, theirs)
        if allowed is None:
            faults.append(f"{key} finns inte på svenska.")
        elif not places(words) <= places(allowed) | places(theirs or ""):
            faults.append(f"{key} har något att fylla i som inte finns på svenska.")
    return faults
