"""Sends what was told through the same door and at the same pace as the API does."""

from collections.abc import Mapping

from fastapi import Request

from infra.absence import absent
from services.intake.group import Full
from services.intake.outside import NoPlace, Taken, Telling, take_in
from services.web.admission import Admission
from services.web.pace import Pace
from services.web.problem import Problem
from workflows import Refusal


class Busy(Exception):  # noqa: N818 - an answer
    """It was not taken in, for no fault of the sender's; the text of `key` says what to do."""

    def __init__(self, key: str, status: int, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(key)
        self.key = key
        self.status = status
        self.headers = dict(headers or {})


async def sent(request: Request, telling: Telling) -> Taken:
    """Take it in; raises `Busy`, or `NoPlace` when no unit takes it."""
    pace: Pace = request.app.state.pace
    admission: Admission = request.app.state.admission
    try:
        pace.take(request.client.host if request.client else "")
        admission.check()
        with pace.turn():
            return await take_in(request.app.state.writer, telling)
    except NoPlace:
        raise
    except Problem as many:
        raise Busy("klagomal.fel.manga", many.status, many.headers) from None
    except Full:
        raise Busy("klagomal.fel.upptaget", 503, {"Retry-After": "60"}) from None
    except Refusal:
        raise Busy("klagomal.fel.server", 409) from None
    except Exception as error:
        if not absent(error):
            raise
        raise Busy("klagomal.fel.server", 503, {"Retry-After": "5"}) from error
