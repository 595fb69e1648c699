"""What every page tells the browser it may do, and refuses to do for other sites."""

from typing import Final
from urllib.parse import urlsplit

from fastapi import Request

from services.web.problem import Problem

_RULES: Final = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types sw-url",
)
CSP: Final = "; ".join(_RULES)
HEADERS: Final = {
    "Content-Security-Policy": CSP,
    # Own pages are told where a form came from; nobody else is told anything.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), payment=(), usb=()",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OURS: Final = frozenset({"same-origin", "none"})


async def same_origin(request: Request) -> None:
    """Refuse a form that another site made: the browser says whence it comes.

    The session lies in a cookie, which goes along whoever made the form. A token in the page
    would grow old in the phone's kept page; `Sec-Fetch-Site` and `Origin` do not.
    """
    if request.method in _READING:
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    ours = site in _OURS if site else _same(origin, request.headers.get("host"))
    if not ours:
        raise Problem(403, "other_site", "Formuläret kom från en annan webbplats.")


def _same(origin: str | None, host: str | None) -> bool:
    return bool(origin and host) and urlsplit(origin).netloc == host
