"""The same text as others would have typed it: what is suggested should stay the same."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Final

from workflows.classify import Model, Suggestion, suggest
from workflows.classify.reading import read

_NAMES: Final = ("Ingrid", "Abdi", "Tuva", "Göran", "Fatuma", "Åse", "Storgatan", "Solbacken")
_KEYS: Final = "qwertyuiopåasdfghjklöäzxcvbnm"
_TYPED_WRONG: Final = 12
"""One letter in so many words is wrong: two or three in an ordinary report."""


def upper(text: str, _: Random) -> str:
    """Shout it."""
    return text.upper()


def without_marks(text: str, _: Random) -> str:
    """Type it on a keyboard without å, ä and ö."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(it for it in apart if not unicodedata.combining(it))


def twice(text: str, _: Random) -> str:
    """Send it twice in one."""
    return f"{text} {text}"


def mistyped(text: str, by: Random) -> str:
    """Swap, lose, double or miss a key in some of the longer words."""
    words = text.split(" ")
    long = [n for n, it in enumerate(words) if len(it) > 3]  # noqa: PLR2004 - short ones change
    for n in by.sample(long, min(len(long), max(1, len(words) // _TYPED_WRONG))):
        words[n] = _slip(words[n], by)
    return " ".join(words)


def _slip(word: str, by: Random) -> str:
    at = by.randrange(1, len(word) - 1)
    match by.randrange(4):
        case 0:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case 1:
            return word[:at] + word[at + 1 :]
        case 2:
            return word[:at] + word[at] + word[at:]
        case _:
            return word[:at] + by.choice(_KEYS) + word[at + 1 :]


def renamed(text: str, by: Random) -> str:
    """Say it of somebody else, somewhere else, and of another number of hours."""
    told = "".join(str(by.randrange(10)) if it.isdecimal() else it for it in text)
    names = [it for it in read(told) if it.capital]
    for it in reversed(names):
        told = told[: it.start] + by.choice(_NAMES) + told[it.end :]
    return told


WAYS: Final[Mapping[str, Callable[[str, Random], str]]] = {
    "upper case": upper,
    "without å, ä, ö": without_marks,
    "twice": twice,
    "typing errors": mistyped,
    "another name, place and number": renamed,
}


def stays(model: Model, texts: Sequence[str], seed: int = 1) -> dict[str, float]:
    """Return, for each way of typing it, the share of texts whose suggestion stays the same."""
    by = Random(seed)  # noqa: S311 - the same texts every time
    plain = [suggest(model, it) for it in texts]
    return {
        name: round(
            sum(
                _same(was, suggest(model, way(it, by)))
                for it, was in zip(texts, plain, strict=True)
            )
            / len(texts),
            3,
        )
        for name, way in WAYS.items()
    }


def _same(one: Suggestion, other: Suggestion) -> bool:
    return one.label == other.label
