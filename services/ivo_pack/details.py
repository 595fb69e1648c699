"""What no case knows and the form asks for: who notifies, where it was, whom to call."""

from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from services.intake.form import Moment, printable

LONGEST: Final = 20_000
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(printable),
]
Story = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST),
    AfterValidator(printable),
]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ContactDetails(_Part):
    """Whom IVO may turn to."""

    name: Line | None = None
    title: Line | None = None
    phone: Line | None = None
    email: Line | None = None


class SenderDetails(_Part):
    """Who notifies."""

    name: Line | None = None
    municipality: Line | None = None
    org_number: Line | None = None
    address: Line | None = None
    postal_code: Line | None = None
    town: Line | None = None
    contact: ContactDetails = ContactDetails()


class OperationDetails(_Part):
    """Where it happened; the unit's name and act are taken from the case."""

    address: Line | None = None
    municipality: Line | None = None
    kind: Line | None = None


class PackDetails(_Part):
    """What is filled in by hand. What is left out stays as in the version before.

    `ground` is why IVO is told before the investigation has said so. `description` and
    `consequences` are otherwise taken from the notes of the first point. `attachments` are
    those of the lex Sarah case to send along; None is all of them.
    """

    sender: SenderDetails | None = None
    operation: OperationDetails | None = None
    began: Moment | None = None
    ended: Moment | None = None
    description: Story | None = None
    consequences: Story | None = None
    ground: Literal["tangible_risk_serious", "serious_misconduct"] | None = None
    signer_name: Line | None = None
    signer_title: Line | None = None
    attachments: tuple[UUID, ...] | None = None

    def over(self, before: "PackDetails") -> "PackDetails":
        """Return these details, and those of the version before where these say nothing."""
        said = self.model_dump(exclude_unset=True)
        kept = {key: value for key, value in before if key not in said}
        return PackDetails.model_validate({**kept, **said})
