"""Swedish words for the closed lists of the language: what people read instead of codes."""

from typing import Final

from events import (
    ComplaintKind,
    Harm,
    LexSarahOutcome,
    OwnerType,
    Phase,
    Question,
    Role,
    Route,
    Rung,
    Track,
)

PHASES: Final[dict[Phase, str]] = {
    Phase.NONE: "inte öppnat",
    Phase.REPORTED: "rapporterat",
    Phase.RECEIVED: "mottaget",
    Phase.TRIAGED: "bedömt",
    Phase.ACKNOWLEDGED: "bekräftat",
    Phase.INVESTIGATING: "under utredning",
    Phase.ACTING: "i åtgärdsfasen",
    Phase.FOLLOWING_UP: "under uppföljning",
    Phase.ANSWERED: "besvarat",
    Phase.POSITION_TAKEN: "utrett och väntar på beslut",
    Phase.DECIDED: "beslutat",
    Phase.FOLLOWED_UP: "uppföljt av SAS",
    Phase.REQUIRED: "på väg att anmälas",
    Phase.DRAFTED: "ett utkast",
    Phase.APPROVED: "godkänt och ska skickas",
    Phase.SUBMITTED: "anmält till IVO",
    Phase.SUPPLIED: "anmält med utredning",
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
    "finish": "avslutet",
    "finish_reopened": "avslutet efter återöppningen",
    "acknowledge": "bekräftelsen",
    "answer_complainant": "svaret till den som hört av sig",
    "read_message": "ett meddelande som väntar på svar",
    "protect": "mottagandet och skyddet av den enskilde",
    "start_investigation": "starten av utredningen",
    "register": "diarieföringen",
    "inform_board_report": "informationen till nämnden om rapporten",
    "inform_board_notification": "informationen till nämnden om anmälan",
    "lex_sarah_investigation": "utredningen och beslutet",
    "notify_ivo": "anmälan till IVO",
    "supply_investigation": "utredningen till IVO",
    "answer_ivo": "svaret på IVO:s begäran",
    "destroy_documents": "bevarandet av handlingarna",
    "reach_receiver": "mottagarens bekräftelse",
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

OUTCOMES: Final[dict[LexSarahOutcome, str]] = {
    LexSarahOutcome.NONE: "Inget missförhållande",
    LexSarahOutcome.TANGIBLE_RISK: "Påtaglig risk för missförhållande",
    LexSarahOutcome.MISCONDUCT: "Missförhållande",
    LexSarahOutcome.TANGIBLE_RISK_SERIOUS: "Påtaglig risk för allvarligt missförhållande",
    LexSarahOutcome.SERIOUS_MISCONDUCT: "Allvarligt missförhållande",
}

QUESTIONS: Final[dict[Question, str]] = {
    Question.INDIVIDUAL_INFORMED: "Är den enskilde informerad?",
    Question.REPRESENTATIVE_INFORMED: "Är god man, förvaltare eller anhörig informerad?",
    Question.NOTED_IN_FILE: "Är händelsen antecknad i den enskildes personakt?",
    Question.POLICE_REPORT: "Är händelsen polisanmäld?",
}

COMPLAINT_KINDS: Final[dict[ComplaintKind, str]] = {
    ComplaintKind.FEEDBACK: "Synpunkt",
    ComplaintKind.COMPLAINT: "Klagomål",
    ComplaintKind.PRAISE: "Beröm",
}

TRACKS: Final[dict[Track, str]] = {
    Track.SOL: "Socialtjänstlagen (SoL)",
    Track.LSS: "LSS",
    Track.HSL: "Hälso- och sjukvårdslagen (HSL)",
}

OWNER_TYPES: Final[dict[OwnerType, str]] = {
    OwnerType.IN_HOUSE: "Kommunen driver den själv",
    OwnerType.PRIVATE: "Privat utförare",
}

NOTICES: Final[dict[str, str]] = {
    "received": "Ny avvikelse",
    "received_complaint": "Ny synpunkt",
    "received_serious": "Något allvarligt har kommit in",
    "escalated": "Ett ärende behöver fler",
    "assigned": "Ny ansvarig",
    "reminder": "En tid går snart ut",
    "overdue": "En tid har gått ut",
    "answered": "Svar till den som rapporterade",
    "message": "Nytt meddelande i ett ärende",
    "answered_outside": "Svar till den som hört av sig",
}
"""What each fixed text is sent for, by its code in the policy."""
FLAGS: Final[dict[str, str]] = {
    "urgent": "Allvarligt enligt rapportören",
    "danger_words": "Ord om fara",
    "possible_lex_sarah": "Kan vara lex Sarah",
    "sas_position_required": "SAS ska ta ställning",
    "ring_on_call": "Ring journumret",
    "nobody_reached": "Ingen nådd",
    "lex_sarah": "Lex Sarah enligt SAS",
    "lex_sarah_raised": "Rapporterad enligt lex Sarah",
    "ivo_required": "Ska anmälas till IVO",
    "ivo_notified": "Anmält till IVO",
    "receiver_waits": "Mottagaren har inte bekräftat",
    "message_waits": "Meddelande väntar på svar",
    "twin": "Kom två gånger med olika text",
    "unclassified": "Oklassad: inget förslag",
    "possible_duplicate": "Kan vara samma händelse",
    "reporter_waits": "Rapportören väntar på svar",
    "complainant_waits": "Den som hörde av sig väntar på svar",
    "joint_follow_up": "Följs upp gemensamt",
    "unregistered": "Saknar diarienummer",
    "imported": "Hämtat från ett annat system",
}
"""What is seen at a glance, by the codes of `rules.urgency.FLAGS`."""
