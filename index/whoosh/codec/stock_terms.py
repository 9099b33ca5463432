"""A segment's terms as Whoosh reads them: the dictionaries of its fields, and matchers over postings."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, NoReturn

from whoosh.codec.base import TermsReader
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo

from index.documents import KEYWORD_FIELDS
from index.whoosh.codec.segment_reader import SegmentReader
from index.whoosh.codec.stock_fields import CharacterTerms, FieldTerms, IdTerms, KeywordTerms, WordTerms
from index.whoosh.field_names import CHARACTERS, ID, WORDS

Term = tuple[str, bytes]


class ColumnarTermsReader(TermsReader):  # type: ignore[misc]  # whoosh has no annotations
    """Whoosh's terms reader: fields by name, terms as UTF-8."""

    def __init__(self, reader: SegmentReader) -> None:
        self._fields: dict[str, FieldTerms] = {
            ID: IdTerms(reader),
            WORDS: WordTerms(reader),
            CHARACTERS: CharacterTerms(reader),
            **{field: KeywordTerms(reader, field) for field in KEYWORD_FIELDS},
        }

    def __contains__(self, term: Term) -> bool:
        field, text = term
        return field in self._fields and self._ordinal(field, text) >= 0

    def indexed_field_names(self) -> list[str]:
        return sorted(self._fields)

    def terms(self) -> Iterator[Term]:
        for field in self.indexed_field_names():
            yield from self.terms_from(field, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """The terms of the field from this one on, rising."""
        terms = self._fields[fieldname]
        for ordinal in range(self._place(terms, prefix), terms.count):
            yield fieldname, terms.term(ordinal)

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        for term in self.terms():
            yield term, self.term_info(*term)

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        for term in self.terms_from(fieldname, prefix):
            yield term, self.term_info(*term)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Raises KeyError where no document has the term."""
        postings = self._fields[fieldname].postings(self._known(fieldname, text))
        return TermInfo(
            weight=sum(postings.weights),
            df=len(postings.documents),
            minlength=min(postings.lengths),
            maxlength=max(postings.lengths),
            maxweight=max(postings.weights),
            minid=postings.documents[0],
            maxid=postings.documents[-1],
        )

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        """Raises KeyError where no document has the term."""
        postings = self._fields[fieldname].postings(self._known(fieldname, text))
        return ListMatcher(
            postings.documents,
            postings.weights,
            postings.values,
            format_,
            scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )

    def cursor(self, *_: object) -> NoReturn:
        """For fuzzy terms, which none of our fields offers."""
        raise NotImplementedError("terms are not spelled out by cursors")

    def _known(self, field: str, text: bytes) -> int:
        ordinal = self._ordinal(field, text)
        if ordinal < 0:
            raise KeyError((field, text))
        return ordinal

    def _ordinal(self, field: str, text: bytes) -> int:
        terms = self._fields[field]
        place = self._place(terms, text)
        return place if place < terms.count and terms.term(place) == text else -1

    def _place(self, terms: FieldTerms, text: bytes) -> int:
        return bisect_left(range(terms.count), text, key=terms.term)
