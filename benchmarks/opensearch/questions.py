"""Classes of queries, as paths of the API, drawn from the stored articles."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from benchmarks.http.questions import (
    FACETS,
    REGIONS,
    common_words,
    ideographs,
    is_han,
    province_of,
    sample_of,
)
from index.analysis.analyzer import Analyzer
from index.article import Article
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from web.serving.opening import open_analyzer

SEED: Final = 20_261_130
CHARACTERS: Final = 300
"""Single characters are drawn from so many of the commonest."""

WORD, OR, PHRASE = "word", "OR of 2-4 words", "phrase of 4-10"
CHARACTER, FILTERED = "single character", "word and region"
NEWEST, CLUSTERS = "word, newest first", "word, clusters"
CLASSES: Final = (WORD, OR, PHRASE, CHARACTER, FILTERED, NEWEST, CLUSTERS)
"""All ask for ten hits with snippets and for three facets, and all but the last for each article alone."""

ALONE: Final = ("collapse", "none")
TOGETHER: Final = ("collapse", "duplicates")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What questions are made of; `provinces` are codes of regions."""

    words: Sequence[str]
    characters: Sequence[str]
    provinces: Sequence[str]

    @classmethod
    def of(cls, sample: Sequence[Article], analyzer: Analyzer) -> "Vocabulary":
        """Of these articles, the commonest first but for the words."""
        characters = Counter(one for article in sample for one in set(article.body) if is_han(one))
        provinces = Counter(filter(None, map(province_of, sample)))
        return cls(
            common_words(sample, analyzer),
            [one for one, _ in characters.most_common(CHARACTERS)],
            [code for code, _ in provinces.most_common(REGIONS)],
        )


def draw(folder: DataFolder, count: int) -> Mapping[str, Sequence[str]]:
    """`count` paths of each class; the same for the same articles."""
    with CorpusReader.open(folder) as articles:
        sample = sample_of(articles)
    return paths(sample, Vocabulary.of(sample, open_analyzer(folder)), count)


def paths(sample: Sequence[Article], vocabulary: Vocabulary, count: int) -> Mapping[str, Sequence[str]]:
    """By class."""
    rng = random.Random(SEED)
    runs = ideographs(sample, rng)
    words, characters, provinces = vocabulary.words, vocabulary.characters, vocabulary.provinces

    def word() -> str:
        return rng.choice(words)

    return {
        WORD: [path(word(), ALONE) for _ in range(count)],
        OR: [path(" OR ".join(rng.sample(words, rng.randint(2, 4))), ALONE) for _ in range(count)],
        PHRASE: [path(f'"{next(runs)}"', ALONE) for _ in range(count)],
        CHARACTER: [path(rng.choice(characters), ALONE) for _ in range(count)],
        FILTERED: [path(word(), ALONE, ("region", rng.choice(provinces))) for _ in range(count)],
        NEWEST: [path(word(), ALONE, ("sort", "newest")) for _ in range(count)],
        CLUSTERS: [path(word(), TOGETHER) for _ in range(count)],
    }


def path(text: str, *more: tuple[str, str]) -> str:
    return f"/api/v1/search?{urlencode([('q', text), *more, ('facets', ','.join(FACETS))])}"
