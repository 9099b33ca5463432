"""An index that stock Whoosh writes with its own fields and codec."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from whoosh.fields import ID, NUMERIC, TEXT, Schema
from whoosh.filedb.filestore import FileStorage

from index.article import Part
from index.documents import DATE_FIELDS, KEYWORD_FIELDS, IndexDocument
from tests.plan_trees import Change, Optimise, Step

WORDS: Final = "words"
START: Final = "\x02"
END: Final = "\x03"
"""Stand before and behind the characters of a part, so that a phrase can ask for both ends."""

MOST_OF_A_WORD: Final = 300
"""A word is written so often at most: for match sets once would do."""


class StockIndex:
    """Documents in segments of their own commits; nothing is merged unless it is asked for.

    It takes a folder, since every index in memory would use the same temporary files.
    """

    def __init__(self, folder: Path) -> None:
        self._index = FileStorage(str(folder)).create_index(schema())

    def apply(self, step: Step) -> None:
        """Commit the step."""
        writer = self._index.writer()
        match step:
            case Change(puts, deletes):
                for name in (*deletes, *(document.id for document in puts)):
                    writer.delete_by_term("id", name)
                for document in puts:
                    writer.add_document(**fields(document))
                writer.commit(merge=False)
            case Optimise():
                writer.commit(optimize=True)

    @contextmanager
    def searcher(self) -> Iterator["StockSearcher"]:
        """The state after the last step."""
        with self._index.searcher() as searcher:
            yield StockSearcher(searcher)


class StockSearcher:
    """The ways of asking Whoosh for all that matches."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher

    def scored(self, query: Any) -> set[str]:
        """The ids of all hits of a scored search."""
        return set(self.scores(query))

    def scores(self, query: Any) -> dict[str, float]:
        """The ids of all hits with the scores that Whoosh gives by its own BM25F."""
        return {hit["id"]: hit.score for hit in self._searcher.search(query, limit=None)}

    def unscored(self, query: Any) -> set[str]:
        """The ids of the documents that match, asked for without scores as filters are."""
        numbers = self._searcher.docs_for_query(query)
        return {self._searcher.stored_fields(number)["id"] for number in numbers}


def schema() -> Schema:
    """Whoosh's own field types."""
    return Schema(
        id=ID(stored=True, unique=True),
        **{WORDS: TEXT(phrase=False)},
        **{part.value: TEXT(phrase=True) for part in Part},
        **{field: ID() for field in KEYWORD_FIELDS},
        **{field: NUMERIC(int, bits=64) for field in DATE_FIELDS},
    )


def fields(document: IndexDocument) -> dict[str, object]:
    """A document as `add_document` takes it; lists are terms that need no analyzer."""
    return {
        "id": document.id,
        WORDS: [word for word, count in document.words.items() for _ in range(min(count, MOST_OF_A_WORD))],
        **{part.value: [START, *document.characters.get(part, ""), END] for part in Part},
        **{field: list(values) for field, values in document.keywords.items()},
        **document.dates,
    }
