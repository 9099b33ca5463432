"""What is asked of the servers: words, phrases and filters, drawn from the stored articles."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import Final

from index.analysis.analyzer import Analyzer
from index.article import Article, Relation
from index.corpus.reader import CorpusReader

FOLDER: Final = "BENCHMARK_FOLDER"
"""The environment variable that tells a worker where the data lie."""

SAMPLE: Final = 2_000
QUESTIONS: Final = 500
WORDS, PHRASES = 0.6, 0.2
"""Shares of the kinds; the rest are words with a filter and three facets."""
FACETS: Final = ("source", "topic", "year")
LEAST_HOLDING: Final = 10
"""Articles of the sample that hold a word that is asked for."""
REGIONS: Final = 20


class Kind(Enum):
    WORD = "word"
    PHRASE = "phrase"
    FILTERED = "word, region, 3 facets"


@dataclass(frozen=True, slots=True)
class Question:
    """`text` without quotes; `region` is the code of a province."""

    kind: Kind
    text: str
    region: str | None = None


def draw(sample: Sequence[Article], analyzer: Analyzer, seed: int) -> tuple[Question, ...]:
    """The same ones for the same articles and seed, shuffled."""
    rng = random.Random(seed)
    words = common_words(sample, analyzer)
    provinces = [code for code, _ in Counter(filter(None, map(province_of, sample))).most_common(REGIONS)]
    runs = ideographs(sample, rng)
    questions = [
        *(Question(Kind.WORD, rng.choice(words)) for _ in range(int(QUESTIONS * WORDS))),
        *(Question(Kind.PHRASE, next(runs)) for _ in range(int(QUESTIONS * PHRASES))),
    ]
    while len(questions) < QUESTIONS:
        questions.append(Question(Kind.FILTERED, rng.choice(words), rng.choice(provinces)))
    rng.shuffle(questions)
    return tuple(questions)


def sample_of(articles: CorpusReader) -> tuple[Article, ...]:
    """About SAMPLE of them, at equal distances in the order of their ids."""
    step = max(1, articles.stats().articles // SAMPLE)
    return tuple(islice(articles.export(), 0, None, step))


def common_words(sample: Sequence[Article], analyzer: Analyzer) -> list[str]:
    """Words of two characters and more, sorted."""
    holding: Counter[str] = Counter()
    for article in sample:
        holding.update(
            {word for word in analyzer.index_words(article.body) if len(word) > 1 and is_han(word)}
        )
    return sorted(word for word, count in holding.items() if count >= LEAST_HOLDING)


def province_of(article: Article) -> str | None:
    """The code of the province that the article is about."""
    about = [region for region in article.regions if region.relation is Relation.ABOUT]
    return f"{about[0].code[:2]}0000" if about else None


def ideographs(sample: Sequence[Article], rng: random.Random) -> Iterator[str]:
    """Runs of 4 to 10 of them, as they stand in an article."""
    while True:
        body = rng.choice(sample).body
        length = rng.randint(4, 10)
        start = rng.randrange(max(1, len(body) - length))
        run = body[start : start + length]
        if len(run) == length and is_han(run):
            yield run


def is_han(text: str) -> bool:
    return all("一" <= char <= "鿿" for char in text)
