"""Ranking by meaning as the settings want it: the stage for searches, and the upkeep of its vectors."""

import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace

from index.data_folder import DataFolder
from index.errors import WriterBusy
from index.vectors.upkeep import VectorUpkeep
from search.semantic.answer import SemanticMode
from search.semantic.blending import Blending
from search.semantic.errors import EmbedderMissing
from search.semantic.meaning import NO_MEANING, Meaning
from search.semantic.opening import open_embedder
from search.semantic.stage import SemanticStage
from web.settings import SemanticSettings

NICENESS = 10
"""Of the thread that makes vectors in a server: searches go first."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Semantics:
    """`upkeep` is None where no embedder is set up."""

    meaning: Meaning = NO_MEANING
    upkeep: VectorUpkeep | None = None


@contextmanager
def open_semantics(folder: DataFolder, settings: SemanticSettings) -> Iterator[Semantics]:
    """What the settings ask for, closed at the end. Raises EmbedderMissing and EmbedderUnusable."""
    if not settings.embedder and settings.default is SemanticMode.OFF:
        yield Semantics()
        return
    upkeep = open_upkeep(folder, settings)
    with closing(SemanticStage(upkeep.embedder, upkeep.reader, Blending())) as stage:
        yield Semantics(Meaning(stage, settings.default), upkeep)


def open_upkeep(folder: DataFolder, settings: SemanticSettings) -> VectorUpkeep:
    """The upkeep of a folder's vectors. Raises EmbedderMissing and EmbedderUnusable."""
    if not settings.embedder:
        raise EmbedderMissing("no embedder is set up; set POLICY_SEARCH_EMBEDDER, see docs/semantic.md")
    return VectorUpkeep.of(folder, open_embedder(settings.embedder))


def tend_vectors(upkeep: VectorUpkeep, should_stop: Callable[[], bool]) -> None:
    """Make vectors for what was stored, at a low priority.

    While another process makes them nothing is done: that one does the same work. Raises IndexingStopped once
    `should_stop`, and what the filler raises.
    """
    _give_way()
    try:
        filled = replace(upkeep, wait=0.0, should_stop=should_stop).catch_up(lambda _: None)
    except WriterBusy as busy:
        _log.debug("no vectors are made here: %s", busy)
    else:
        if filled is not None:
            _log.info("made %d vectors for %d changes", filled.vectors, filled.changes)


def _give_way() -> None:
    """Lower the priority of this thread, if it is not as low already: to raise it may not be allowed."""
    # Linux counts threads as processes here.
    thread = threading.get_native_id()
    if os.getpriority(os.PRIO_PROCESS, thread) < NICENESS:
        os.setpriority(os.PRIO_PROCESS, thread, NICENESS)
