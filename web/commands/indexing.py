"""Bringing the index up to date from the command line."""

import logging
from dataclasses import replace

from index.errors import PolicySearchError, WriterBusy
from index.indexer import IndexReport
from index.upkeep import Upkeep
from web.commands.progress import Bar, progress_bar
from web.opening import Opened

LABEL = "Indexing"

_log = logging.getLogger(__name__)


def catch_up(upkeep: Upkeep, waiting: int) -> IndexReport | None:
    """Index what was stored; None if there was nothing to do, or another process is doing it.

    `waiting` is how many changes there are, for the bar.
    """
    with progress_bar(LABEL, waiting) as bar:
        try:
            return upkeep.catch_up(lambda changes: _advance(bar, changes))
        except WriterBusy:
            return None


def catch_up_to_search(opened: Opened) -> None:
    """Index what was stored, if that can be done at once; else what is indexed is searched as it is.

    Where nothing is to be done, nothing is locked or written. That another process is indexing, or that the
    folder cannot be written to, is no obstacle to searching.
    """
    readiness = opened.service.readiness()
    if readiness.is_settled:
        return
    try:
        catch_up(replace(opened.upkeep, wait=0.0), readiness.lag)
    except PolicySearchError as error:
        _log.warning("searching without what is not indexed yet (%d changes): %s", readiness.lag, error)


def rebuild(upkeep: Upkeep, articles: int) -> IndexReport:
    """Index all articles anew. Raises WriterBusy."""
    with progress_bar(LABEL, articles) as bar:
        return upkeep.rebuild(lambda changes: _advance(bar, changes), reason="asked for")


def _advance(bar: Bar, changes: int) -> None:
    bar.advance(changes)
    bar.count(changes)
