"""How long the articles of a journal are, before any of them is indexed."""

from collections.abc import Iterator
from contextlib import closing
from typing import Final

from index.analysing import analysed
from index.analysis.analyzer import Analyzer
from index.averages import Averages, measure
from index.journal import Change, Journal

SAMPLED: Final = 20_000
"""Articles that are measured at most: a minute of analysis on two cores, for averages within some percent.
Chosen by hand on 2026-11-28, not measured."""

PAGE: Final = 500
PAGE_CHARACTERS: Final = 4_000_000
"""Changes, and code points of their texts, that are read at once."""


def measured(journal: Journal, analyzer: Analyzer, most: int = SAMPLED) -> Averages:
    """The averages of all articles; where there are more than `most`, of about so many that lie evenly over
    the journal. Those of articles that cannot be indexed do not count.
    """
    last = journal.last_sequence()
    sample = _all(journal) if last <= most else _spread(journal, last, most)
    with closing(analysed(sample, min(last, most), analyzer)) as outcomes:
        return measure(outcome.document for _, outcome in outcomes if outcome.document is not None)


def _all(journal: Journal) -> Iterator[Change]:
    after = 0
    while changes := journal.changes(after, PAGE, PAGE_CHARACTERS):
        yield from changes
        after = changes[-1].sequence


def _spread(journal: Journal, last: int, most: int) -> Iterator[Change]:
    """The first change behind each of so many places; one that is so behind two of them comes once."""
    seen = 0
    for place in range(most):
        after = place * last // most
        if after < seen:
            continue
        changes = journal.changes(after, 1, PAGE_CHARACTERS)
        if not changes:
            return
        seen = changes[0].sequence
        yield changes[0]
