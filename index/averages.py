"""How long an average article is: what an engine may have to know before it indexes the first one."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from index.article import Part
from index.documents import IndexDocument
from index.writer import START_AVERAGE_LENGTH

MEASURED_ARTICLES: Final = 100
"""From so many articles on, a generation that nobody asked for measures their average length.

Fewer say little about those to come, and the average stays with the generation until a rebuild, so that
scores do not move between commits. Chosen by hand on 2026-11-24, not measured.
"""

START_CHARACTERS: Final[Mapping[Part, float]] = {
    Part.TITLE: 22.0,
    Part.LEAD: 80.0,
    Part.BODY: 800.0,
    Part.TAGS: 10.0,
}
"""Searchable characters of the parts of an average article, where there is none to measure. Chosen by hand on
2026-11-28 for news and policy pages, not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Averages:
    """`words`: the weighted words of an average article; `characters`: the searchable characters of its
    parts."""

    words: float = START_AVERAGE_LENGTH
    characters: Mapping[Part, float] = field(default_factory=lambda: START_CHARACTERS)

    def of_parts(self, parts: Iterable[Part]) -> float:
        """The characters of these parts together, at least 1."""
        return max(1.0, sum(self.characters.get(part, 0.0) for part in set(parts)))


def measure(documents: Iterable[IndexDocument]) -> Averages:
    """The averages of these documents, of which only one is held at a time.

    Of fewer than MEASURED_ARTICLES the words are not measured, and of none at all nothing is.
    """
    count = words = 0
    characters: Counter[Part] = Counter()
    for document in documents:
        count += 1
        words += document.length
        characters.update({part: len(text) for part, text in document.characters.items()})
    if not count:
        return Averages()
    return Averages(
        words=words / count if words and count >= MEASURED_ARTICLES else START_AVERAGE_LENGTH,
        characters={part: characters[part] / count for part in Part},
    )
