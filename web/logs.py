"""Logging, set up once for a process."""

import logging

LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


def set_up_logging(level: str) -> None:
    """Log to standard error from this level on; jieba's own handler, which prints all, is taken away."""
    logging.basicConfig(
        level=LEVELS.get(level, logging.WARNING), format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    jieba = logging.getLogger("jieba")
    jieba.handlers.clear()
    jieba.setLevel(logging.WARNING)
