"""Draws the administrator's pages: each with the list of them all beside it."""

from typing import Any, Final

from fastapi import Request, Response

from services.web.pages.look import page
from services.web.pages.menu import Item

PLACES: Final = (
    ("/admin", "Så mår systemet"),
    ("/admin/enheter", "Enheter"),
    ("/admin/personer", "Personer"),
    ("/admin/franvaro", "Frånvaro och vakanser"),
    ("/admin/policy", "Policy"),
    ("/admin/texter", "Texter"),
    ("/admin/karantan", "Karantän"),
    ("/admin/aviseringar", "Aviseringar"),
    ("/admin/laslogg", "Läslogg"),
    ("/admin/andringar", "Ändringar"),
)


def admin_page(
    request: Request, template: str, *, at: str, status: int = 200, **context: Any
) -> Response:
    """Draw a page that belongs to one of the places; `at` is that one's address."""
    places = [Item(address, label, address == at) for address, label in PLACES]
    return page(request, template, status=status, places=places, **context)
