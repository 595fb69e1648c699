"""What can be filled in about units, people, roles and tokens."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from events import Code, OwnerType, Role
from services.intake.form import printable

Line = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(printable)
]
Perhaps = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=200),
    AfterValidator(lambda it: printable(it) if it else it),
]
Named = Annotated[Line, Field(min_length=1)]
Email = Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class UnitForm(_Form):
    """A unit; its code is what reports name it by, and never changes."""

    code: Code
    name: Named
    kind: Code
    owner_type: OwnerType
    provider: Line | None = None
    on_call_phone: Line | None = None
    active: bool = True


class NewAccount(_Form):
    """Somebody who shall be able to log in."""

    login: str = Field(min_length=1, max_length=100)
    name: Named
    title: Perhaps = ""
    email: Email | None = None
    password: str | None = None


class AccountChange(_Form):
    """What to change; what is left out stays. `null` takes an address or a password away."""

    name: Named = ""
    title: Perhaps = ""
    email: Email | None = None
    password: str | None = None
    active: bool = True


class Grant(_Form):
    """A role in a unit; without a unit it is for every unit, where the role can be."""

    role: Role
    unit: Code | None = None


class NewToken(_Form):
    """A token for another system; what it is for is all that is told of it later."""

    name: Named
