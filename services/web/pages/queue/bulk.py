"""Gives one command to each of several cases through the one door, and tells how it went."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from pydantic import BaseModel

from infra.people.identity import Actor
from infra.store import StaleCase
from infra.vault.case_keys import CaseErased
from services.command_forms import CommandForm, form_of
from services.give import Forbidden, Order, give
from services.web.pages.queue.rows import Row
from workflows import Refusal
from workflows.access import COMMANDS

MAY_BE_MANY: Final = ("assign", "link", "pause-deadline")
"""What may be done to several cases at once: never to close, to judge or to answer."""

FORMS: Final[Mapping[str, CommandForm]] = {it: form_of(COMMANDS[it]) for it in MAY_BE_MANY}
_NOT_YOURS: Final = "Du har inte behörighet till det i det här ärendet."
_STALE: Final = "Någon annan ändrade ärendet samtidigt. Försök igen."
_ERASED: Final = "Ärendets texter är raderade. Det går inte att skriva mer i det."


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went with one case: done, or why not."""

    row: Row
    done: bool
    says: str


@dataclass(frozen=True, slots=True)
class Many:
    """A command for several cases, and who gives it."""

    action: str
    actor: Actor
    trace: str

    async def give(self, row: Row, filled: BaseModel, done: str) -> Outcome:
        """Give it to one case; `done` is said where it was taken, and a no in its own words."""
        try:
            await give(self._order(row.item.case_id, filled))
        except Forbidden:
            return Outcome(row, done=False, says=_NOT_YOURS)
        except StaleCase:
            return Outcome(row, done=False, says=_STALE)
        except CaseErased:
            return Outcome(row, done=False, says=_ERASED)
        except Refusal as refusal:
            return Outcome(row, done=False, says=str(refusal))
        return Outcome(row, done=True, says=done)

    def _order(self, case_id: UUID, filled: BaseModel) -> Order:
        return Order(
            case_id=case_id,
            action=self.action,
            command=COMMANDS[self.action],
            form=FORMS[self.action],
            filled=filled,
            actor=self.actor,
            trace=self.trace,
        )
