"""A keyword field: its values, the documents of each, and the values of each document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.whoosh.codec.array_file import Array, ArrayFile
from index.whoosh.codec.integers import narrow
from index.whoosh.codec.list_merger import ListSource, merged_lists
from index.whoosh.codec.numbering import Renumbering
from index.whoosh.codec.packed_lists import ListPacker, Lists, Members, PackedLists, concatenated
from index.whoosh.codec.term_dictionary import TermDictionary, dictionary_arrays, term_bytes, union


@dataclass(frozen=True, slots=True)
class KeywordValues:
    """The values of each document: those of document d are ordinals[starts[d]:starts[d + 1]], rising."""

    terms: TermDictionary
    starts: NDArray[np.uint32]
    ordinals: NDArray[np.uint32]

    @property
    def count(self) -> int:
        """How many values there are."""
        return len(self.terms)

    def value(self, ordinal: int) -> str:
        """The value of an ordinal; ordinals rise with the code points of the values."""
        return self.terms.term(ordinal).decode("utf-8")


class Keywords:
    """Reads a keyword field of a segment."""

    def __init__(self, file: ArrayFile, field: str, count: int) -> None:
        name = _name(field)
        self.terms = TermDictionary(file, f"{name}.terms")
        self.lists = PackedLists(file, f"{name}.documents", count)
        self._ordinals = file.array(f"{name}.ordinals", self.lists.total)
        self._counts = (
            file.array(f"{name}.counts", count) if len(self._ordinals) else np.zeros(count, np.uint8)
        )

    def documents(self, value: str) -> Members:
        """The documents with a value."""
        ordinal = self.terms.find(term_bytes(value))
        return self.lists.members(ordinal) if ordinal >= 0 else np.zeros(0, dtype=np.intp)

    def missing(self) -> NDArray[np.bool_]:
        """By document whether it has no value."""
        missing: NDArray[np.bool_] = self._counts == 0
        return missing

    def values(self) -> KeywordValues:
        """The values of all documents."""
        starts = np.zeros(len(self._counts) + 1, dtype=np.uint32)
        np.cumsum(self._counts, out=starts[1:])
        return KeywordValues(self.terms, starts, self._ordinals.astype(np.uint32))


def keyword_arrays(field: str, values: Sequence[Sequence[str]]) -> Mapping[str, Array]:
    """A field of documents that have these values."""
    places: dict[bytes, list[int]] = {}
    for document, listed in enumerate(values):
        for value in dict.fromkeys(listed):
            places.setdefault(term_bytes(value), []).append(document)
    terms = sorted(places)
    chosen = [np.array(places[term], dtype=np.uint32) for term in terms]
    starts = np.cumsum([0, *map(len, chosen)])
    return _arrays(field, terms, [Lists(starts, concatenated(chosen))], len(values))


def merged_keywords(
    field: str, sources: Sequence[Keywords], numberings: Sequence[Renumbering], count: int
) -> Mapping[str, Array]:
    """A field of segments, `count` documents of which are live."""
    terms, places = union(source.terms.terms() for source in sources)
    kept: list[bytes] = []
    chunks: list[Lists] = []
    lists = [
        ListSource(source.lists, place, numbering)
        for source, place, numbering in zip(sources, places, numberings, strict=True)
    ]
    for chunk in merged_lists(lists, len(terms)):
        kept += (terms[place] for place in chunk.places.tolist())
        chunks.append(chunk.lists)
    return _arrays(field, kept, chunks, count)


def _arrays(field: str, terms: Sequence[bytes], chunks: Sequence[Lists], count: int) -> Mapping[str, Array]:
    packer = ListPacker(count)
    for chunk in chunks:
        packer.add(chunk)
    documents = concatenated([chunk.values for chunk in chunks])
    counts = np.concatenate([np.zeros(0, dtype=np.int64), *(chunk.counts for chunk in chunks)])
    ordinals = np.repeat(np.arange(len(terms)), counts)
    name = _name(field)
    if not terms:
        return {}
    return {
        **dictionary_arrays(f"{name}.terms", terms),
        **packer.arrays(f"{name}.documents"),
        f"{name}.counts": narrow(np.bincount(documents, minlength=count)),
        f"{name}.ordinals": narrow(ordinals[np.argsort(documents, kind="stable")]),
    }


def _name(field: str) -> str:
    return f"keyword.{field}"
