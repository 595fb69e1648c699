"""The API as a test sets its scene with it, when the pages are not what is being tested."""

from collections.abc import Mapping
from typing import Any

import httpx
import orjson


class Door:
    """The API as one person sees it, or as nobody does. `get("queue")` is `/api/v1/queue`."""

    def __init__(self, client: httpx.Client, token: str | None) -> None:
        self._client = client
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask(self, method: str, path: str, json: Any = None, **given: Any) -> httpx.Response:
        """Send a request and return the answer, whatever it is."""
        path = path if path.startswith("/") else f"/api/v1/{path}"
        headers = self._headers | given.pop("headers", {})
        if json is not None:
            # Not httpx's own: it knows neither UUIDs nor dates.
            given["content"] = orjson.dumps(json)
            headers |= {"Content-Type": "application/json"}
        return self._client.request(method, path, headers=headers, **given)

    def done(self, method: str, path: str, json: Any = None, **given: Any) -> Any:
        """Send a request that must be accepted and return what it answers."""
        answer = self.ask(method, path, json, **given)
        assert answer.is_success, (method, path, answer.status_code, answer.text)
        return answer.json() if answer.content else None

    def get(self, path: str, **query: Any) -> Any:
        """Read what must be there."""
        return self.done("GET", path, params=query)

    def put(self, path: str, json: Any = None, **given: Any) -> Any:
        """Put what must be taken."""
        return self.done("PUT", path, json, **given)

    def post(self, path: str, json: Any = None, **given: Any) -> Any:
        """Post what must be taken."""
        return self.done("POST", path, json, **given)

    def patch(self, path: str, json: Any = None, **given: Any) -> Any:
        """Change what must let itself be changed."""
        return self.done("PATCH", path, json, **given)


class Api:
    """The door for everybody: `api.as_("chef").post(…)`, `api.nobody.put(…)`."""

    def __init__(self, url: str, tokens: Mapping[str, str]) -> None:
        self._client = httpx.Client(base_url=url, timeout=30)
        self._tokens = dict(tokens)
        self.nobody = Door(self._client, None)

    def as_(self, login: str) -> Door:
        """Return the door as somebody in Norrvik, or in a scene, sees it."""
        return Door(self._client, self._tokens[login])

    def know(self, login: str, token: str) -> None:
        """Remember one more who has a token."""
        self._tokens[login] = token

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()
