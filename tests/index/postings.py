"""What an index holds of the words of each article, read from its segments."""

from collections.abc import Mapping
from pathlib import Path

from index.generation import current
from index.whoosh.codec.segment_reader import open_segment
from index.whoosh.toc import read_segments

Postings = Mapping[str, Mapping[str, int]]
"""By article, its words and their weighted frequencies."""


def postings_of(root: Path) -> Postings:
    """Of the live generation, deleted documents left out."""
    generation = current(root)
    words: dict[str, dict[str, int]] = {}
    for entry in read_segments(generation.folder, generation.manifest()):
        reader = open_segment(entry.path(generation.folder))
        live = entry.live()
        names = reader.ids_of(range(reader.count))
        for document in live.nonzero()[0].tolist():
            words[names[document]] = {}
        for ordinal in range(len(reader.words.terms)):
            lists = reader.words.lists.lists(ordinal, ordinal + 1).values.tolist()
            for document, frequency in zip(lists, reader.word_frequencies(ordinal).tolist(), strict=True):
                if live[document]:
                    words[names[document]][reader.word_text(ordinal)] = frequency
    return words
