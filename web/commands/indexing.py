"""Bringing the index up to date from the command line."""

import logging
from dataclasses import replace
from functools import partial

from index.errors import PolicySearchError, WriterBusy
from index.indexer import IndexReport, Progress
from index.upkeep import Upkeep
from web.commands.progress import Bar, progress_bar
from web.serving.indexer import has_indexer
from web.serving.opening import Opened

LABEL = "Indexing"

_log = logging.getLogger(__name__)


def catch_up(upkeep: Upkeep, waiting: int) -> IndexReport | None:
    """Index what was stored; None if there was nothing to do, or another process is doing it or is there for
    that alone.

    `waiting` is how many changes there are, for the bar.
    """
    if has_indexer(upkeep.folder):
        return None
    try:
        return bring_up_to_date(upkeep, waiting)
    except WriterBusy:
        return None


def bring_up_to_date(upkeep: Upkeep, waiting: int) -> IndexReport | None:
    """The same, but raises WriterBusy while another process is doing it."""
    with progress_bar(LABEL, waiting) as bar:
        return upkeep.catch_up(partial(_advance, bar))


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
        return upkeep.rebuild(partial(_advance, bar), reason="asked for")


def _advance(bar: Bar, progress: Progress) -> None:
    bar.advance(progress.changes)
    bar.count(progress.changes)
    bar.took(progress.seconds)
