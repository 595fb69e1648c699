"""Sends gzip to whoever can read it: the phone form must come through a thin connection."""

import gzip
from collections.abc import Mapping
from typing import Final

from fastapi import Request, Response

_WORTH_IT: Final = 700
"""Bytes below which a packed answer saves no packet."""


def packed(
    request: Request,
    content: bytes,
    media_type: str,
    headers: Mapping[str, str],
    status: int = 200,
) -> Response:
    """Answer with the content, packed here and now where the client reads gzip."""
    if len(content) < _WORTH_IT:
        return Response(content, status, dict(headers), media_type)
    return packed_or_not(
        request, content, gzip.compress(content, 6), media_type, headers, status
    )


def packed_or_not(
    request: Request,
    content: bytes,
    in_gzip: bytes,
    media_type: str,
    headers: Mapping[str, str],
    status: int = 200,
) -> Response:
    """Answer with the packed form where the client reads it."""
    reads = "gzip" in request.headers.get("accept-encoding", "")
    told = {**headers, "Vary": "Accept-Encoding"}
    if reads:
        told["Content-Encoding"] = "gzip"
    return Response(in_gzip if reads else content, status, told, media_type)
