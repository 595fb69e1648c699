"""What the list shows lies in its address, so that it can be kept, shared and come back to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qs, urlencode

from services.web.pages.queue.views import ENDED, VIEWS
from workflows import CASE_TYPES

PATH: Final = "/att-gora"
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody asked the list to show; `view` is a code in `VIEWS`, or `ENDED`."""

    view: str
    unit: str = ""
    kind: str = ""
    after: str = ""

    @property
    def query(self) -> str:
        """Return it as the query of an address, without what was not chosen."""
        named = {"v": self.view, "enhet": self.unit, "slag": self.kind, "efter": self.after}
        return urlencode({name: value for name, value in named.items() if value})

    @property
    def address(self) -> str:
        """Return where this is shown."""
        return f"{PATH}?{self.query}"

    def with_view(self, view: str) -> "Shown":
        """Return the first page of another view of the same units and kinds."""
        return replace(self, view=view, after="")

    def following(self, cursor: str) -> "Shown":
        """Return the page that begins where a cursor stands."""
        return replace(self, after=cursor)

    @property
    def narrowed(self) -> bool:
        """Tell whether a unit or a kind was chosen."""
        return bool(self.unit or self.kind)


def shown(asked: Mapping[str, str], first: str) -> Shown:
    """Read what an address asks for; what it does not say, or says wrong, is the first view."""
    said = {name: value.strip()[:_LONGEST] for name, value in asked.items()}
    view, kind = said.get("v", ""), said.get("slag", "")
    return Shown(
        view=view if view in VIEWS or view == ENDED else first,
        unit=said.get("enhet", ""),
        kind=kind if kind in CASE_TYPES else "",
        after=said.get("efter", ""),
    )


def read_query(query: str) -> dict[str, str]:
    """Part the query of an address into what it names, the first of each."""
    return {name: values[0] for name, values in parse_qs(query[: _LONGEST * 4]).items()}
