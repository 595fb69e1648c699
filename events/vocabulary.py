"""The closed word lists. Adding a word is a change of language and needs a reviewer's yes."""

from enum import StrEnum


class Phase(StrEnum):
    """Where a case stands in its life; each case type uses those it names in its flow."""

    NONE = "none"
    REPORTED = "reported"
    RECEIVED = "received"
    TRIAGED = "triaged"
    ACKNOWLEDGED = "acknowledged"
    INVESTIGATING = "investigating"
    ACTING = "acting"
    FOLLOWING_UP = "following_up"
    ANSWERED = "answered"
    POSITION_TAKEN = "position_taken"
    REQUIRED = "required"
    DRAFTED = "drafted"
    APPROVED = "approved"
    SUBMITTED = "submitted"
    SUPPLIED = "supplied"
    DECIDED = "decided"
    FOLLOWED_UP = "followed_up"
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
    """The way a report came in; `case` is another case of ours, `phone` the work phone."""

    PHONE = "phone"
    DESK = "desk"
    SPOKEN = "spoken"
    PAPER = "paper"
    WEB = "web"
    CALL = "call"
    LETTER = "letter"
    EMAIL = "email"
    IVO = "ivo"
    CASE = "case"
    SYSTEM = "system"
    IMPORT = "import"


class Track(StrEnum):
    """Under which law an event is judged; one event may run on several."""

    SOL = "sol"
    LSS = "lss"
    HSL = "hsl"


class OwnerType(StrEnum):
    """Whether the municipality runs a unit itself."""

    IN_HOUSE = "in_house"
    PRIVATE = "private"


class Relation(StrEnum):
    """Who a complainant is to the one it is about."""

    INDIVIDUAL = "individual"
    RELATIVE = "relative"
    OTHER = "other"


class AnswerWay(StrEnum):
    """How somebody wants to hear from us."""

    CODE = "code"
    EMAIL = "email"
    PHONE = "phone"
    LETTER = "letter"
    MEETING = "meeting"
    NONE = "none"


class ComplaintKind(StrEnum):
    """What staff make of what somebody told us; the sender never chooses."""

    FEEDBACK = "feedback"
    COMPLAINT = "complaint"
    PRAISE = "praise"


class LexSarahOutcome(StrEnum):
    """The five outcomes (SoL 27 kap. 5-6 §§, in practice). The last two go to IVO."""

    NONE = "none"
    TANGIBLE_RISK = "tangible_risk"
    MISCONDUCT = "misconduct"
    TANGIBLE_RISK_SERIOUS = "tangible_risk_serious"
    SERIOUS_MISCONDUCT = "serious_misconduct"

    @property
    def serious(self) -> bool:
        """Whether it must be notified to IVO."""
        return self in (self.TANGIBLE_RISK_SERIOUS, self.SERIOUS_MISCONDUCT)

    @property
    def finding(self) -> str:
        """The class alone, whatever the severity: `none`, `tangible_risk` or `misconduct`."""
        if self is LexSarahOutcome.NONE:
            return "none"
        risk = self in (self.TANGIBLE_RISK, self.TANGIBLE_RISK_SERIOUS)
        return "tangible_risk" if risk else "misconduct"


class Question(StrEnum):
    """What a lex Sarah case must answer yes or no to, with why."""

    INDIVIDUAL_INFORMED = "individual_informed"
    REPRESENTATIVE_INFORMED = "representative_informed"
    NOTED_IN_FILE = "noted_in_file"
    POLICE_REPORT = "police_report"


class BoardNews(StrEnum):
    """What a private provider must tell the board of."""

    REPORT = "report"
    NOTIFICATION = "notification"


class IvoStep(StrEnum):
    """How far a notification has come, as its lex Sarah case is told."""

    NOTIFIED = "notified"
    SUPPLIED = "investigation_supplied"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class SentHow(StrEnum):
    """The ways to IVO; e-mail and fax are none."""

    E_SERVICE = "e_service"
    POST = "post"


class Nature(StrEnum):
    """Whether a note states a fact or an assessment (documented for each entry)."""

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
