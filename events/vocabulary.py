"""The closed word lists. Adding a word is a change of language and needs a reviewer's yes."""

from enum import StrEnum


class Phase(StrEnum):
    """Where a case stands in its life; each case type uses those it names in its flow."""

    NONE = "none"
    RECEIVED = "received"
    TRIAGED = "triaged"
    INVESTIGATING = "investigating"
    ACTING = "acting"
    FOLLOWING_UP = "following_up"
    CLOSED = "closed"
    REROUTED = "rerouted"
    MERGED = "merged"


class Harm(StrEnum):
    """What the reporter says it led to, in the phone's words."""

    NONE = "none"
    NEAR_MISS = "near_miss"
    MINOR = "minor"
    SERIOUS = "serious"
    UNKNOWN = "unknown"


class Source(StrEnum):
    """The way a report came in."""

    PHONE = "phone"
    DESK = "desk"
    SPOKEN = "spoken"
    PAPER = "paper"
    SYSTEM = "system"
    IMPORT = "import"


class Track(StrEnum):
    """Under which law an event is judged; one event may run on several."""

    SOL = "sol"
    LSS = "lss"
    HSL = "hsl"


class Nature(StrEnum):
    """Whether a note states a fact or an assessment (`domain`: documented per entry)."""

    FACT = "fact"
    ASSESSMENT = "assessment"


class Route(StrEnum):
    """Where something belongs that is not a deviation of ours."""

    HEALTH_CARE = "health_care"
    WORK_ENVIRONMENT = "work_environment"
    OTHER_AUTHORITY = "other_authority"
    CLIENT_DECLINED = "client_declined"
    CHILD_AT_RISK = "child_at_risk"
    PERSONAL_DATA_INCIDENT = "personal_data_incident"
    NOT_A_DEVIATION = "not_a_deviation"


class LinkKind(StrEnum):
    """How two cases belong together."""

    SAME_EVENT = "same_event"
    PATTERN = "pattern"
    CONSEQUENCE_OF = "consequence_of"


class Role(StrEnum):
    """Who somebody is at work; named the same everywhere."""

    STAFF = "staff"
    ALARM_OPERATOR = "alarm_operator"
    UNIT_MANAGER = "unit_manager"
    OPERATIONS_MANAGER = "operations_manager"
    SAS = "sas"
    DECISION_MAKER = "decision_maker"
    MAS = "mas"
    QUALITY_COORDINATOR = "quality_coordinator"
    CONTRACT_OFFICER = "contract_officer"
    BOARD = "board"
    REGISTRAR = "registrar"
    ADMIN = "admin"
