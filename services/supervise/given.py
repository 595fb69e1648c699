"""Asks servers the operator gave us whether they answer, before anything is built on them."""

import asyncpg
import nats.errors
import nats.js.errors
from nats.aio.client import Client
from pydantic import PostgresDsn
from pydantic_core import Url
from sqlalchemy import make_url

from infra.faults import CannotStart

_OLDEST_NATS = (2, 12)  # scheduled messages and atomic batches
_PATIENCE = 5


async def check_postgres(url: PostgresDsn) -> None:
    """Return if the database lets us in; otherwise say why not, never with the password."""
    first = url.hosts()[0]
    place = f"PostgreSQL på {first['host'] or 'localhost'}:{first['port'] or 5432}"
    address = make_url(str(url))
    # SQLAlchemy says ssl where an address for libpq says sslmode.
    ssl = address.query.get("ssl") or address.query.get("sslmode")
    words = address.translate_connect_args(username="user")
    try:
        connection = await asyncpg.connect(**words, ssl=ssl, timeout=_PATIENCE)
        await connection.close()
    except (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError):
        raise CannotStart(
            f"{place} släpper inte in oss. "
            "Rätta användare, lösenord eller databas i AVVIK_DATABASE_URL."
        ) from None
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
        raise CannotStart(
            f"{place} svarar inte. Starta servern eller rätta AVVIK_DATABASE_URL."
        ) from None


async def check_nats(url: Url) -> None:
    """Return if the server is new enough and has JetStream; otherwise say what is wrong."""
    place = f"NATS på {url.host}:{url.port or 4222}"
    heard: list[Exception] = []

    async def hear(error: Exception) -> None:
        heard.append(error)

    client = Client()
    try:
        await client.connect(
            str(url),
            allow_reconnect=False,
            connect_timeout=_PATIENCE,
            reconnect_time_wait=1,
            max_reconnect_attempts=1,
            error_cb=hear,
        )
        version = client.connected_server_version
        await client.jetstream().account_info()
    except nats.js.errors.Error:
        raise CannotStart(f"{place} kör utan JetStream. Slå på det på servern.") from None
    except (OSError, TimeoutError, nats.errors.Error) as error:
        if any("authorization" in str(one).lower() for one in (error, *heard)):
            raise CannotStart(
                f"{place} släpper inte in oss. Rätta användare eller lösenord i AVVIK_NATS_URL."
            ) from None
        raise CannotStart(
            f"{place} svarar inte. Starta servern eller rätta AVVIK_NATS_URL."
        ) from None
    finally:
        await client.close()
    if (version.major, version.minor) < _OLDEST_NATS:
        raise CannotStart(
            f"{place} har version {version.major}.{version.minor}; "
            f"Avvik behöver {_OLDEST_NATS[0]}.{_OLDEST_NATS[1]} eller nyare."
        )
