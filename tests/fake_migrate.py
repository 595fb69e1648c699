"""A migration that leaves a row for every start, in a database that must be there by now.

It says so, too, where the one who started the supervisor reads an address from its stdout.
"""

import asyncio
import os

import asyncpg


async def main() -> None:
    address = os.environ["AVVIK_DATABASE_URL"].replace("+asyncpg", "")
    connection = await asyncpg.connect(address)
    await connection.execute("create table if not exists start (at timestamptz default now())")
    await connection.execute("insert into start default values")
    await connection.close()


asyncio.run(main())
print("Databasen är uppdaterad.")  # noqa: T201
