"""What those who told us were told back."""

from typing import ClassVar

from events.base import Code, Event, Words


class ReporterAnswered(Event):
    """The reporter has got an answer, readable where the report was sent."""

    type: ClassVar[str] = "case.reporter_answered"

    words: Words


class ComplainantAnswered(Event):
    """The one who complained behind the report has got an answer."""

    type: ClassVar[str] = "case.complainant_answered"

    words: Words
    way: Code


class AnswerWaived(Event):
    """No answer can or should be given, and why; `whose` is `reporter` or `complainant`."""

    type: ClassVar[str] = "case.answer_waived"

    whose: Code
    ground: Code
    reason: Words
