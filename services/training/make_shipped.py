"""Makes the shipped model of the examples: `make model`."""

from hashlib import sha256
from pathlib import Path
from typing import Final

import workflows.classify
from services.classifier import shipped
from services.training import examples
from workflows.classify.packing import pack
from workflows.terms import categories

_ROOT: Final = Path(workflows.classify.__file__).parent
_LEARNING: Final = ("examples.py", "fit.py", "learn.py")
_SEEING: Final = ("*.py", "lexicon/*.py")


def version() -> str:
    """Return the version of a model made now: of the examples, and of what reads and learns."""
    told = sha256()
    here = Path(examples.__file__).parent
    files = [
        *(here / it for it in _LEARNING),
        *(it for pattern in _SEEING for it in _ROOT.glob(pattern)),
        Path(categories.__file__),
        *examples.FOLDER.glob("*.tsv"),
        examples.FOLDER / examples.NAMES,
    ]
    for file in sorted(files, key=lambda it: it.name):
        told.update(file.read_bytes())
    return f"sv-2-{told.hexdigest()[:8]}"


def make() -> Path:
    """Learn from the examples and write the shipped model; return its file."""
    from services.training.learn import learn  # noqa: PLC0415 - takes packages to learn with

    model = learn(list(examples.shipped()), version(), examples.names())
    shipped.FILE.write_bytes(pack(model))
    return shipped.FILE


if __name__ == "__main__":
    print(make())  # noqa: T201 - the command's answer
