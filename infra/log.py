"""One line per thing that happened; JSON in operation, colours at the desk."""

import logging
import sys
import traceback
from collections.abc import Callable
from typing import Any

import orjson
import structlog
from structlog.typing import EventDict, WrappedLogger

from infra.settings import settings


def _without_words(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """Tell where an error came from but not what it said: messages quote what people wrote."""
    error = line.pop("exc_info", None)
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)[-6:]
        line["error"] = type(error).__qualname__
        line["frames"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return line


def _json(line: EventDict, **_: Any) -> bytes:
    return orjson.dumps(line, default=str)


def configure(process: str) -> None:
    """Set up structlog for this process and name it in every line. Call once, first."""
    chain: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_words,
    ]
    factory: Callable[..., Any]
    if settings().log_json:
        chain.append(structlog.processors.JSONRenderer(serializer=_json))
        factory = structlog.BytesLoggerFactory(sys.stderr.buffer)
    else:
        chain.append(structlog.dev.ConsoleRenderer())
        factory = structlog.PrintLoggerFactory(sys.stderr)
    structlog.configure(
        processors=chain,
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=factory,
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(process=process)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, force=True)
