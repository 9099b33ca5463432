"""Makes hits of what an engine found: articles read, marked, and cut into snippets."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from index.article import Article
from index.article_reader import ArticleReader, DamagedArticle
from index.reposts.cluster import CopyCount
from search.deadline import Deadline
from search.marking.highlights import UNMARKED, Highlighter, Highlights
from search.marking.snippets import snippets
from search.request import SearchRequest
from search.results import Hit, Matched
from search.score_parts import ScorePart

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """An article that is to be shown, with what is known of it without reading it."""

    id: str
    score: float
    matched: Matched
    pinned: bool
    score_parts: tuple[ScorePart, ...] | None


@dataclass(frozen=True, slots=True)
class Fetched:
    """An article that is to be shown, and how many copies it has."""

    scored: Scored
    article: Article
    copies: CopyCount | None
    added: datetime | None


def fetch(shown: Sequence[Scored], articles: ArticleReader, generation: str) -> tuple[Fetched, ...]:
    """These articles, in their order.

    Those that were deleted since the generation was built, and damaged ones, are left out and logged.
    """
    page = articles.page(scored.id for scored in shown)
    stored = _whole(page.articles(), len(shown), generation)
    counts = page.copy_counts()
    undated = [article.id for article in stored.values() if _is_undated(article)]
    added = page.times_added(undated) if undated else {}
    return tuple(
        Fetched(scored, stored[scored.id], counts.get(scored.id), added.get(scored.id))
        for scored in shown
        if scored.id in stored
    )


def marked_hits(
    fetched: Iterable[Fetched], highlighter: Highlighter, request: SearchRequest, deadline: Deadline
) -> tuple[Hit, ...]:
    """The articles as hits, marked and cut into snippets.

    Behind the deadline they come without marks, and say so as those do that have too many: marking a hundred
    long articles can take longer than finding them.
    """
    return tuple(
        _hit(one, UNMARKED if deadline.is_over() else highlighter.highlight(one.article), request)
        for one in fetched
    )


def _hit(fetched: Fetched, marks: Highlights, request: SearchRequest) -> Hit:
    article, scored = fetched.article, fetched.scored
    return Hit(
        article=article,
        score=scored.score,
        highlights=marks.spans,
        highlights_truncated=marks.truncated,
        other_marks=marks.others,
        snippets=snippets(article, marks.spans, request.snippets, request.snippet_length),
        matched=scored.matched,
        pinned=scored.pinned,
        copies=fetched.copies,
        added=fetched.added,
        score_parts=scored.score_parts,
    )


def _is_undated(article: Article) -> bool:
    return article.published is None and article.document.signed is None


def _whole(
    stored: Mapping[str, Article | DamagedArticle], wanted: int, generation: str
) -> Mapping[str, Article]:
    """Those that are not damaged; `wanted` is how many were asked for."""
    for article in stored.values():
        if isinstance(article, DamagedArticle):
            _log.error("a hit of generation %s is left out: %s", generation, article.reason)
    if deleted := wanted - len(stored):
        _log.info("%d hits were deleted after generation %s", deleted, generation)
    return {name: article for name, article in stored.items() if isinstance(article, Article)}
