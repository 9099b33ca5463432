"""Articles to index documents: here, or on all processors where there are many."""

from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Final

from index.analysis.analyzer import Analyzer
from index.analysis.setup import loader_of
from index.article import Part
from index.article_reader import DamagedArticle
from index.documents import IndexDocument, to_document
from index.errors import DocumentTooLong
from index.journal import Change, StoredArticle
from index.stages import Stage, StageClock
from index.worker_process import WorkLimits, WorkLost
from index.workers import Workers, usable_processors

POOL_FROM: Final = 500
"""From so many changes on, processes are started for them: each needs a second to load its dictionary."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """What is to be indexed of a change; None where nothing is, for this `reason` or since it was deleted.

    `seconds` are those of a processor.
    """

    document: IndexDocument | None
    reason: str | None
    seconds: Mapping[Stage, float]


def analysed(
    changes: Iterable[Change], waiting: int, analyzer: Analyzer
) -> Generator[tuple[Change, Analysed], None, None]:
    """Each change with its document, in order; `waiting` is about how many there are.

    An article that is damaged, too long for an index or too costly to analyse has none. Raises WorkerFailed.
    """
    if waiting < POOL_FROM:
        for change in changes:
            yield change, analyse(analyzer, change)
        return
    workers = Workers(partial(_load, loader_of(analyzer)), usable_processors(), WorkLimits())
    with closing(workers.map(changes, _size)) as outcomes:
        for change, outcome in outcomes:
            if isinstance(outcome, WorkLost):
                yield change, Analysed(None, f"article {change.id}: {outcome.reason}", {})
            else:
                yield change, outcome


def analyse(analyzer: Analyzer, change: Change) -> Analysed:
    """The document of one change."""
    match change.state:
        case None:
            return Analysed(None, None, {})
        case DamagedArticle(reason=reason):
            return Analysed(None, reason, {})
        case StoredArticle(article=article, added=added, cluster=cluster):
            clock = StageClock()
            try:
                with clock.measure(Stage.ANALYSE):
                    document = to_document(article, analyzer, added, cluster)
            except DocumentTooLong as error:
                return Analysed(None, str(error), clock.taken())
            return Analysed(document, None, clock.taken())


def _load(load: Callable[[], Analyzer]) -> Callable[[Change], Analysed]:
    return partial(analyse, load())


def _size(change: Change) -> int:
    """About the bytes of its texts."""
    if not isinstance(change.state, StoredArticle):
        return 0
    return 3 * sum(len(change.state.article.text(part)) for part in Part)
