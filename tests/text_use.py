"""Where templates, scripts and code use keys of the catalogue.

The convention: `t("rapport.titel")` in a template, `text("nat.inget")` in a script that got its
texts through `part("nat", "kvitto")`, `plural("nat.vantar", n)` in both. What is put together
begins with whole names: `"typ." ~ code`, f"typ.{code}". Keys may also be kept in a table or
handed to a macro, as long as they stand there in full.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson

SERVICES: Final = Path(__file__).parent.parent / "services"
FOLDER: Final = SERVICES / "texts"
SWEDISH: Final[dict[str, str]] = orjson.loads((FOLDER / "sv.json").read_bytes())
KEYS: Final = frozenset(SWEDISH)
FAMILIES: Final = frozenset(key.partition(".")[0] for key in KEYS)
_ABOUT: Final = frozenset({FOLDER / "__init__.py", FOLDER / "unverified.py"})
"""They name keys, but show none."""
_KEY: Final = r"""["'`]([a-z0-9.]+)(?=["'`]|\$?\{)"""
_CALL: Final = re.compile(rf"(?:\b(t|text|swedish|plural)|\btexts\([^()]*\))\(\s*f?{_KEY}")
_PART: Final = re.compile(r"""\bpart\((?:\s*["'][a-z0-9.]+["']\s*,?)+\s*\)""")
_NAME: Final = re.compile(r"""["']([a-z0-9.]+)["']""")
_LITERAL: Final = re.compile(_KEY)
_FILES: Final = frozenset({"html", "js", "css", "svg", "png", "json", "py", "webmanifest"})


@dataclass(frozen=True)
class Use:
    """A key that a file names; ending with a dot it is the beginning of several.

    Asked for, it must be there as it stands; else it may be what plural forms are made from.
    """

    file: str
    key: str
    asked: bool = True

    def meant(self, keys: frozenset[str]) -> frozenset[str]:
        """Return the keys it stands for; none when the catalogue lacks it."""
        if self.key.endswith("."):
            return frozenset(key for key in keys if key.startswith(self.key))
        forms = set() if self.asked else {f"{self.key}.1", f"{self.key}.n"}
        return keys & {self.key, *forms}


def sources(folder: Path = SERVICES) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".html", ".js", ".py"} and path not in _ABOUT:
            yield str(path.relative_to(folder)), path.read_text()


def asked(file: str, source: str) -> Iterator[Use]:
    """Find what is asked for by name: without it the page would fail."""
    for found in _CALL.finditer(source):
        if "." in found[2]:
            yield Use(file, f"{found[2]}.n" if found[1] == "plural" else found[2])


def handed(file: str, source: str) -> Iterator[Use]:
    """Find the families that are handed to scripts."""
    for found in _PART.finditer(source):
        yield from (Use(file, f"{name}.") for name in _NAME.findall(found[0]))


def written(file: str, source: str) -> Iterator[Use]:
    """Find every quoted word that looks like a key, wherever it stands."""
    for found in _LITERAL.finditer(_PART.sub("", source)):
        family, dot, rest = found[1].partition(".")
        if dot and family in FAMILIES and rest.rpartition(".")[2] not in _FILES:
            yield Use(file, found[1], asked=False)
