"""Articles that are like another one, as its page lists them."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.similar import SimilarArticle, SimilarResult
from web.parameters.query_string import Pair
from web.presenters.dates import ShownTime, shown_time
from web.presenters.links import article_href
from web.presenters.result_item import language
from web.texts.texts import Texts

SHOWN_TERMS = 5
"""Words that both articles have, of those that the interface gives; chosen by hand on 2026-11-28."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSimilar:
    """An article that is like the one shown; `terms` are the most telling words that both have."""

    href: str
    lang: str
    title: str
    source: str | None
    published: ShownTime | None
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimilarList:
    """The most similar first; `note` says why there are none, where there are none."""

    articles: tuple[ShownSimilar, ...]
    note: str


def similar_list(result: SimilarResult | None, query: Sequence[Pair], texts: Texts) -> SimilarList:
    """The list of these; None: they could not be looked for. `query` is what the reader came with."""
    if result is None:
        return SimilarList((), texts.say("article.similar_late"))
    articles = tuple(_shown(similar, query, texts) for similar in result.results)
    return SimilarList(articles, "" if articles else texts.say("article.similar_none"))


def _shown(similar: SimilarArticle, query: Sequence[Pair], texts: Texts) -> ShownSimilar:
    article = similar.article
    return ShownSimilar(
        href=article_href(article.id, query),
        lang=language(article),
        title=article.title or article.id,
        source=article.source,
        published=None if article.published is None else shown_time(article.published, texts),
        terms=similar.shared_terms[:SHOWN_TERMS],
    )
