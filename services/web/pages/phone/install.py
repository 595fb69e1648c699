"""What makes the page a program on the phone: its manifest, its icons, its worker.

The icons were drawn from `static/icon.svg` by Chromium (Playwright: an `<svg>` of that size on
a page without margins, and a screenshot): 192 and 512 px as it is, and, with square corners and
the sign at 80 %, `icon-full.png` (512 px, for masks) and `icon-touch.png` (180 px, for iPhone).
"""

from functools import cache
from typing import Final

import orjson
from fastapi import APIRouter, Request, Response

from services.web.pages import static_files
from services.web.pages.joined import joined
from services.web.pages.look import language_of
from services.web.pages.packing import packed
from services.web.pages.phone.unit import unit_of
from services.web.problem import Problem

router = APIRouter(include_in_schema=False)

_WORKER_CSP: Final = "default-src 'none'; script-src 'self'; connect-src 'self'"
_COLOUR: Final = "#0b3d4f"


@router.get("/r/{unit}/manifest.webmanifest")
async def manifest(unit: str, request: Request) -> Response:
    """Describe the page as a program that begins at this unit."""
    found = await unit_of(unit)
    if found is None:
        raise Problem(404, "not_found", "Enheten finns inte.")
    t = language_of(request)
    icons = [
        {"src": static_files.address(name), "sizes": sizes, "type": kind, "purpose": purpose}
        for name, sizes, kind, purpose in (
            ("icon-192.png", "192x192", "image/png", "any"),
            ("icon-512.png", "512x512", "image/png", "any"),
            ("icon-full.png", "512x512", "image/png", "maskable"),
            ("icon.svg", "any", "image/svg+xml", "any"),
        )
    ]
    told = {
        "id": f"/r/{unit}",
        "name": f"{t('sida.namn')} {found.name}",
        "short_name": t("sida.namn"),
        "lang": t.language.code,
        "dir": t.language.direction,
        "start_url": f"/r/{unit}",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f3f6f7",
        "theme_color": _COLOUR,
        "icons": icons,
    }
    headers = {"Cache-Control": "no-cache"}
    return packed(request, orjson.dumps(told), "application/manifest+json", headers)


@router.get("/sw.js")
async def worker(request: Request) -> Response:
    """Send the worker: one file, which changes when any file of ours does.

    With a policy of its own: that of the pages asks for Trusted Types, and a worker that loads
    scripts under it never installs, and says nothing.
    """
    headers = {
        "Content-Security-Policy": _WORKER_CSP,
        "Service-Worker-Allowed": "/",
        "Cache-Control": "no-cache",
    }
    return packed(request, _worker(), "text/javascript; charset=utf-8", headers)


@cache
def _worker() -> bytes:
    told = f'const VERSION = "{static_files.version()}";\n'
    return (told + joined(static_files.FOLDER / "js/phone/worker.js")).encode()
