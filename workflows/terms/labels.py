"""Swedish words for the closed lists of the language: what people read instead of codes."""

from typing import Final

from events import Harm, Phase, Role, Route, Rung

PHASES: Final[dict[Phase, str]] = {
    Phase.NONE: "inte öppnat",
    Phase.RECEIVED: "mottaget",
    Phase.TRIAGED: "bedömt",
    Phase.INVESTIGATING: "under utredning",
    Phase.ACTING: "i åtgärdsfasen",
    Phase.FOLLOWING_UP: "under uppföljning",
    Phase.CLOSED: "avslutat",
    Phase.REROUTED: "lämnat vidare",
    Phase.MERGED: "sammanfört med ett annat ärende",
}

HARMS: Final[dict[Harm, str]] = {
    Harm.NONE: "Nej, ingen skada",
    Harm.NEAR_MISS: "Nej, men det kunde ha blivit",
    Harm.MINOR: "Ja, lite",
    Harm.SERIOUS: "Ja, allvarligt",
    Harm.UNKNOWN: "Vet inte",
}

DEADLINES: Final[dict[str, str]] = {
    "triage": "bedömningen",
    "read_at_once": "läsningen av en allvarlig rapport",
    "answer_reporter": "svaret till rapportören",
    "sas_position": "ställningstagandet från SAS",
    "investigate": "utredningen",
    "measure_due": "en åtgärd",
    "measure_effect": "uppföljningen av en åtgärd",
    "finish_reopened": "avslutet efter återöppningen",
}
"""What a clock is about, after "tiden för"."""

ROLES: Final[dict[Role, str]] = {
    Role.STAFF: "Medarbetare",
    Role.ALARM_OPERATOR: "Larmoperatör",
    Role.UNIT_MANAGER: "Enhetschef",
    Role.OPERATIONS_MANAGER: "Verksamhetschef",
    Role.SAS: "SAS",
    Role.DECISION_MAKER: "Beslutsfattare enligt delegation",
    Role.MAS: "MAS/MAR",
    Role.QUALITY_COORDINATOR: "Kvalitetssamordnare",
    Role.CONTRACT_OFFICER: "Avtalscontroller",
    Role.BOARD: "Nämnd",
    Role.REGISTRAR: "Registrator",
    Role.ADMIN: "Systemadministratör",
}

RUNGS: Final[dict[Rung, str]] = {
    Rung.OWNER: "Den ansvariga",
    Rung.SUBSTITUTE: "Ersättaren",
    Rung.OPERATIONS_MANAGER: "Verksamhetschefen",
    Rung.SAS: "SAS",
    Rung.DIRECTOR: "Förvaltningschefen",
}

ROUTES: Final[dict[Route, str]] = {
    Route.HEALTH_CARE: "Hälso- och sjukvård (MAS/MAR)",
    Route.WORK_ENVIRONMENT: "Arbetsmiljö",
    Route.OTHER_AUTHORITY: "Annan huvudman",
    Route.CLIENT_DECLINED: "Den enskilde avböjde",
    Route.CHILD_AT_RISK: "Barn som riskerar att fara illa",
    Route.PERSONAL_DATA_INCIDENT: "Personuppgiftsincident",
    Route.NOT_A_DEVIATION: "Inte en avvikelse",
}
