"""A tiny real web server of a test's own, for what the product itself never answers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Final

from typing_extensions import override

STRICT: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


class Request(BaseHTTPRequestHandler):
    """One request; what answers it writes to `wfile`."""

    protocol_version = "HTTP/1.1"
    timeout = 20
    site: "Site"

    def body(self) -> bytes:
        """Read what was sent, whole or in chunks."""
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def give(
        self,
        body: bytes | str,
        status: int = 200,
        kind: str = "text/html; charset=utf-8",
        csp: str = STRICT,
    ) -> None:
        """Answer whole."""
        body = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", csp)
        self.end_headers()
        self.wfile.write(body)

    def chunk(self, body: bytes) -> None:
        """Answer with one more piece; an empty one is the last."""
        self.wfile.write(b"%x\r\n%s\r\n" % (len(body), body))
        self.wfile.flush()

    def _serve(self) -> None:
        path = self.path.partition("?")[0]
        self.site.asked.append((self.command, path))
        answer = self.site.answers.get(path)
        if answer is None:
            self.give("", 204 if path == "/favicon.ico" else 404)
        elif callable(answer):
            answer(self)
        else:
            self.body()
            self.give(answer)

    do_GET = do_PUT = do_POST = _serve  # noqa: N815 - the names http.server calls

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a test's output is not a log."""


@dataclass
class Site:
    """What it answers by path, a page or a function, and what it has been asked."""

    answers: dict[str, str | Callable[[Request], None]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""


@contextmanager
def tiny_site(**pages: str) -> Iterator[Site]:
    """Serve on a free port until the block ends; `pages` by their path without the slash."""
    site = Site({f"/{name}": page for name, page in pages.items()})
    handler = type("Ours", (Request,), {"site": site})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        site.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
