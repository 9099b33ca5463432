"""Logging, set up once for a process."""

import logging
from collections.abc import Mapping
from types import MappingProxyType

from web.commands.terminal import printable

LEVELS: Mapping[str, int] = MappingProxyType(
    {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
)
"""By the name that the setting gives."""


class EntryFormatter(logging.Formatter):
    """Begins a line for an entry only, whatever its message repeats of stored texts and file names."""

    def format(self, record: logging.LogRecord) -> str:
        return "\n    ".join(map(printable, super().format(record).split("\n")))


def set_up_logging(level: str) -> None:
    """Log to standard error from this level on; jieba's own handler, which prints all, is taken away.

    Raises KeyError for a level that LEVELS does not have.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(EntryFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=LEVELS[level], handlers=[handler])
    jieba = logging.getLogger("jieba")
    jieba.handlers.clear()
    jieba.setLevel(logging.WARNING)
