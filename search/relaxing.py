"""Searches in full first, then in part; and which words of a query its hits lack."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.analysis.analyzer import Analyzer
from search.clause_plans import other_ways
from search.deadline import Deadline
from search.engine import Matches, Snapshot
from search.match_modes import Attempts
from search.plan import Node, Or, Plan, Word
from search.query import Query, Run, wanted
from search.results import Dropped


@dataclass(frozen=True, slots=True)
class Found:
    """The hits, what found them, and how many articles have all that was asked for: None where hits had to
    have all of it."""

    matches: Matches
    query: Node
    strict_total: int | None


def search_in_steps(snapshot: Snapshot, plan: Plan, attempts: Attempts, deadline: Deadline) -> Found:
    """At most two searches of the snapshot; `plan` is all but its query. Raises SearchTimeout."""
    if attempts.partial is not None:
        partial = snapshot.search(replace(plan, query=attempts.partial), deadline)
        if partial.total:
            full = snapshot.search(replace(plan, query=attempts.full, limit=0, facets=()), deadline)
            return Found(partial, attempts.partial, None if full.total == partial.total else full.total)
        # What has nothing in part has nothing in full.
        return _in_part(snapshot, plan, attempts, partial, deadline)
    full = snapshot.search(replace(plan, query=attempts.full), deadline)
    if full.total:
        return Found(full, attempts.full, None)
    return _in_part(snapshot, plan, attempts, full, deadline)


def _in_part(
    snapshot: Snapshot, plan: Plan, attempts: Attempts, nothing: Matches, deadline: Deadline
) -> Found:
    """The fallback, after a search that found nothing."""
    if attempts.fallback is None:
        return Found(nothing, attempts.full, None)
    some = snapshot.search(replace(plan, query=attempts.fallback), deadline)
    return Found(some, attempts.fallback, 0 if some.total else None)


def dropped_words(
    query: Query, hits: Sequence[str], snapshot: Snapshot, analyzer: Analyzer, deadline: Deadline
) -> tuple[Dropped, ...]:
    """The words of the runs that none of the articles with these ids holds; in the order of the query. Where
    one holds a run in another way to write it, it holds its words. Of no articles, none: a page behind the
    last hit says nothing about words."""
    if not hits:
        return ()
    words = [word for leaf in wanted(query) if isinstance(leaf, Run) for word in _words(leaf, analyzer)]
    asked = Or(tuple(dict.fromkeys(way for ways, _ in words for way in ways)))
    held: set[Node] = set()
    for article_id in hits:
        explanation = snapshot.explain(asked, article_id, deadline)
        if explanation is not None:
            held |= {part.node for part in explanation.parts}
    return tuple(dropped for ways, dropped in words if held.isdisjoint(ways))


def _words(run: Run, analyzer: Analyzer) -> list[tuple[tuple[Node, ...], Dropped]]:
    """What shows that an article holds a word of the run, and the word as it was typed; for each of them."""
    pieces = analyzer.pieces(analyzer.folding.fold(run.text))
    others = other_ways(run, analyzer)
    return [
        ((Word(word), *others), Dropped(run.text[start:end], (run.span[0] + start, end - start)))
        for piece in pieces
        for word, start, end in analyzer.places_in_query(piece)
    ]
