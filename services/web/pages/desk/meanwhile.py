"""What others did in a case after somebody read it, and whether a form was sent before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from pydantic import BaseModel

from infra.people.identity import Actor
from services.case_view import CaseView
from services.case_view.parts import Moment
from services.web.pages.desk.history import is_system

_WITHOUT_FIELDS: Final = {
    "start-investigation": "case.investigation_started",
    "close": "case.closed",
}
"""Commands that say nothing but themselves, by the fact they become."""
_CALLED: Final = {"person": "recused"}
"""Fields of a command that its fact calls something else."""


def by_people(case: CaseView, since: int) -> list[Moment]:
    """List what people did after a sequence, with what followed from it."""
    return [it for it in case.timeline if it.sequence > since and not is_system(it)]


def already_done(news: Sequence[Moment], action: str, filled: BaseModel, actor: Actor) -> bool:
    """Tell whether the same person has said the very same already: a form sent twice."""
    mine = [it for it in news if it.by == str(actor.account_id)]
    given = filled.model_dump(exclude_none=True)
    if not given:
        return any(it.type == _WITHOUT_FIELDS.get(action) for it in mine)
    return any(_says(it, given) for it in mine)


def _says(moment: Moment, given: dict[str, Any]) -> bool:
    told = moment.fact | moment.words
    return all(
        name in told and _same(told[name], value)
        for name, value in ((_CALLED.get(name, name), value) for name, value in given.items())
    )


def _same(told: Any, value: Any) -> bool:
    if isinstance(value, datetime):
        return isinstance(told, str) and datetime.fromisoformat(told) == value
    if isinstance(value, tuple):
        return isinstance(told, list) and list(map(str, value)) == told
    return bool(told == value or told == str(value))
