"""Says who gave a message up, and why, to somebody who does not read code."""

from typing import Final

from services.intake.subscriber import NAME as INTAKE

CONSUMERS: Final = {
    "classify": "Förslaget på kategori",
    "escalate": "Meddelandet till fler",
    "follow-up": "Tider och påminnelser",
    "notify": "Meddelanden till personalen",
    "outside": "Mejlet till den som hört av sig",
    "project": "Listor och statistik",
    INTAKE: "Intaget från andra system",
}
"""What each follower of the stream does; a test asks that none is missing."""
_REASONS: Final = {
    "invalid": "Rapporten var ifylld på fel sätt",
    "unknown_unit": "Enheten finns inte eller är stängd",
    "lex_sarah_needs_a_name": "En lex Sarah-rapport måste lämnas av en person med namn",
}


def consumer_says(consumer: str) -> str:
    """Say what the one who gave up was doing."""
    return CONSUMERS.get(consumer, consumer)


def reason_says(reason: str) -> str:
    """Say why; what is no reason of ours is a fault, told by its code."""
    code, _, fields = reason.partition(":")
    said = _REASONS.get(code)
    if said is None:
        return f"Ett fel i programmet eller servern ({reason})"
    return f"{said} ({fields.replace(':', ', ')})" if fields else said
