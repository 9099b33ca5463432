"""Whoosh with its own codec, matchers and collectors, on so few articles that it can be waited for."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from whoosh import query, sorting
from whoosh.analysis import RegexTokenizer, SpaceSeparatedTokenizer
from whoosh.fields import ID, NUMERIC, TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.query import Query

from benchmarks.engines.engine import Answer, Search, Stopwatch
from benchmarks.engines.tantivy_schema import pairs_of
from index.documents import PUBLISHED, IndexDocument
from search.plan import (
    And,
    ByDate,
    Characters,
    DateRange,
    Direction,
    Facet,
    Keyword,
    Node,
    Not,
    Or,
    Plan,
    Word,
)

KEYWORDS: Final = ("region", "source", "topic", "year")
SEPARATOR: Final = "\x01"
"""Parts the values of a keyword field; there is none in folded text."""


class StockWhoosh:
    """Words with weights, pairs with positions; searched, sorted and grouped as its documentation says."""

    name = "stock Whoosh"

    def build(self, folder: Path, batches: Iterable[Sequence[IndexDocument]]) -> Mapping[str, float]:
        watch = Stopwatch()
        folder.mkdir(parents=True, exist_ok=True)
        with watch.measure("write"):
            writer = FileStorage(str(folder)).create_index(_schema()).writer(limitmb=512)
        for batch in batches:
            with watch.measure("write"):
                for document in batch:
                    writer.add_document(**_fields(document))
        with watch.measure("commit"):
            writer.commit(optimize=True)
        return watch.seconds

    def open(self, folder: Path) -> "StockWhooshReader":
        return StockWhooshReader(folder)

    def update(self, _folder: Path) -> None:
        """Not measured: the part of the articles that it holds says little."""


class StockWhooshReader:
    """A searcher of its own."""

    def __init__(self, folder: Path) -> None:
        self._searcher = FileStorage(str(folder)).open_index().searcher()

    def prepare(self, plan: Plan) -> Search[Any] | None:
        made = _query(plan.query)
        if made is None:
            return None
        wanted = query.And([each for node in plan.filters if (each := _query(node)) is not None])
        options: dict[str, Any] = {
            "limit": plan.offset + plan.limit,
            "filter": wanted if plan.filters else None,
        }
        if isinstance(plan.order, ByDate):
            options |= {"sortedby": PUBLISHED, "reverse": plan.order.direction is Direction.NEWEST_FIRST}
        if plan.facets:
            options["groupedby"] = {facet.field: _counting(facet) for facet in plan.facets}
        return Search(_run(self._searcher, made, options, plan), _answer)

    def close(self) -> None:
        self._searcher.close()


def _schema() -> Schema:
    tokens = SpaceSeparatedTokenizer()
    values = RegexTokenizer(f"[^{SEPARATOR}]+")
    keywords = {field: TEXT(analyzer=values, phrase=False) for field in KEYWORDS}
    return Schema(
        id=ID(unique=True),
        words=TEXT(analyzer=tokens, phrase=False),
        pairs=TEXT(analyzer=tokens, phrase=True),
        characters=TEXT(analyzer=tokens, phrase=False),
        published=NUMERIC(int, bits=64, sortable=True, signed=True),
        **keywords,
    )


def _fields(document: IndexDocument) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": document.id,
        "words": " ".join(word for word, count in document.words.items() for _ in range(count)),
        "pairs": " ".join(pairs_of(document)),
        "characters": " ".join(set("".join(document.characters.values()))),
        **{field: SEPARATOR.join(document.keywords.get(field, ())) for field in KEYWORDS},
    }
    return fields | ({PUBLISHED: document.dates[PUBLISHED]} if PUBLISHED in document.dates else {})


def _counting(facet: Facet) -> Any:
    return sorting.FieldFacet(facet.field, allow_overlap=True, maptype=sorting.Count)


Found = tuple[int, list[int], list[tuple[int, ...]]]


def _run(searcher: Any, made: Query, options: Mapping[str, Any], plan: Plan) -> Callable[[], Found]:
    def run() -> Found:
        results = searcher.search(made, **options)
        # Articles without a value are in a group of None.
        counts = [
            Counter(
                {value: count for value, count in results.groups(facet.field).items() if value is not None}
            )
            for facet in plan.facets
        ]
        facets = [
            tuple(number for _, number in count.most_common(facet.limit))
            for count, facet in zip(counts, plan.facets, strict=True)
        ]
        return (
            len(results),
            [results.docnum(place) for place in range(plan.offset, results.scored_length())],
            facets,
        )

    return run


def _answer(found: Found) -> Answer:
    return Answer(found[0], tuple(found[2]))


def _query(node: Node) -> Query | None:
    match node:
        case Word(text):
            return query.Term("words", text)
        case Characters(text=text) if len(text) == 1:
            return query.Term("characters", text)
        case Characters(text=text):
            return query.Phrase("pairs", [text[place : place + 2] for place in range(len(text) - 1)])
        case Keyword(field, values):
            return query.Or([query.Term(field, value) for value in values])
        case DateRange(field, low, high):
            return query.NumericRange(field, low, high, endexcl=True)
        case Not(inner):
            made = _query(inner)
            return None if made is None else query.Not(made)
        case And(nodes):
            return query.And([each for one in nodes if (each := _query(one)) is not None])
        case Or(nodes):
            return query.Or([each for one in nodes if (each := _query(one)) is not None])
        case _:
            return None
