"""Services with an embedder of the tests, whose vectors lie in memory."""

from collections.abc import Iterable
from dataclasses import replace

from index.article import Article
from index.vectors.block import Block, Covered, Entry
from index.vectors.embedder import Embedder
from index.vectors.passages import PassageRule, digest_of
from index.vectors.quantised import Quantised
from index.vectors.table import VectorTable
from search.request import SearchRequest
from search.results import SearchResult
from search.service import SearchService

RULE = PassageRule(characters=64, most=2)


class MemoryVectors:
    """A source of vectors that were made at once."""

    def __init__(self, embedder: Embedder, articles: Iterable[Article]) -> None:
        passages = {article.id: RULE.passages(article) for article in articles}
        texts = [text for some in passages.values() for text in some]
        self._table = VectorTable()
        if texts:
            entries = [Entry(name, len(some), digest_of(some)) for name, some in passages.items()]
            block = Block(Covered(1, None), entries, Quantised.of(embedder.passages(texts)))
            self._table = self._table.with_blocks([block])

    def table(self) -> VectorTable:
        return self._table


def ids(result: SearchResult) -> list[str]:
    return [hit.article.id for hit in result.hits]


def walked(service: SearchService, request: SearchRequest, per_page: int) -> list[str]:
    """The ids of all pages, one behind the other."""
    found: list[str] = []
    while page := ids(service.search(replace(request, offset=len(found), limit=per_page))):
        found.extend(page)
    return found
