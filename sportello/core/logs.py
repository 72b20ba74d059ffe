"""Structured logs: one JSON object a line, the request's id in all it causes, nobody's data in any.

Code logs ids and names of things. The mask is the second line of defence, for what a library or an exception quotes.
"""

import re
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

import structlog

# An e-mail address, an Italian tax code (letters may stand for its digits: omocodia), a phone number with or without prefix.
_PERSONAL: list[tuple[re.Pattern[str], str]] = [
    (re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+|[\w.+'-]+%40[\w-]+(?:\.[\w-]+)+"), "[e-mail]"),
    (
        re.compile(
            r"(?<![0-9A-Z])[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z](?![0-9A-Z])", re.I
        ),
        "[tax code]",
    ),
    (
        re.compile(
            r"(?<![\w.:/-])(?:\+|00|%2B)39[ .-]?\d(?:[ .-]?\d){5,10}(?![\w-])|(?<![\w.:/-])(?:3\d{2}|0\d{1,3})[ .-]?\d(?:[ .-]?\d){4,7}(?![\w.:-])"
        ),
        "[phone]",
    ),
]
_QUERY = re.compile(r"\?\S*")
# Links that let their reader in carry their key after one of these parts of the path.
_KEY = re.compile(r"(/(?:chiave|key|confirm-email)/)[^/\s\"']+")


def mask(text: str) -> str:
    """The text with e-mail addresses, tax codes, phone numbers and the keys of links replaced by their kind."""
    text = _KEY.sub(r"\1[key]", text)
    for pattern, kind in _PERSONAL:
        text = pattern.sub(kind, text)
    return text


def masked(_logger: object, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """structlog processor: mask every string, however deep, keys included."""
    cleaned: MutableMapping[str, Any] = _masked(event)
    return cleaned


def without_query(_logger: object, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """structlog processor: what people typed into a search is not for the log, only the path is."""
    if isinstance(event.get("request"), str):
        event["request"] = _QUERY.sub("", event["request"])
    return event


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, Mapping):
        return {_masked(key): _masked(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_masked(item) for item in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return mask(str(value))


_SHARED: list[Callable[..., Any]] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    without_query,
]


def configure() -> None:
    """Send structlog's own loggers through the standard library, where `LOGGING` formats both alike."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def logging_config(*, level: str = "INFO") -> dict[str, Any]:
    """Django's LOGGING: everything to the error stream, as masked JSON."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    masked,  # last, so that it sees tracebacks too
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            }
        },
        "handlers": {"stream": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stream"], "level": level},
        "loggers": {
            # Replaced by the request's own line, which carries its id and no query string.
            "django.server": {"handlers": [], "propagate": False},
            # Celery tells each step of each sweep; what matters about a job is logged by `core.jobs`.
            "celery": {"level": "WARNING"},
            "django_structlog.celery": {"level": "WARNING"},
            # The filesystem broker has no host to name, and says so at every start.
            "kombu.connection": {"level": "ERROR"},
            # The printer tells each page, the font library each table.
            "weasyprint": {"level": "WARNING"},
            "weasyprint.progress": {"level": "WARNING"},
            "fontTools": {"level": "WARNING"},
        },
    }
