"""Everything that differs between one installation and the next, read once at start."""

import os
from functools import cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, PostgresDsn, SecretStr, UrlConstraints, ValidationError
from pydantic_core import Url
from pydantic_settings import BaseSettings, SettingsConfigDict

from infra.faults import CannotStart

NatsUrl = Annotated[Url, UrlConstraints(allowed_schemes=["nats", "tls"])]
SmtpUrl = Annotated[Url, UrlConstraints(allowed_schemes=["smtp", "smtps", "smtp+starttls"])]


class Settings(BaseSettings):
    """Read from AVVIK_* in the environment; an unknown or wrong value stops the start."""

    model_config = SettingsConfigDict(env_prefix="AVVIK_", frozen=True, extra="forbid")

    database_url: PostgresDsn | None = Field(
        None, description="PostgreSQL; without it `avvik up` starts its own"
    )
    nats_url: NatsUrl | None = Field(
        None,
        description="NATS with JetStream 2.12 or newer; without it `avvik up` starts its own",
    )
    data_dir: Path = Field(
        Path(".avvik"), description="Where the embedded servers and the made-up master key live"
    )
    host: str = Field("127.0.0.1", description="Address the web listens on")
    port: int = Field(8080, ge=0, le=65535, description="Port the web listens on; 0 picks one")
    master_key: SecretStr | None = Field(
        None,
        description="Vault keys `id:base64` (32 bytes each), comma-separated, newest first",
    )
    master_key_file: Path | None = Field(
        None, description="A file with the same, one key a line; kept out of the environment"
    )
    smtp_url: SmtpUrl | None = Field(
        None, description="Mail server; without it notices are read in the product only"
    )
    mail_from: str = Field("avvik@example.invalid", description="Sender of notices")
    backlog_limit: int = Field(
        5000,
        ge=1,
        description="Facts waiting for the stream or a handler before the web says 503",
    )
    log_json: bool = Field(True, description="JSON lines for operation, colours at the desk")


_SAYS: Final = {
    "int_parsing": "ska vara ett heltal",
    "bool_parsing": "ska vara true eller false",
    "less_than_equal": "ska vara högst {le}",
    "greater_than_equal": "ska vara minst {ge}",
    "url_scheme": "ska börja med {expected_schemes}",
    "url_parsing": "ska vara en adress",
}
"""What is wrong with a value, in words; the value itself may be a password and is not said."""


@cache
def settings() -> Settings:
    """Return the settings of this process.

    Raises `CannotStart` when a value is wrong or a name is misspelt.
    """
    known = {f"AVVIK_{name}".upper() for name in Settings.model_fields}
    for name in os.environ:
        if name.upper().startswith("AVVIK_") and name.upper() not in known:
            raise CannotStart(f"Inställningen {name} finns inte. Rätta eller ta bort den.")
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = "AVVIK_" + "_".join(str(part) for part in first["loc"][:1]).upper()
        context = first.get("ctx", {})
        says = _SAYS.get(first["type"], "har ett värde som inte går att använda").format(
            **context
        )
        raise CannotStart(f"Inställningen {name} {says}.") from None
