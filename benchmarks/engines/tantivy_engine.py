"""tantivy, driven from Python."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import tantivy

from benchmarks.engines.engine import Answer, Search, Stopwatch
from benchmarks.engines.tantivy_queries import TantivyQueries
from benchmarks.engines.tantivy_schema import register_tokenizer, schema, tantivy_document
from index.documents import IndexDocument
from search.plan import ByDate, Direction, Facet, Plan

HEAP: Final = 2_000_000_000
"""Bytes of a writer for a whole build: so much that few segments come, since it cannot be told to merge."""

SMALL_HEAP: Final = 128_000_000
"""Bytes of a writer for small changes: the library's default."""


class Tantivy:
    """One thread writes; `strings` is the making of token strings, which is part of writing from Python."""

    name = "tantivy"

    def build(self, folder: Path, batches: Iterable[Sequence[IndexDocument]]) -> Mapping[str, float]:
        watch = Stopwatch()
        with watch.measure("write"):
            folder.mkdir(parents=True, exist_ok=True)
            index = tantivy.Index(schema(), path=str(folder))
            register_tokenizer(index)
            writer = index.writer(HEAP, 1)
        number = 0
        for batch in batches:
            with watch.measure("strings"):
                made = [tantivy_document(number + place, document) for place, document in enumerate(batch)]
            number += len(batch)
            with watch.measure("write"):
                for document in made:
                    writer.add_document(document)
        with watch.measure("commit"):
            writer.commit()
        with watch.measure("merge"):
            writer.wait_merging_threads()
        return watch.seconds

    def open(self, folder: Path) -> "TantivyReader":
        return TantivyReader(folder)

    def update(self, folder: Path) -> "TantivyUpdater":
        return TantivyUpdater(folder)


class TantivyReader:
    """Hits are the numbers of articles, from a fast field: cheaper than their stored ids."""

    def __init__(self, folder: Path) -> None:
        index = tantivy.Index.open(str(folder))
        register_tokenizer(index)
        self._searcher = index.searcher()
        self._queries = TantivyQueries(index.schema, self._searcher)

    def prepare(self, plan: Plan) -> Search[Any] | None:
        query = self._queries.of(plan)
        if query is None:
            return None
        run = _search(self._searcher, query, plan)
        if not plan.facets:
            return Search(run, lambda found: Answer(found[0]))
        searcher, counting = self._searcher, _counting(plan.facets)
        fields = [facet.field for facet in plan.facets]
        return Search(
            lambda: (run(), searcher.aggregate(query, counting)),
            lambda found: Answer(found[0][0], tuple(_counts(found[1][field]) for field in fields)),
        )

    def close(self) -> None:
        del self._searcher


class TantivyUpdater:
    """A writer that stays open, and a reader that is told to look again."""

    takes_deletes = True

    def __init__(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        register_tokenizer(self._index)
        self._writer = self._index.writer(SMALL_HEAP, 1)
        self._number = 2**40

    def change(self, puts: Sequence[IndexDocument], deletes: Sequence[str]) -> None:
        for document in puts:
            self._writer.delete_documents_by_term("id", document.id)
            self._number += 1
            self._writer.add_document(tantivy_document(self._number, document))
        for article_id in deletes:
            self._writer.delete_documents_by_term("id", article_id)
        self._writer.commit()

    def total(self, plan: Plan) -> int:
        self._index.reload()
        searcher = self._index.searcher()
        query = TantivyQueries(self._index.schema, searcher).of(plan)
        total: int = searcher.search(query, 1).count
        return total

    def close(self) -> None:
        self._writer.wait_merging_threads()


def _search(searcher: Any, query: Any, plan: Plan) -> Callable[[], tuple[int, list[int]]]:
    order: dict[str, Any] = {}
    if isinstance(plan.order, ByDate):
        newest = plan.order.direction is Direction.NEWEST_FIRST
        order = {
            "order_by_field": plan.order.field,
            "order": tantivy.Order.Desc if newest else tantivy.Order.Asc,
        }

    def run() -> tuple[int, list[int]]:
        found = searcher.search(query, plan.limit, offset=plan.offset, **order)
        addresses = [address for _, address in found.hits]
        return found.count, searcher.fast_field_values("number", addresses) if addresses else []

    return run


def _counting(facets: Sequence[Facet]) -> dict[str, Any]:
    return {facet.field: {"terms": {"field": facet.field, "size": facet.limit}} for facet in facets}


def _counts(facet: dict[str, Any]) -> tuple[int, ...]:
    return tuple(bucket["doc_count"] for bucket in facet["buckets"])
