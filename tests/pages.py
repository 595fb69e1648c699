"""Pages as somebody's browser gets them, and forms as it sends them; no browser is needed."""

import re
from html import unescape
from typing import Any

from services.web.pages.visitor import COOKIE
from tests.people import Person


async def see(person: Person, path: str, status: int = 200) -> str:
    """Return a page's text, entities undone."""
    answer = await person.client.get(path, headers=_cookie(person))
    assert answer.status_code == status, (path, answer.status_code, answer.text[:500])
    return unescape(answer.text)


async def send(
    person: Person, path: str, status: int = 303, files: Any = None, **fields: Any
) -> str:
    """Send a form; return the page that comes, or the address that it leads to."""
    headers = _cookie(person) | {"Sec-Fetch-Site": "same-origin"}
    answer = await person.client.post(path, headers=headers, data=fields, files=files)
    assert answer.status_code == status, (path, answer.status_code, answer.text[:500])
    return answer.headers["location"] if status == 303 else unescape(answer.text)


async def follow(person: Person, where: str) -> str:
    """Return the page that a form led to."""
    return await see(person, where)


def value_of(page: str, name: str) -> str:
    """Return what a field holds."""
    found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)
    assert found, name
    return found[1]


def _cookie(person: Person) -> dict[str, str]:
    return {"Cookie": f"{COOKIE}={person.token}"} if person.token else {}
