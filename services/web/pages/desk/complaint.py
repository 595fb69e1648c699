"""A complaint's page."""

from typing import Final

from services.web.pages.desk.faces import Face

FACE: Final = Face("desk/complaint.html")
