"""The Whoosh schema: what is in a posting and in a document's record."""

import sys
from array import array
from collections.abc import Iterator, Mapping
from itertools import accumulate

from whoosh.columns import FixedBytesColumn, VarBytesColumn
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.formats import Format

from index.article import Part
from index.documents import KEYWORD_FIELDS, IndexDocument
from index.whoosh import field_names as names
from index.whoosh.record import LAYOUT, NO_DATE, Record

Posting = tuple[bytes, int, float, bytes]
"""Term in UTF-8, frequency, weight, value: what Whoosh wants from a field for each term of a document."""


class NoValue(Format):  # type: ignore[misc]  # whoosh has no annotations
    """Postings of a document number and a weight, nothing else."""

    posting_size = 0


class Positions(Format):  # type: ignore[misc]  # whoosh has no annotations
    """Postings with the rising positions of a character: little-endian 32-bit numbers, no pickle."""

    posting_size = -1


class _ReadyField(FieldType):  # type: ignore[misc]  # whoosh has no annotations
    """A field whose terms are made by our analyzer and come ready to be written."""

    analyzer = None
    scorable = stored = unique = False
    vector = column_type = None

    def __init__(self, format_: Format) -> None:
        self.format = format_


class WordField(_ReadyField):
    """Words with their weighted frequency."""

    def __init__(self) -> None:
        super().__init__(NoValue())

    def index(self, value: Mapping[str, int], **_: object) -> Iterator[Posting]:
        for word, frequency in value.items():
            yield word.encode("utf-8"), 1, float(frequency), b""


class KeywordField(_ReadyField):
    """Exact values."""

    def __init__(self) -> None:
        super().__init__(NoValue())

    def index(self, value: tuple[str, ...], **_: object) -> Iterator[Posting]:
        for keyword in dict.fromkeys(value):
            yield keyword.encode("utf-8"), 1, 1.0, b""


class CharacterField(_ReadyField):
    """Every character with its positions over all parts; see `layout`."""

    def __init__(self) -> None:
        super().__init__(Positions())

    def index(self, value: Mapping[Part, str], **_: object) -> Iterator[Posting]:
        positions: dict[str, array[int]] = {}
        for start, text in zip(layout(value), value.values(), strict=False):
            for at, char in enumerate(text, start):
                positions.setdefault(char, array("I")).append(at)
        for char, places in positions.items():
            if sys.byteorder == "big":
                places.byteswap()
            yield char.encode("utf-8"), len(places), 1.0, places.tobytes()


def layout(characters: Mapping[Part, str]) -> tuple[int, ...]:
    """Position at which each part starts, and one behind the last; parts are parted by a gap of one."""
    return tuple(accumulate((len(text) + 1 for text in characters.values()), initial=0))


def schema() -> Schema:
    """The fields of an index; the format version of the writer changes with it."""
    return Schema(
        **{
            names.ID: KeywordField(),
            names.ID_VALUE: COLUMN(VarBytesColumn()),
            names.WORDS: WordField(),
            names.CHARACTERS: CharacterField(),
            **{field: KeywordField() for field in KEYWORD_FIELDS},
            names.RECORD: COLUMN(FixedBytesColumn(LAYOUT.itemsize)),
        }
    )


def fields(document: IndexDocument) -> dict[str, object]:
    """A document as Whoosh's `add_document` takes it."""
    characters = {part: document.characters.get(part, "") for part in Part}
    record = Record(
        published=NO_DATE if document.published is None else document.published,
        length=document.length,
        starts=layout(characters),
    )
    return {
        names.ID: (document.id,),
        names.ID_VALUE: document.id.encode("utf-8"),
        names.WORDS: document.words,
        names.CHARACTERS: characters,
        **{field: document.keywords.get(field, ()) for field in KEYWORD_FIELDS},
        names.RECORD: record.pack(),
    }
