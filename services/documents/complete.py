"""What must be there before two persons may approve a pack, and what they should know."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from events import OwnerType
from infra.vault.file_types import file_type
from services.documents import wording as say
from services.documents.content import Attachment, Content
from services.documents.form import LATER
from workflows.terms.points import POINTS

Files = Sequence[Attachment]


@dataclass(frozen=True, slots=True)
class Missing:
    """A thing that is not there, or not right: a code for the machine, words for the person."""

    code: str
    says: str


@dataclass(frozen=True, slots=True)
class Need:
    """A thing that must be there, and how to see that it is."""

    code: str
    says: str
    met: Callable[[Content], bool]


def _placed(content: Content) -> bool:
    sender = content.sender
    return all(map(say.given, (sender.address, sender.postal_code, sender.town)))


def _reachable(content: Content) -> bool:
    contact = content.sender.contact
    return say.given(contact.phone) or say.given(contact.email)


def _board_has_municipality(content: Content) -> bool:
    private = content.sender.owner is OwnerType.PRIVATE
    return private or say.given(content.sender.municipality)


def _not_informed_has_reason(content: Content) -> bool:
    asked = content.questions
    return asked.individual_informed is not False or say.given(asked.individual_informed_why)


def _protected(content: Content) -> bool:
    return any(say.given(it.text) for it in content.protections)


def _protected_when(content: Content) -> bool:
    return all(it.at is not None for it in content.protections)


def _signed(content: Content) -> bool:
    who = content.signer
    return who is not None and say.given(who.name) and say.given(who.title)


NEEDS: Final = (
    Need("sender", "Vem som anmäler saknas.", lambda it: say.given(it.sender.name)),
    Need("sender_municipality", "Nämndens kommun saknas.", _board_has_municipality),
    Need(
        "sender_number",
        "Avsändarens organisationsnummer saknas.",
        lambda it: say.given(it.sender.org_number),
    ),
    Need("sender_address", "Avsändarens adress är inte hel.", _placed),
    Need("contact", "Kontaktperson saknas.", lambda it: say.given(it.sender.contact.name)),
    Need("contact_way", "Kontaktpersonens telefon eller e-post saknas.", _reachable),
    Need("registry", "Diarienummer saknas.", lambda it: say.given(it.numbers.registry)),
    Need(
        "ground",
        "Det är inte sagt om det är ett allvarligt missförhållande eller en påtaglig risk "
        "för det.",
        lambda it: it.ground is not None,
    ),
    Need("operation", "Verksamhetens namn saknas.", lambda it: say.given(it.operation.name)),
    Need(
        "operation_address",
        "Verksamhetens adress saknas.",
        lambda it: say.given(it.operation.address),
    ),
    Need(
        "operation_municipality",
        "Verksamhetens kommun saknas.",
        lambda it: say.given(it.operation.municipality),
    ),
    Need(
        "operation_kind", "Typ av verksamhet saknas.", lambda it: say.given(it.operation.kind)
    ),
    Need(
        "operation_law",
        "Det är inte sagt om verksamheten följer SoL eller LSS.",
        lambda it: it.operation.law in say.LAWS,
    ),
    Need("occurred", "När det hände saknas.", lambda it: it.event.began is not None),
    Need(
        "description",
        "Beskrivning av händelsen saknas.",
        lambda it: say.given(it.event.description),
    ),
    Need(
        "consequences",
        "Konsekvenserna för den enskilde saknas.",
        lambda it: say.given(it.event.consequences),
    ),
    Need("protection", "Omedelbara åtgärder saknas.", _protected),
    Need("protection_when", "När en omedelbar åtgärd gjordes saknas.", _protected_when),
    Need(
        "individual_informed",
        "Det är inte sagt om den enskilde är informerad.",
        lambda it: it.questions.individual_informed is not None,
    ),
    Need(
        "individual_informed_why",
        "Skälet till att den enskilde inte är informerad saknas.",
        _not_informed_has_reason,
    ),
    Need("signer", "Vem som undertecknar, med befattning, saknas.", _signed),
    Need(
        "decision_agrees",
        "Beslutet och anmälan säger olika om hur allvarligt det är.",
        lambda it: it.ground is None or say.closed_outcome(it) in {None, it.ground},
    ),
)


def missing(content: Content, attachments: Files) -> list[Missing]:
    """Name each thing to mend before anybody may approve; empty when all is there."""
    lacking = [Missing(it.code, it.says) for it in NEEDS if not it.met(content)]
    return lacking + [
        Missing("attachment_unsendable", f"{say.line(it.name)}: {UNSENDABLE}")
        for it in attachments
        if file_type(it.content) is None
    ]


UNSENDABLE: Final = (
    "IVO tar inte emot filen. Gör om den till pdf, xlsx, gif, jpeg eller png, "
    "eller ta bort den."
)


def warnings(content: Content) -> list[Missing]:
    """Name what hinders nobody but should be known by those who approve."""
    return [Missing(it.code, it.says) for it in _DOUBTS if not it.met(content)]


def _points_told(content: Content) -> bool:
    told = {it.point for it in content.notes if say.given(it.text)}
    return content.concluded is None or told >= POINTS.keys()


def _causes_met(content: Content) -> bool:
    known = {it.key for it in content.causes}
    answered = {key for it in content.measures for key in it.causes}
    return known <= answered and all(known & set(it.causes) for it in content.measures)


_DOUBTS: Final = (
    Need("investigation_later", LATER, lambda it: it.concluded is not None),
    Need("points", "Alla nio punkter är inte dokumenterade.", _points_told),
    Need(
        "causes",
        "Orsaker och åtgärder hör inte ihop: någon saknar sin andra hälft.",
        _causes_met,
    ),
    Need("decision", "Det finns inget beslut.", lambda it: it.decision is not None),
    Need(
        "decision_ivo",
        "Beslutet säger inte att händelsen ska anmälas till IVO.",
        lambda it: it.decision is None or it.decision.notify_ivo is True,
    ),
    Need(
        "representative_informed",
        "Det är inte sagt om god man, förvaltare eller anhörig är informerad.",
        lambda it: it.questions.representative_informed is not None,
    ),
    Need(
        "in_personal_file",
        "Det är inte sagt om händelsen är antecknad i den enskildes personakt.",
        lambda it: it.questions.in_personal_file is not None,
    ),
    Need(
        "police_report",
        "Det är inte sagt om händelsen är polisanmäld.",
        lambda it: it.questions.police_report is not None,
    ),
    Need(
        "citations",
        "Något lagrum är inte bekräftat.",
        lambda it: all(law.verified for law in it.citations),
    ),
)
