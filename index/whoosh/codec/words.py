"""The word field: a term dictionary, and for each word its documents with its weighted frequency in each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.whoosh.codec.array_file import Array, ArrayFile
from index.whoosh.codec.frequencies import Frequencies, frequency_arrays
from index.whoosh.codec.list_merger import ListSource, merged_lists
from index.whoosh.codec.numbering import Renumbering
from index.whoosh.codec.packed_lists import ListPacker, Lists, PackedLists
from index.whoosh.codec.term_dictionary import TermDictionary, dictionary_arrays, term_bytes, union

_TERMS: Final = "words.terms"
_LISTS: Final = "words.documents"
_FREQUENCIES: Final = "words.frequencies"


class Words:
    """Reads the word field of a segment: the documents of each word, and how often it stands in each,
    weighted."""

    def __init__(self, file: ArrayFile, count: int) -> None:
        self.terms = TermDictionary(file, _TERMS)
        self.lists = PackedLists(file, _LISTS, count)
        self.frequencies = Frequencies(file, _FREQUENCIES, self.lists.total)

    def frequencies_in(self, ordinal: int, documents: NDArray[np.intp]) -> NDArray[np.unsignedinteger]:
        """The frequency of a word in each of these documents, 0 where they do not hold it."""
        places = self.lists.places(ordinal, documents)
        # What is not there is looked up at the word's first place, and then dropped.
        is_there = places >= 0
        places *= is_there
        places += self.lists.start(ordinal)
        return self.frequencies.at(places) * is_there

    def frequencies_of(self, ordinal: int) -> NDArray[np.unsignedinteger]:
        """The frequency of a word in each of its documents; not to be written to."""
        start = self.lists.start(ordinal)
        return self.frequencies.between(start, start + self.lists.count(ordinal))


def word_arrays(words: Sequence[Mapping[str, int]]) -> Mapping[str, Array]:
    """The word field of documents whose weighted frequencies these are."""
    lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    size = int(lengths.sum())
    # A word that is looked up for the first time gets the next number.
    vocabulary: defaultdict[str, int] = defaultdict()
    vocabulary.default_factory = vocabulary.__len__
    seen = map(vocabulary.__getitem__, chain.from_iterable(words))
    numbers = np.fromiter(seen, dtype=np.uint32, count=size)
    encoded = [term_bytes(word) for word in vocabulary]
    order = sorted(range(len(encoded)), key=encoded.__getitem__)
    ranks = np.empty(len(encoded), dtype=np.uint64)
    ranks[order] = np.arange(len(encoded), dtype=np.uint64)
    weights = chain.from_iterable(frequencies.values() for frequencies in words)
    frequencies = np.fromiter(weights, dtype=np.uint32, count=size)
    documents = np.repeat(np.arange(len(words), dtype=np.uint32), lengths)
    # Sorting plain numbers, a word << 32 | where it came, is many times faster than sorting indirectly.
    keys = ranks[numbers]
    keys <<= np.uint64(32)
    keys |= np.arange(size, dtype=np.uint64)
    keys.sort()
    places = keys.astype(np.uint32)
    counts = np.bincount((keys >> np.uint64(32)).astype(np.int64), minlength=len(encoded))
    packer = ListPacker(len(words))
    packer.add(Lists(np.append(0, np.cumsum(counts)), documents[places]))
    return {
        **dictionary_arrays(_TERMS, [encoded[at] for at in order]),
        **packer.arrays(_LISTS),
        **frequency_arrays(_FREQUENCIES, frequencies[places]),
    }


def merged_words(
    sources: Sequence[Words], numberings: Sequence[Renumbering], count: int
) -> Mapping[str, Array]:
    """The word field of segments, `count` documents of which are live."""
    terms, places = union(source.terms.terms() for source in sources)
    packer = ListPacker(count)
    kept: list[bytes] = []
    frequencies: list[NDArray[np.uint32]] = [np.zeros(0, dtype=np.uint32)]
    lists = [
        ListSource(source.lists, place, numbering, beside=source.frequencies)
        for source, place, numbering in zip(sources, places, numberings, strict=True)
    ]
    for chunk in merged_lists(lists, len(terms)):
        packer.add(chunk.lists)
        kept += (terms[place] for place in chunk.places.tolist())
        if chunk.beside is not None:
            frequencies.append(chunk.beside)
    return {
        **dictionary_arrays(_TERMS, kept),
        **packer.arrays(_LISTS),
        **frequency_arrays(_FREQUENCIES, np.concatenate(frequencies)),
    }
