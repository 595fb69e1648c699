"""The one list of event classes, and the way from a stored name back to a class."""

from typing import Final

from events import (
    answers,
    classification,
    deadlines,
    ending,
    ivo,
    lex_sarah,
    report,
    severity,
    work,
)
from events.base import Envelope, Event
from events.upcasts import upcast

_CLASSES: Final[tuple[type[Event], ...]] = (
    report.ReportReceived,
    report.LexSarahReported,
    report.ReportCorrected,
    report.HistoryImported,
    classification.ClassificationSuggested,
    classification.ClassificationConfirmed,
    severity.SeverityAssessed,
    severity.CaseEscalated,
    severity.CaseTriaged,
    severity.SasPositionTaken,
    severity.LexSarahRaised,
    work.CaseAssigned,
    work.CaseHandedOver,
    work.PersonRecused,
    work.InvestigationStarted,
    work.InvestigationConcluded,
    work.NoteAdded,
    work.AttachmentAdded,
    work.CauseAdded,
    work.CauseWithdrawn,
    work.MeasureAdded,
    work.ActingResumed,
    work.MeasureCompleted,
    work.MeasureWithdrawn,
    work.AllMeasuresCompleted,
    work.MeasureFollowedUp,
    answers.ReporterAnswered,
    answers.ComplainantAnswered,
    answers.AnswerWaived,
    answers.ComplaintAcknowledged,
    answers.ComplaintKindSet,
    answers.ComplaintAnswered,
    answers.MessageSent,
    answers.MessageReceived,
    lex_sarah.LexSarahReceived,
    lex_sarah.CaseRegistered,
    lex_sarah.PositionTaken,
    lex_sarah.LexSarahDecided,
    lex_sarah.QuestionAnswered,
    lex_sarah.MeasuresVerified,
    lex_sarah.BoardInformed,
    lex_sarah.IvoFoundNecessary,
    lex_sarah.IvoProgressed,
    ivo.IvoNotificationRequired,
    ivo.PackDrafted,
    ivo.PackApproved,
    ivo.NotificationApproved,
    ivo.NotificationSubmitted,
    ivo.NotificationWithdrawn,
    ivo.IvoNumberRegistered,
    ivo.InvestigationSupplied,
    ivo.SupplementRequested,
    ivo.SupplementAnswered,
    ivo.IvoDecided,
    deadlines.DeadlineSet,
    deadlines.DeadlineMet,
    deadlines.DeadlineLapsed,
    deadlines.DeadlinePaused,
    deadlines.DeadlineReminded,
    deadlines.DeadlineMissed,
    deadlines.LadderClimbed,
    deadlines.NoticeUndeliverable,
    ending.CaseClosed,
    ending.CaseReopened,
    ending.NotificationReopened,
    ending.CaseRerouted,
    ending.CasePassedOn,
    ending.ReceiptConfirmed,
    ending.CaseMerged,
    ending.CaseLinked,
    ending.WordsErased,
)
CATALOGUE: Final[dict[str, type[Event]]] = {cls.type: cls for cls in _CLASSES}


def opened(envelope: Envelope) -> Event:
    """Return the event inside an envelope, as the newest version of its class."""
    cls = CATALOGUE[envelope.type]
    body = envelope.body
    if envelope.version != cls.version:
        body = upcast(envelope.type, envelope.version, cls.version, body)
    return cls.model_validate(body)
