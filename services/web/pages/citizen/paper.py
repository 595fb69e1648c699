"""The same questions on paper: to print, fill in by hand, and hand to staff who type it in."""

from fastapi import APIRouter, Request, Response

from services.web.pages.citizen.ask import ROLES, WAYS
from services.web.pages.citizen.places import places
from services.web.pages.citizen.receipt import municipality, where_to_read
from services.web.pages.citizen.told import CONTACTS
from services.web.pages.look import page

router = APIRouter(include_in_schema=False)


@router.get("/synpunkt/blankett")
async def paper(request: Request) -> Response:
    """Show the form as it is printed."""
    where = await places()
    reception = where.known[where.reception] if where.reception else None
    return page(
        request,
        "citizen/paper.html",
        roles=ROLES,
        ways=WAYS,
        contacts=CONTACTS,
        municipality=await municipality(),
        reception=reception.name if reception else "",
        address=where_to_read(request),
    )
