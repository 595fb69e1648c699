"""What people see in a browser: the same commands as the API, through the same door."""

from fastapi import Depends, FastAPI

from services.web.pages import entry, me, refused, static_files
from services.web.pages.admin import (
    absences,
    changes,
    notices,
    overview,
    people,
    person,
    person_tokens,
    policies,
    policy_upload,
    quarantine,
    readings,
    texts,
    units,
)
from services.web.pages.desk import case, step
from services.web.pages.guard import same_origin

_ADMIN = (
    *(overview, units, people, person, person_tokens, absences, policies, policy_upload),
    *(texts, quarantine, notices, readings, changes),
)
_PARTS = (entry, me, *_ADMIN, case, step)


def install(app: FastAPI) -> None:
    """Put every page into the application, closed to forms of other sites."""
    for part in _PARTS:
        app.include_router(part.router, dependencies=[Depends(same_origin)])
    app.include_router(static_files.router)
    refused.install(app)
