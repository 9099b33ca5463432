"""The Whoosh schema: what the fields of our segments hold, in Whoosh's terms.

Our analyzer makes the terms and our writer stores them, so no field here can index a value.
"""

from typing import Any, NoReturn

import numpy as np
from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.formats import Format

from index.documents import DATE_FIELDS, KEYWORD_FIELDS
from index.whoosh import field_names as names
from index.whoosh.codec.columns import NO_CLUSTER, NO_DATE


class Weights(Format):  # type: ignore[misc]  # whoosh has no annotations
    """Postings of a document number and a weight, nothing else."""

    posting_size = 0


class Positions(Format):  # type: ignore[misc]  # whoosh has no annotations
    """Postings whose value are the rising positions of a character in its document: 32-bit numbers."""

    posting_size = -1

    def decode_positions(self, value: bytes) -> list[int]:
        """Counted from the document's first position, over all its parts."""
        positions: list[int] = np.frombuffer(value, dtype="<u4").tolist()
        return positions


class _StoredField(FieldType):  # type: ignore[misc]  # whoosh has no annotations
    """A field whose terms come ready from our analyzer."""

    def __init__(self, format_: Format) -> None:
        self.format = format_

    def index(self, *_: object, **__: object) -> NoReturn:
        raise NotImplementedError("only WhooshWriter writes segments of this format")


class WordField(_StoredField):
    """Words with their weighted frequency; scorable, by the weighted length of the document."""

    scorable = True

    def __init__(self) -> None:
        super().__init__(Weights())


class KeywordField(_StoredField):
    """Exact values."""

    def __init__(self) -> None:
        super().__init__(Weights())


class CharacterField(_StoredField):
    """Every character with its positions over all parts, which are parted by gaps of one."""

    def __init__(self) -> None:
        super().__init__(Positions())


def schema() -> Schema:
    """The fields of an index; the name of the format changes with it."""
    fields: dict[str, Any] = {
        names.ID: KeywordField(),
        names.WORDS: WordField(),
        names.CHARACTERS: CharacterField(),
        names.CLUSTER: COLUMN(NumericColumn("q", default=NO_CLUSTER)),
    }
    fields |= {field: KeywordField() for field in KEYWORD_FIELDS}
    fields |= {field: COLUMN(NumericColumn("q", default=NO_DATE)) for field in DATE_FIELDS}
    return Schema(**fields)
