"""What queries are drawn from: how many articles have each word and character, and some of the articles."""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.article import Part
from index.documents import PUBLISHED, IndexDocument

SAMPLE_EVERY = 10
"""One article in so many is kept for runs of characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """`words`, `characters`, `keywords`: each with the number of articles that have it, the commonest first,
    equal ones in the order of their code points. `sample`: (words, body) of some. `dates`: of all, rising."""

    articles: int
    words: Mapping[str, int]
    characters: Mapping[str, int]
    keywords: Mapping[str, Mapping[str, int]]
    sample: Sequence[tuple[tuple[str, ...], str]]
    dates: Sequence[int]

    @classmethod
    def of(cls, documents: Iterable[IndexDocument]) -> "Statistics":
        words: Counter[str] = Counter()
        characters: Counter[str] = Counter()
        keywords: dict[str, Counter[str]] = {}
        sample: list[tuple[tuple[str, ...], str]] = []
        dates: list[int] = []
        articles = 0
        for document in documents:
            words.update(document.words.keys())
            characters.update({one for text in document.characters.values() for one in text})
            for field, values in document.keywords.items():
                keywords.setdefault(field, Counter()).update(values)
            if articles % SAMPLE_EVERY == 0:
                sample.append((tuple(document.words), document.characters[Part.BODY]))
            if PUBLISHED in document.dates:
                dates.append(document.dates[PUBLISHED])
            articles += 1
        return cls(
            articles=articles,
            words=_commonest_first(words),
            characters=_commonest_first(characters),
            keywords={field: _commonest_first(counts) for field, counts in sorted(keywords.items())},
            sample=sample,
            dates=sorted(dates),
        )

    def words_between(self, low: float, high: float) -> list[str]:
        """Words of two characters or more that at least `low` and fewer than `high` articles have."""
        return [word for word, count in self.words.items() if low <= count < high and is_word(word)]


def is_word(text: str) -> bool:
    """Whether it is what people search for: two characters or more, all of them ideographs."""
    return len(text) > 1 and all(map(is_ideograph, text))


def is_ideograph(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def generator(name: str) -> random.Random:
    """Draws the same in every run; another series for each name."""
    return random.Random(f"20261124 {name}")


def _commonest_first(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
