"""Searches in full first, then in part; and which words of a query its hits lack."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.analysis.analyzer import Analyzer
from search.deadline import Deadline
from search.engine import Matches, Snapshot
from search.errors import SearchTimeout
from search.language.query import Query, Run, wanted
from search.language.query_text import place_of_run
from search.plan import Constant, Grouping, Maybe, Node, Or, Plan, Word
from search.planning.clause_plans import other_ways
from search.planning.match_modes import Attempts
from search.planning.question_words import places_of_asking
from search.results import Dropped, Matched

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """The hits, and what found them.

    `matches` hold scores of the engine, by `ranked`: what hits score is that of `scored`, and those that have
    all that was asked for stand higher by `lift`. `strict_total`: how many articles have all of it; None
    where hits had to have all of it.
    """

    matches: Matches
    ranked: Node
    scored: Node
    strict_total: int | None = None
    lift: float = 0.0

    def matched(self, score: float) -> Matched:
        """How much of what was asked for an article has that the engine gives this score."""
        if self.lift:
            return Matched.ALL if score >= self.lift else Matched.PART
        return Matched.ALL if self.strict_total is None else Matched.PART

    def shown(self, score: float) -> float:
        """What an article scores that the engine gives this score: less what only lifts it."""
        return score - self.lift if self.lift and score >= self.lift else score


def search_in_steps(snapshot: Snapshot, plan: Plan, attempts: Attempts, deadline: Deadline) -> Found:
    """At most two searches of the snapshot; `plan` is all but its query. Raises SearchTimeout."""
    if attempts.partial is not None:
        ranked = Maybe(attempts.partial, Constant(attempts.full, attempts.lift))
        partial = snapshot.search(replace(plan, query=ranked), deadline)
        if partial.total:
            with_all = _total_in_full(snapshot, plan, attempts, partial, deadline)
            strict_total = None if with_all == partial.total else with_all
            return Found(partial, ranked, attempts.partial, strict_total, attempts.lift)
        # What has nothing in part has nothing in full.
        return _in_part(snapshot, plan, attempts, partial, deadline)
    full = snapshot.search(replace(plan, query=attempts.full), deadline)
    if full.total:
        return Found(full, attempts.full, attempts.full)
    return _in_part(snapshot, plan, attempts, full, deadline)


def _total_in_full(
    snapshot: Snapshot, plan: Plan, attempts: Attempts, partial: Matches, deadline: Deadline
) -> int:
    """How many of the articles that were found have all that was asked for."""
    if plan.offset == 0 and partial.hits and partial.hits[0].score < attempts.lift:
        # They come first, so that a page that begins without them says it already.
        return 0
    alone = replace(plan, limit=0, facets=(), histograms=(), grouping=Grouping.ARTICLES)
    return snapshot.search(replace(alone, query=attempts.full), deadline).total


def _in_part(
    snapshot: Snapshot, plan: Plan, attempts: Attempts, nothing: Matches, deadline: Deadline
) -> Found:
    """The fallback, after a search that found nothing."""
    fallback = attempts.fallback
    if fallback is None:
        return Found(nothing, attempts.full, attempts.full)
    some = snapshot.search(replace(plan, query=fallback), deadline)
    return Found(some, fallback, fallback, 0 if some.total else None)


def dropped_words(
    query: Query, q: str, hits: Sequence[str], analyzer: Analyzer, *, snapshot: Snapshot, deadline: Deadline
) -> tuple[Dropped, ...] | None:
    """The words of the runs that none of the articles with these ids holds; in the order of the query `q`.
    Where one holds a run in another way to write it, it holds its words. Words that only ask are left
    out: an article without them answers as well. None where there are no articles to look at, or no time to
    find out: the hits are worth more.
    """
    if not hits:
        return None
    words = [word for leaf in wanted(query) if isinstance(leaf, Run) for word in _words(leaf, q, analyzer)]
    asked = Or(tuple(dict.fromkeys(way for ways, _ in words for way in ways)))
    held: set[Node] = set()
    try:
        for _, explanation in snapshot.explain_each(asked, hits, deadline):
            if explanation is not None:
                held |= {part.node for part in explanation.parts}
    except SearchTimeout:
        _log.info("no time was left to find out which words the hits lack")
        return None
    return tuple(dropped for ways, dropped in words if held.isdisjoint(ways))


def _words(run: Run, q: str, analyzer: Analyzer) -> list[tuple[tuple[Node, ...], Dropped]]:
    """What shows that an article holds a word of the run, and the word as it was typed; for each of them that
    does more than ask."""
    folded = analyzer.folding.fold(run.text)
    asking = places_of_asking(folded, analyzer)
    others = other_ways(run, analyzer)
    begin = place_of_run(run, q)
    return [
        (
            (Word(word), *others),
            # Without its place in the query, that of the run has to do.
            Dropped(run.text[start:end], run.span if begin is None else (begin + start, end - start)),
        )
        for word, start, end in analyzer.query_places(folded)
        if (start, end) not in asking
    ]
