"""What each fact says in the timeline, in plain Swedish."""

from collections.abc import Callable
from typing import Any, Final

import events as e
from workflows.terms.categories import CATEGORIES
from workflows.terms.labels import DEADLINES, ROLES, ROUTES, RUNGS

SENTENCES: Final[dict[type[e.Event], str | Callable[[Any], str]]] = {
    e.ReportReceived: "Rapporten kom in.",
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
    e.CaseAssigned: "Ärendet fick en ansvarig.",
    e.CaseHandedOver: "Ärendet lämnades över på grund av jäv.",
    e.InvestigationStarted: "Utredningen började.",
    e.InvestigationConcluded: "Utredningen är klar.",
    e.NoteAdded: lambda f: f"En anteckning skrevs ({ROLES[f.author_role]}).",
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
    e.ComplainantAnswered: "Den som klagat fick svar.",
    e.AnswerWaived: "Inget svar ges. Skälet är antecknat.",
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
    e.NoticeUndeliverable: lambda f: f"Ingen kunde nås: {ROLES[f.to]}.",
    e.CaseClosed: "Ärendet avslutades.",
    e.CaseReopened: "Ärendet öppnades igen.",
    e.CaseRerouted: lambda f: f"Ärendet lämnades vidare: {ROUTES[f.route]}.",
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
