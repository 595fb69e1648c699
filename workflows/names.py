"""How a command is called in an address."""

import re
from typing import Final

_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def kebab(name: str) -> str:
    """Turn `AssessSeverity` into `assess-severity`."""
    return _HUMP.sub("-", name).lower()
