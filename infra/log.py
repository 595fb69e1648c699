"""One line per thing that happened; JSON in operation, colours at the desk."""

import logging
import sys

import structlog

from infra.settings import settings


def configure(process: str) -> None:
    """Set up structlog for this process and name it in every line. Call once, first."""
    chain: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if settings().log_json:
        chain += [structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer()]
    else:
        chain.append(structlog.dev.ConsoleRenderer())
    structlog.configure(
        processors=chain,
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(process=process)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, force=True)
