"""What each fact says in the timeline, in plain Swedish."""

from collections.abc import Callable
from typing import Any, Final

import events as e
from workflows.rules.calendar import in_words
from workflows.terms.categories import CATEGORIES
from workflows.terms.codes import IVO_DECISIONS
from workflows.terms.labels import (
    COMPLAINT_KINDS,
    DEADLINES,
    OUTCOMES,
    QUESTIONS,
    ROLES,
    ROUTES,
    RUNGS,
)
from workflows.terms.points import POINTS

_HOW: Final = {e.SentHow.E_SERVICE: "e-tjänsten", e.SentHow.POST: "post"}
_IVO_STEPS: Final = {
    e.IvoStep.NOTIFIED: "IVO har fått anmälan.",
    e.IvoStep.SUPPLIED: "IVO har fått utredningen.",
    e.IvoStep.DECIDED: "IVO har beslutat.",
    e.IvoStep.WITHDRAWN: "Anmälan till IVO drogs tillbaka.",
}

SENTENCES: Final[dict[type[e.Event], str | Callable[[Any], str]]] = {
    e.ReportReceived: "Rapporten kom in.",
    e.LexSarahReported: "En lex Sarah-rapport kom in.",
    e.ReportCorrected: "Rapporten rättades.",
    e.HistoryImported: "Ärendet fördes över från ett annat system.",
    e.ClassificationSuggested: lambda f: (
        f"Förslag på kategori: {CATEGORIES[f.category].label}."
        if f.category
        else "Inget förslag på kategori. En person behöver välja."
    ),
    e.ClassificationConfirmed: lambda f: f"Kategori: {CATEGORIES[f.category].label}.",
    e.SeverityAssessed: lambda f: (
        f"Allvarlighetsgrad: {f.label} (konsekvens {f.consequence}, "
        f"sannolikhet {f.likelihood}, värde {f.value})."
    ),
    e.CaseEscalated: lambda f: f"{_roles(f.to)} meddelas. {f.why}",
    e.CaseTriaged: "Rapporten är läst och bedömd.",
    e.SasPositionTaken: lambda f: (
        "SAS: ska hanteras som lex Sarah." if f.lex_sarah else "SAS: inte lex Sarah."
    ),
    e.LexSarahRaised: "En lex Sarah-rapport lämnades utifrån ärendet.",
    e.CaseAssigned: "Ärendet fick en ansvarig.",
    e.CaseHandedOver: "Ärendet lämnades över på grund av jäv.",
    e.PersonRecused: "En person är jävig och deltar inte i ärendet.",
    e.InvestigationStarted: "Utredningen började.",
    e.InvestigationConcluded: "Utredningen är klar.",
    e.NoteAdded: lambda f: (
        f"{POINTS[f.point]}: en anteckning skrevs ({ROLES[f.author_role]})."
        if f.point
        else f"En anteckning skrevs ({ROLES[f.author_role]})."
    ),
    e.AttachmentAdded: "En fil lades till.",
    e.CauseAdded: "En orsak lades till.",
    e.CauseWithdrawn: "En orsak togs tillbaka.",
    e.MeasureAdded: lambda f: f"En åtgärd lades till. Klar senast {f.due_on}.",
    e.ActingResumed: "Nya åtgärder behövs.",
    e.MeasureCompleted: "En åtgärd är genomförd.",
    e.MeasureWithdrawn: "En åtgärd togs tillbaka.",
    e.AllMeasuresCompleted: "Alla åtgärder är genomförda. Nu följs effekten upp.",
    e.MeasureFollowedUp: lambda f: (
        "En åtgärd följdes upp: den hade effekt."
        if f.effect
        else "En åtgärd följdes upp: den hade inte effekt."
    ),
    e.ReporterAnswered: "Rapportören fick svar.",
    e.ComplainantAnswered: "Den som hört av sig fick svar.",
    e.AnswerWaived: "Inget svar ges. Skälet är antecknat.",
    e.ComplaintAcknowledged: "Den som hört av sig fick bekräftelse.",
    e.ComplaintKindSet: lambda f: f"Ärendet är: {COMPLAINT_KINDS[f.kind].lower()}.",
    e.ComplaintAnswered: "Synpunkten är besvarad.",
    e.MessageSent: "Vi skrev till den som hört av sig.",
    e.MessageReceived: "Den som hört av sig skrev till oss.",
    e.LexSarahReceived: "Rapporten är mottagen och den enskilde skyddad.",
    e.CaseRegistered: lambda f: f"Ärendet diariefördes: {f.registry_number}.",
    e.PositionTaken: lambda f: f"Ställningstagande: {OUTCOMES[f.outcome].lower()}.",
    e.LexSarahDecided: lambda f: f"Beslut: {OUTCOMES[f.outcome].lower()}.",
    e.QuestionAnswered: lambda f: f"{QUESTIONS[f.question]} {'Ja' if f.yes else 'Nej'}.",
    e.MeasuresVerified: "SAS intygade att åtgärderna är uppföljda.",
    e.BoardInformed: "Nämnden är informerad.",
    e.IvoFoundNecessary: "Det är allvarligt: IVO ska få en anmälan.",
    e.IvoProgressed: lambda f: _IVO_STEPS[f.step],
    e.IvoNotificationRequired: "En anmälan till IVO ska göras.",
    e.PackDrafted: lambda f: (
        f"Underlaget togs fram, version {f.version_number}. "
        + (f"Det saknas {len(f.missing)} uppgifter." if f.missing else "Inget saknas.")
    ),
    e.PackApproved: lambda f: f"Underlaget godkändes av en person, version {f.version_number}.",
    e.NotificationApproved: lambda f: (
        f"Underlaget är godkänt av två personer, version {f.version_number}."
    ),
    e.NotificationSubmitted: lambda f: (
        f"Anmälan skickades till IVO {in_words(f.submitted_at)} ({_HOW[f.how]})."
    ),
    e.NotificationWithdrawn: "Anmälan drogs tillbaka innan den skickats.",
    e.IvoNumberRegistered: lambda f: f"IVO:s nummer: {f.ivo_number}.",
    e.InvestigationSupplied: lambda f: (
        f"Utredningen skickades till IVO {in_words(f.supplied_at)} ({_HOW[f.how]})."
    ),
    e.SupplementRequested: lambda f: (
        f"IVO vill ha en komplettering senast {f.answer_by.isoformat()}."
    ),
    e.SupplementAnswered: "Kompletteringen skickades till IVO.",
    e.IvoDecided: lambda f: f"IVO:s beslut: {IVO_DECISIONS[f.decision].lower()}.",
    e.DeadlinePaused: lambda f: f.explains,
    e.DeadlineSet: lambda f: f.explains,
    e.DeadlineMet: lambda f: (
        f"Tiden för {_clock(f)} hölls inte." if f.late else f"Tiden för {_clock(f)} hölls."
    ),
    e.DeadlineLapsed: lambda f: f"Tiden för {_clock(f)} gäller inte längre.",
    e.DeadlineReminded: lambda f: f"Påminnelse: tiden för {_clock(f)} går snart ut.",
    e.DeadlineMissed: lambda f: f"Tiden för {_clock(f)} gick ut.",
    e.LadderClimbed: lambda f: (
        f"{RUNGS[f.step] if f.step else ROLES[f.to]} meddelas att tiden för {_clock(f)} "
        "har gått ut."
    ),
    e.NoticeUndeliverable: lambda f: (
        "Mejlet till den som hört av sig kom inte fram. Svaret går att läsa under koden."
        if f.notice == "answered_outside"
        else f"Ingen kunde nås: {ROLES[f.to]}."
    ),
    e.CaseClosed: "Ärendet avslutades.",
    e.CaseReopened: "Ärendet öppnades igen.",
    e.CaseRerouted: lambda f: f"Ärendet lämnades vidare: {ROUTES[f.route]}.",
    e.NotificationReopened: "Anmälan öppnades igen.",
    e.CasePassedOn: lambda f: (
        f"Ärendet meddelades även vidare: {ROUTES[f.route]}. {f.basis}".rstrip()
    ),
    e.ReceiptConfirmed: "Mottagaren har bekräftat att ärendet kommit fram.",
    e.CaseMerged: "Rapporten hanteras i ett annat ärende.",
    e.WordsErased: "Texterna i ärendet raderades.",
    e.CaseLinked: "Ärendet kopplades till ett annat.",
}


def sentence(fact: e.Event) -> str:
    """Say a fact as people read it."""
    said = SENTENCES[type(fact)]
    return said if isinstance(said, str) else said(fact)


def _roles(roles: tuple[e.Role, ...]) -> str:
    return ", ".join(ROLES[role] for role in roles)


def _clock(fact: e.DeadlineMet | e.DeadlineLapsed | e.DeadlineMissed | e.LadderClimbed) -> str:
    return DEADLINES.get(fact.code, fact.code)
