"""The login form: in the chosen language, and with what was being done to go on from."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from fastapi import Request, Response

from services.intake import units
from services.web.pages.look import page

ADDRESS: Final = "/logga-in"
_UNIT: Final = "/r/"


async def login_page(
    request: Request,
    till: str,
    *,
    kept: str = "",
    said: str = "",
    login: str = "",
    wrong: Mapping[str, str] | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Draw the form; of a shared phone it tells the unit it was at, and nothing else."""
    return page(
        request,
        "login.html",
        status=status,
        headers=headers,
        till=till,
        kept=kept,
        said=said,
        login=login,
        wrong=wrong or {},
        place=await _place(till),
        address=to_login(till),
    )


def to_login(till: str) -> str:
    """Return the form's address, with where to go afterwards."""
    return f"{ADDRESS}?till={quote(till, safe='/')}" if till else ADDRESS


async def _place(till: str) -> str:
    """Return the name of the unit whose form somebody comes from; empty for other pages."""
    if not till.startswith(_UNIT):
        return ""
    unit = (await units.described()).get(till.removeprefix(_UNIT).partition("?")[0])
    return unit.name if unit else ""
