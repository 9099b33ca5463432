"""Logging, set up once for a process: lines for people, or for programs as JSON."""

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from types import MappingProxyType
from typing import Final

from web.commands.terminal import printable

LEVELS: Mapping[str, int] = MappingProxyType(
    {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
)
"""By the name that the setting gives."""

_FIELDS: Final = "policy_search_fields"

Field = str | int | float | bool | None


class LogForm(Enum):
    """How an entry is written."""

    TEXT = "text"
    """For people: the time, the level, who says it, the message and its fields."""

    JSON = "json"
    """For programs: one object a line."""


def log_fields(logger: logging.Logger, level: int, message: str, fields: Mapping[str, Field]) -> None:
    """Log a fixed message with what varies beside it, by name: programs count and filter by these."""
    logger.log(level, "%s", message, extra={_FIELDS: fields})


class EntryFormatter(logging.Formatter):
    """Begins a line for an entry only, whatever its message repeats of stored texts and file names."""

    def format(self, record: logging.LogRecord) -> str:
        return "\n    ".join(map(printable, super().format(record).split("\n")))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name that logging gives
        fields = _fields_of(record).items()
        return super().formatMessage(record) + "".join(f" {name}={_shown(value)}" for name, value in fields)


class JsonFormatter(logging.Formatter):
    """One line of ASCII for an entry: `time` (UTC), `level`, `logger`, `message`, the fields of the entry,
    and `exception` where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Field] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_fields_of(record),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        # ASCII: nothing in it can end a line, and a lone surrogate cannot fail on its way out.
        return json.dumps(entry)


FORMATTERS: Mapping[LogForm, logging.Formatter] = MappingProxyType(
    {
        LogForm.TEXT: EntryFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"),
        LogForm.JSON: JsonFormatter(),
    }
)


def set_up_logging(level: str, form: LogForm) -> None:
    """Log to standard error from this level on; jieba's own handler, which prints all, is taken away.

    Raises KeyError for a level that LEVELS does not have.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(FORMATTERS[form])
    logging.basicConfig(level=LEVELS[level], handlers=[handler])
    jieba = logging.getLogger("jieba")
    jieba.handlers.clear()
    jieba.setLevel(logging.WARNING)


def _fields_of(record: logging.LogRecord) -> Mapping[str, Field]:
    fields: Mapping[str, Field] = getattr(record, _FIELDS, {})
    return fields


def _shown(value: Field) -> str:
    """A text in quotes, so that nothing in it reads as another field."""
    return json.dumps(value, ensure_ascii=False)
