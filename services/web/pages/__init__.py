"""What people see in a browser: the same commands as the API, through the same door."""

from fastapi import Depends, FastAPI

from services.web.pages import (
    admin,
    citizen,
    entry,
    lex_sarah,
    me,
    mine,
    phone,
    queue,
    refused,
    static_files,
)
from services.web.pages.desk import case, files, step
from services.web.pages.guard import same_origin

_PARTS = (
    *(entry, me),
    *phone.PARTS,
    *mine.PARTS,
    *citizen.PARTS,
    *admin.PARTS,
    *lex_sarah.PARTS,
    *queue.PARTS,
    *(case, files, step),
)


def install(app: FastAPI) -> None:
    """Put every page into the application, closed to forms of other sites."""
    for part in _PARTS:
        app.include_router(part.router, dependencies=[Depends(same_origin)])
    app.include_router(static_files.router)
    refused.install(app)
