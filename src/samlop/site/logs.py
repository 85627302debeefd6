"""Logs: one JSON object a line, with a request id and without personal data.

What is ours names an event and gives keys (never names, numbers, addresses, query strings or what somebody typed).
What comes from libraries is cut down: its fixed text without the values, and of an exception the kind and the places in
the code – its message may quote a row.
"""

from __future__ import annotations

import sys
import traceback
from types import TracebackType
from typing import Any

import structlog

Event = dict[str, Any]
ExcInfo = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]
_LONGEST = 300


def faulty_places(exc_info: ExcInfo | BaseException | bool | None) -> Event:
    """Of an exception: its kind, and the chain of places it passed, the last first. Never its message."""
    if isinstance(exc_info, bool):
        exc_info = sys.exc_info()
    if isinstance(exc_info, BaseException):
        exc_info = (type(exc_info), exc_info, exc_info.__traceback__)
    if not exc_info or exc_info[0] is None:
        return {}
    frames = traceback.extract_tb(exc_info[2])[-30:]
    kind = f"{exc_info[0].__module__}.{exc_info[0].__qualname__}"
    return {"fault": kind, "places": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames)]}


def without_values(_logger: Any, _method: str, event: Event) -> Event:
    """For lines from libraries: the text as it stands in their code, not what was put into it."""
    record = event.get("_record")
    if record is not None:
        event["event"] = str(record.msg)[:_LONGEST]
    return event


def without_messages(_logger: Any, _method: str, event: Event) -> Event:
    """Replace an exception by its kind and places."""
    event.update(faulty_places(event.pop("exc_info", None)))
    event.pop("stack_info", None)
    return event


_COMMON: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    without_messages,
]


def config(*, json: bool, level: str) -> dict[str, Any]:
    """The logging configuration of the program, for Django and gunicorn."""
    renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if not json:
        renderer = structlog.dev.ConsoleRenderer(colors=False)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [without_values, *_COMMON],
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
            }
        },
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stdout"}},
        "root": {"handlers": ["out"], "level": "WARNING"},
        "loggers": {
            "samlop": {"level": level},
            # Our own line for each request says the same without the address; faults are logged with their places.
            "django.request": {"handlers": [], "level": "CRITICAL", "propagate": False},
            "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
            "gunicorn.error": {"handlers": ["out"], "level": "WARNING", "propagate": False},
        },
    }


def configure() -> None:
    """Tie structlog to the standard library, once."""
    structlog.configure(
        processors=[*_COMMON, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
