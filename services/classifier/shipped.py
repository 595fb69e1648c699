"""The model that comes with the product, learned from `services/training/examples`.

`make model` makes it anew; a test asks that it is what the examples give.
"""

from functools import cache
from pathlib import Path
from typing import Final

from workflows.classify import Model
from workflows.classify.packing import unpack

FILE: Final = Path(__file__).with_name("shipped.model")


@cache
def shipped() -> Model:
    """Return the model, read from its file at the first use (half a second)."""
    return unpack(FILE.read_bytes())
