"""Counts over all articles as the API tells them."""

from index.article_reader import CorpusStats
from search.results import Readiness
from web.api.answers.counts import StatsAnswer
from web.presenters.dates import iso_time


def stats_answer(stats: CorpusStats, readiness: Readiness, dictionary_version: str) -> StatsAnswer:
    """The answer of `/api/v1/stats`."""
    return StatsAnswer(
        articles=stats.articles,
        undated=stats.undated,
        repaired=stats.repaired,
        duplicate_groups=stats.duplicate_groups,
        newest=None if stats.newest is None else iso_time(stats.newest),
        generation=readiness.generation,
        sequence=readiness.sequence,
        stale=readiness.lag,
        dictionary_version=dictionary_version,
    )
