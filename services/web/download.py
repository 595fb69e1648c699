"""A file as an answer: saved, never opened in place, and kept by nobody in between."""

from collections.abc import Mapping

from fastapi import Response


def download(
    content: bytes, name: str, media_type: str, more: Mapping[str, str] | None = None
) -> Response:
    """Answer with a file to save; the name is ours, of ASCII letters."""
    return Response(
        content,
        media_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            **(more or {}),
        },
    )


def pack_name(version: int) -> str:
    """Name a version of the pack for IVO as it is saved."""
    return f"ivo-underlag-version-{version}.zip"
