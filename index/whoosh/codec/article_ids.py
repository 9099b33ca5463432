"""The ids of a segment's documents: sorted, with the rank of each document's."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.whoosh.codec.array_file import Array, ArrayFile
from index.whoosh.codec.integers import narrow
from index.whoosh.codec.numbering import Renumbering
from index.whoosh.codec.term_dictionary import TermDictionary, dictionary_arrays, term_bytes

_TERMS: Final = "ids.terms"
_RANKS: Final = "ids.ranks"


class ArticleIds:
    """Reads the ids of a segment."""

    def __init__(self, file: ArrayFile) -> None:
        self._terms = TermDictionary(file, _TERMS)
        self._stored_ranks = file.array(_RANKS, len(self._terms))
        # A look at one number costs a third in a view of what it costs in an array.
        self._rank_view = self._stored_ranks.data

    @cached_property
    def ranks(self) -> NDArray[np.uint32]:
        """By document, the place of its id among all ids in the order of code points."""
        return self._stored_ranks.astype(np.uint32)

    @cached_property
    def documents(self) -> NDArray[np.uint32]:
        """By the rank of an id, its document."""
        documents = np.empty(len(self._stored_ranks), dtype=np.uint32)
        documents[self._stored_ranks] = np.arange(len(documents), dtype=np.uint32)
        return documents

    def ids_of(self, documents: Sequence[int]) -> list[str]:
        """The ids of documents."""
        term, ranks = self._terms.term, self._rank_view
        return [term(ranks[document]).decode("utf-8") for document in documents]

    def document_of(self, article_id: str) -> int:
        """The document with an id, -1 where there is none."""
        rank = self._terms.find(term_bytes(article_id))
        return int(self.documents[rank]) if rank >= 0 else -1

    def in_order(self) -> list[bytes]:
        """All ids, in the order of documents."""
        terms = list(self._terms.terms())
        return [terms[rank] for rank in self._stored_ranks.tolist()]


def id_arrays(ids: Sequence[bytes]) -> Mapping[str, Array]:
    """The ids of documents, each once."""
    order = sorted(range(len(ids)), key=ids.__getitem__)
    ranks = np.empty(len(ids), dtype=np.int64)
    ranks[order] = np.arange(len(ids))
    return {**dictionary_arrays(_TERMS, [ids[at] for at in order]), _RANKS: narrow(ranks)}


def merged_ids(sources: Sequence[ArticleIds], numberings: Sequence[Renumbering]) -> Mapping[str, Array]:
    """The ids of the live documents of segments."""
    ids: list[bytes] = []
    for source, numbering in zip(sources, numberings, strict=True):
        listed = source.in_order()
        ids += (listed[document] for document in np.flatnonzero(numbering.live).tolist())
    return id_arrays(ids)
