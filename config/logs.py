"""What goes to the log (stderr): lines for people or for programs, with no personal data in either."""

import json
import logging
import re
from typing import Any

import environ
from pythonjsonlogger.json import JsonFormatter

from config.environment import refuse_if

FORMATS = ("line", "json")
# Addresses that are their own proof: whoever reads one in the log could use it.
_PROOF = re.compile(
    r"(/(?:alerts|calendar|invitation|account/password/reset)/)[^/\s'\"]{12,}?"
    r"(?=/|\.ics\b|[\s'\"),]|$)"
)
# As people write them, in the letters and marks of any language; as addresses of pages do, quoted once or
# twice; and those of a machine. Most of what may stand before the @ may stand anywhere in a text: / = ? only
# where a word begins with a letter, or in a value of a query, so that the rest of a page's address stays.
_LOCAL = r"[^\s\x00-\x20\"(),/:-@\uff20\[-\]\x7f]"
_LOCAL_OF_A_WORD = r"[^\s\x00-\x20\"(),:;<>@\uff20\[-\]\x7f]"
_LOCAL_OF_A_VALUE = r"[^\s\x00-\x20\"&(),:;<=>@\uff20\[-\]\x7f]"
_AT = r"(?:[@\uff20]|%(?:25)*40|%(?:25)*EF%(?:25)*BC%(?:25)*A0)"
_LABEL = r"[^\s\x00-\x24\x26-\x2c./:-@\[-^`{-\x7f]+"
_DOMAIN = rf"(?:\[[^]\s]*\]|{_LABEL}(?:\.{_LABEL})*)"
# What is quoted before the @ may hold another @.
_MORE = rf"(?:(?:\"|%(?:25)*22)?{_AT}{_DOMAIN}){{0,3}}"
_EMAIL = re.compile(
    rf"(?:\"(?:[^\"\\\n]|\\.){{1,64}}\""
    rf"|(?<![^\s\"'<>(),;\[])(?=\w){_LOCAL_OF_A_WORD}{{1,400}}"
    rf"|(?<==){_LOCAL_OF_A_VALUE}{{1,400}}"
    rf"|{_LOCAL}{{1,400}})"
    rf"{_AT}{_DOMAIN}{_MORE}",
    re.IGNORECASE,
)


def without_secrets(text: str) -> str:
    """Return the text without addresses of people, and without links that let their reader act.

    >>> without_secrets("Not Found: /invitation/ohl_QK968SmJ0cP1/ to siti@example.org")
    'Not Found: /invitation/***/ to ***@***'
    >>> without_secrets("GET /search/?q=siti%40example.org&page=2")
    'GET /search/?q=***@***&page=2'
    """
    return _EMAIL.sub("***@***", _PROOF.sub(r"\1***", text))


class LineFormatter(logging.Formatter):
    """One line a record, and what went wrong below it."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the record."""
        return without_secrets(super().format(record))


class ObjectFormatter(JsonFormatter):
    """One JSON object a record: moment, level, logger, message, request, and what else was said."""

    def serialize_log_record(self, log_data: Any) -> str:
        """Write the record, each text in it for itself: what masks a finished object breaks it."""
        plain = json.loads(super().serialize_log_record(log_data))
        return json.dumps(_without_secrets(plain))


def _without_secrets(value: Any) -> Any:
    """Return what JSON can say, with every text and every name in it masked."""
    if isinstance(value, str):
        return without_secrets(value)
    if isinstance(value, list):
        return [_without_secrets(each) for each in value]
    if isinstance(value, dict):
        return {without_secrets(name): _without_secrets(each) for name, each in value.items()}
    return value


def logging_of(env: environ.Env, *, embedded: bool) -> dict[str, Any]:
    """Return Django's LOGGING. LOG_FORMAT is "line" or "json", LOG_LEVEL a level."""
    form = env.str("LOG_FORMAT", default="") or "line"
    refuse_if(form not in FORMATS, f"LOG_FORMAT is one of {', '.join(FORMATS)}.")
    handler = {"class": "logging.StreamHandler", "formatter": form, "filters": ["request"]}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request": {
                "()": "django_guid.log_filters.CorrelationId",
                "correlation_id_field": "request_id",
            }
        },
        "formatters": {
            "line": {
                "()": LineFormatter,
                "format": "{levelname} {name}: {message}",
                "style": "{",
            },
            "json": {
                "()": ObjectFormatter,
                "fmt": ["levelname", "name", "message", "request_id"],
                "rename_fields": {"levelname": "level", "name": "logger"},
                "timestamp": "time",
            },
        },
        "handlers": {"stderr": handler},
        "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
        "loggers": _loggers(requests="WARNING" if embedded and form == "line" else "INFO"),
    }


def of_a_server(env: environ.Env) -> dict[str, Any]:
    """Return how gunicorn logs where all lines are to be objects; nothing where its own lines will do."""
    if env.str("LOG_FORMAT", default="") != "json":
        return {}
    about = logging_of(env, embedded=False)
    own = {"level": "INFO", "handlers": ["stderr"], "propagate": False}
    # What was asked for, with its query, is for nobody's log; `reporting.requests` says the rest.
    silent = own | {"level": "CRITICAL"}
    return about | {"loggers": {"gunicorn.error": own, "gunicorn.access": silent}}


def _loggers(*, requests: str) -> dict[str, Any]:
    return {
        # Django's own handlers write to a console only under DEBUG, and mail the administrators.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "pypdf": {"level": "CRITICAL"},  # what is wrong with a file is said to who uploads it
        "axes": {"level": "WARNING"},  # or it says at every start that it is there
        "django_guid": {"level": "ERROR"},  # or it says of each request that it has a number
        # Each request; in the embedded mode the web server says so already.
        "reporting.requests": {"level": requests},
        # Or each task that runs every minute says three times that nothing happened.
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
    }
