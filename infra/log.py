"""One line per thing that happened; JSON in operation, colours at the desk."""

import json
import logging
import sys
import traceback

import structlog
from structlog.typing import EventDict, WrappedLogger
from typing_extensions import override

from infra.settings import settings


def _without_words(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """Tell where an error came from but not what it said: messages quote what people wrote."""
    error = line.pop("exc_info", None)
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)[-6:]
        line["error"] = type(error).__qualname__
        line["frames"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return line


class _Plain(logging.Formatter):
    """Writes what a library logs as a line like ours: where it failed, never what it quotes."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        line: EventDict = {
            "event": "library.said",
            "logger": record.name,
            # The template without its values; what follows in further lines is a repr.
            "says": (str(record.msg).splitlines() or [""])[0],
            "level": record.levelname.lower(),
        }
        if record.exc_info:
            line["exc_info"] = record.exc_info[1]
        line = structlog.contextvars.merge_contextvars(None, "", line)
        line = structlog.processors.TimeStamper(fmt="iso", utc=True)(None, "", line)
        return json.dumps(_without_words(None, "", line), ensure_ascii=False)


def configure(process: str) -> None:
    """Set up structlog for this process and name it in every line. Call once, first."""
    chain: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_words,
        structlog.processors.JSONRenderer()
        if settings().log_json
        else structlog.dev.ConsoleRenderer(),
    ]
    structlog.configure(
        processors=chain,
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        # In one write: several processes share the same stderr.
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(process=process)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Plain())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
