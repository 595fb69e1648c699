"""One line per thing that happened; JSON in operation, colours at the desk."""

import logging
import sys
import traceback
from types import TracebackType
from typing import Any, Final

import orjson
import structlog
from structlog.typing import EventDict, WrappedLogger
from typing_extensions import override  # in typing from 3.12

from infra.settings import settings

_LAST: Final = 6
"""Frames told of an error, the innermost last."""


def _without_words(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """Tell where an error came from but not what it said: messages quote what people wrote."""
    error = line.pop("exc_info", None)
    if isinstance(error, BaseException):
        line.update(_place_of(error))
    return line


def _json(line: EventDict, **_: Any) -> str:
    return orjson.dumps(line, default=str).decode()


def _place_of(error: BaseException) -> dict[str, object]:
    while isinstance(error, BaseExceptionGroup):  # as task groups wrap what happened in them
        error = error.exceptions[0]
    frames = traceback.extract_tb(error.__traceback__)[-_LAST:]
    return {
        "error": type(error).__qualname__,
        "frames": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }


class _Library(logging.Handler):
    """Says of a library's line who said it and what error it was about.

    Not the text: asyncio quotes the arguments of what failed, uvicorn the whole traceback.
    What was not filled in yet (`"Invalid %s"`) is the library's own, and told.
    """

    @override
    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        told = {} if error else {"said": str(record.msg)}
        structlog.get_logger().log(
            record.levelno, "library.said", library=record.name, exc_info=error, **told
        )


def _unforeseen(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
    structlog.get_logger().critical("process.fault", exc_info=error)


def configure(process: str, *, quiet: bool = False) -> None:
    """Set up structlog for this process and name it in every line. Call once, first.

    `quiet` is for a command at somebody's desk: warnings and worse only.
    """
    chain: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_words,
        structlog.processors.JSONRenderer(serializer=_json)
        if settings().log_json
        else structlog.dev.ConsoleRenderer(),
    ]
    structlog.configure(
        processors=chain,
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.WARNING if quiet else logging.INFO
        ),
        # In one write: several processes share the same stderr.
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(process=process)
    logging.basicConfig(level=logging.WARNING, handlers=[_Library()], force=True)
    sys.excepthook = _unforeseen
