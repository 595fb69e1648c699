"""Says what a case holds in words, for the templates of its page."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final
from uuid import UUID

from events import AnswerWay, Relation
from infra import clock
from services.case_view.parts import MeasureView
from services.command_forms import form_of
from services.web.pages.desk.guess import Guess, guess_of
from services.web.pages.desk.report import when
from services.web.pages.steps.catalogue import STEPS
from services.web.pages.steps.choices import Scene
from services.web.pages.steps.defaults import begun_with
from services.web.pages.steps.fields import Drawing, Field, fields_of
from workflows.access import COMMANDS
from workflows.law.base import Confidence
from workflows.terms.categories import CATEGORIES
from workflows.terms.points import POINTS

_RELATIONS: Final = {
    Relation.INDIVIDUAL: "Den som får hjälp",
    Relation.RELATIVE: "Anhörig eller vän",
    Relation.OTHER: "Någon annan",
}
_WAYS: Final = {
    AnswerWay.CODE: "Under koden",
    AnswerWay.EMAIL: "Med e-post",
    AnswerWay.PHONE: "Per telefon",
    AnswerWay.LETTER: "Med brev",
    AnswerWay.MEETING: "Vid ett möte",
    AnswerWay.NONE: "Vill inte ha svar",
}
_SUBTYPES: Final = {code: says for row in CATEGORIES.values() for code, says in row.subtypes}
_KILO: Final = 1024


@dataclass(frozen=True)
class Say:
    """The words for one case as one person reads it."""

    scene: Scene

    @cached_property
    def when(self) -> str:
        """When it happened and when we were told."""
        return when(self.scene.case)

    @property
    def today(self) -> date:
        """The local day."""
        return clock.today()

    @property
    def may_take(self) -> bool:
        """Whether the reader may make the case their own with one press."""
        me = self.scene.actor.account_id
        could = any(it.account_id == me for it in self.scene.colleagues)
        case = self.scene.case
        return could and "assign" in case.commands and case.owner != me

    @cached_property
    def loose(self) -> list[MeasureView]:
        """The measures none of whose causes stands any more."""
        standing = {it.cause_id for it in self.scene.case.causes}
        return [it for it in self.scene.case.measures if not standing & set(it.causes)]

    def against(self, cause_id: UUID) -> list[MeasureView]:
        """List the measures against a cause; one against several stands under the first."""
        return [it for it in self.scene.case.measures if self._first(it) == cause_id]

    def _first(self, measure: MeasureView) -> UUID | None:
        standing = (it.cause_id for it in self.scene.case.causes)
        return next((it for it in standing if it in measure.causes), None)

    def causes_of(self, measure: MeasureView) -> list[str]:
        """Name the other causes that a measure is against, beside the one it stands under."""
        causes = [it for it in self.scene.case.causes if it.cause_id in measure.causes]
        return [it.text or it.area_says for it in causes[1:]]

    @cached_property
    def guess(self) -> Guess:
        """What the classifier suggested."""
        return guess_of(self.scene.case.suggestion)

    def unit(self, code: str) -> str:
        """Name a unit."""
        return next((it.name for it in self.scene.units if it.code == code), code)

    def category(self, code: str) -> str:
        """Name a category."""
        return CATEGORIES[code].label if code in CATEGORIES else code

    def subtype(self, code: str) -> str:
        """Name a sub-type."""
        return _SUBTYPES.get(code, code)

    def point(self, code: str) -> str:
        """Name one of the nine points."""
        return POINTS.get(code, code)

    def relation(self, code: Relation) -> str:
        """Say who somebody is to the one it is about."""
        return _RELATIONS[code]

    def way(self, code: str | None) -> str:
        """Say how somebody hears from us."""
        return _WAYS[AnswerWay(code)] if code else "Har inte sagt hur"

    def doubt(self, confidence: str) -> str:
        """Say what a reader must know of a row of the law; empty where it is sure."""
        warning = Confidence(confidence).warning
        return f"{warning[:1].upper()}{warning[1:]}." if warning else ""

    def size(self, count: int) -> str:
        """Say how large a file is."""
        if count < _KILO * _KILO:
            return f"{max(1, round(count / _KILO))} kB"
        return f"{count / _KILO / _KILO:.1f} MB".replace(".", ",")

    def fields(self, step: str) -> list[Field]:
        """List the fields of a step whose form stands on the case page itself."""
        given = begun_with(step, self.scene, {})
        form = form_of(COMMANDS[step])
        return fields_of(Drawing(STEPS[step], form, self.scene, lambda it: given.get(it, [])))
