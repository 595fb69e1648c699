"""The examples the shipped model learned from: our own sentences, read from files beside this.

How they were made stands in `examples/README.md`.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from workflows.terms.categories import CATEGORIES

FOLDER: Final = Path(__file__).with_name("examples")
NAMES: Final = "names.txt"
NOT_A_DEVIATION: Final = "not_a_deviation"
LABELS: Final = (*CATEGORIES, NOT_A_DEVIATION)
SUBTYPES: Final = tuple(code for code, _ in CATEGORIES["utebliven_insats"].subtypes)
ROUTES: Final = (
    "work_environment",
    "health_care",
    "client_declined",
    "other_authority",
    "not_a_deviation",
)


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what it is. `writer` tells apart who wrote it: nobody judges their own.

    `second` is what a second reader called it who did not see `category`, `near` what a
    sensible colleague could have called it. `detail` is the sub-type of a missed insats, or
    the route of what is no deviation; `kind` is that of what somebody outside said.
    """

    text: str
    category: str
    second: str | None
    near: str | None
    detail: str | None
    kind: str | None
    lex_sarah: bool | None
    second_lex_sarah: bool | None
    writer: str


def shipped(folder: Path = FOLDER) -> Iterator[Example]:
    """Yield the examples of every file, by file name."""
    for file in sorted(folder.glob("*.tsv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield Example(
                    text=row["text"],
                    category=row["category"],
                    second=row["second"] or None,
                    near=row["near"] or None,
                    detail=row["detail"] or None,
                    kind=row["kind"] or None,
                    lex_sarah="L" in row["flags"],
                    second_lex_sarah="L" in it if (it := row["second_flags"]) else None,
                    writer=file.stem,
                )


def names(folder: Path = FOLDER) -> frozenset[str]:
    """Return the names of persons, streets and units that tell nothing, folded."""
    return frozenset((folder / NAMES).read_text(encoding="utf-8").split())
