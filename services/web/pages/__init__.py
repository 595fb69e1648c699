"""What people see in a browser: the same commands as the API, through the same door."""

from fastapi import Depends, FastAPI

from services.web.pages import entry, refused, static_files
from services.web.pages.desk import case, step
from services.web.pages.guard import same_origin
from services.web.pages.queue import chosen, keep, listing, live

_PARTS = (entry, case, step, listing, keep, chosen, live)


def install(app: FastAPI) -> None:
    """Put every page into the application, closed to forms of other sites."""
    for part in _PARTS:
        app.include_router(part.router, dependencies=[Depends(same_origin)])
    app.include_router(static_files.router)
    refused.install(app)
