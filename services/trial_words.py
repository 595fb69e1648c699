"""What a dry-run of a policy adds up to, in sentences, and what it cannot know."""

from datetime import date
from typing import Final

from events import Role
from services.policy_trial import Tally
from workflows.rules.policy_answer import past
from workflows.terms.labels import ROLES
from workflows.trial import SAS_POSITION

_SUMMED: Final[dict[tuple[str, bool | None], str]] = {
    ("measures", True): "fler åtgärder hade krävts",
    ("measures", False): "färre åtgärder hade krävts",
    ("label", None): "allvarlighetsgraden hade hetat något annat",
    ("category", None): "kategorin hade inte gått att välja",
    ("deadline", True): "en tid hade varit kortare",
    ("deadline", False): "en tid hade varit längre",
    ("deadline_added", True): "en tid hade tillkommit",
    ("deadline_gone", False): "en tid hade inte funnits",
    ("kept_missed", True): "en tid som hölls hade inte hållits",
    ("missed_kept", False): "en tid som inte hölls hade hållits",
}
"""What a case tells in more detail than the sum can."""
CANNOT_KNOW: Final = (
    (
        "Hur människor hade gjort. Ärendena spelas om som om alla gjort samma sak på samma "
        "dag, men den som har kortare tid eller får veta mer kan göra annorlunda."
    ),
    (
        "Vad SAS hade svarat på en fråga som aldrig ställdes, och om ett ärende då hade fått "
        "avslutas."
    ),
    "Vem som hade påmints, och vem stegen hade nått när en tid gått ut.",
    "Om en tid som fortfarande löper hade hållits. Bara tider som någon har uppfyllt räknas.",
    "Ärenden som fördes in avslutade från ett annat system: de har inga tider.",
)


def differences(tally: Tally) -> list[str]:
    """Say each kind of difference with how often it would have been, the most first."""
    return [f"{_kind(*it)}: {number}" for it, number in tally.kinds.most_common()]


def came(tally: Tally, since: date, until: date) -> dict[str, str]:
    """Say how many cases would have come to whom, by `Tally.subjects`."""
    months = max(1, (until.year - since.year) * 12 + until.month - since.month + 1)
    told = {}
    for subject, (was, would) in tally.subjects().items():
        each = f"{(would - was) / months:+.1f}".replace(".", ",")
        told[subject] = f"{_subject(subject)}: {was} → {would} ärenden ({each} i månaden)"
    return told


def kept(tally: Tally) -> list[str]:
    """Say how many times would have been kept and were not, and the other way round."""
    return [
        f"Tider som hölls men inte hade hållits: {tally.count('kept_missed')}.",
        f"Tider som inte hölls men hade hållits: {tally.count('missed_kept')}.",
    ]


def upper(words: str) -> str:
    """Begin with a capital, and leave the rest."""
    return words[0].upper() + words[1:]


def _kind(kind: str, more: bool | None, role: Role | None) -> str:  # noqa: FBT001 - a key
    return upper(_SUMMED.get((kind, more)) or past(kind, more=bool(more), role=role))


def _subject(subject: str) -> str:
    if subject == SAS_POSITION:
        return "SAS ska ta ställning"
    return f"{ROLES[Role(subject)]} meddelas"
