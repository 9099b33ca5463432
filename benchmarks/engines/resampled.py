"""As many articles as are wanted: real ones with other sentences."""

import random
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Final

from benchmarks.engines.library import Library, benchmark_analyzer, document_of
from index.analysis.analyzer import Analyzer
from index.article import Article
from index.documents import IndexDocument
from index.worker_process import WorkLimits, WorkLost
from index.workers import Workers, usable_processors

CHUNK: Final = 50
"""Articles that a process makes at once."""

SENTENCE: Final = re.compile(r"[^。!?\n]+[。!?\n]*|[。!?\n]+")


@dataclass(frozen=True, slots=True)
class Resampler:
    """Makes the article of each number, always the same one."""

    articles: Sequence[Article]
    sentences: Sequence[str]

    @classmethod
    def of(cls, articles: Sequence[Article]) -> "Resampler":
        return cls(articles, [one for article in articles for one in SENTENCE.findall(article.body)])

    def article(self, number: int) -> Article:
        """One of the real articles with other sentences, as many as it has."""
        rng = random.Random(f"article {number}")
        like = rng.choice(self.articles)
        return replace(
            like,
            id=f"resampled-{number}",
            title=rng.choice(self.articles).title,
            lead=self._drawn(like.lead, rng),
            body=self._drawn(like.body, rng),
        )

    def _drawn(self, text: str, rng: random.Random) -> str:
        return "".join(rng.choice(self.sentences) for _ in SENTENCE.findall(text))


def documents(library: Library, size: int) -> Iterator[IndexDocument]:
    """The first `size` documents, made in processes."""
    workers = Workers(partial(_load, library), usable_processors(), WorkLimits(), chunk_jobs=4)
    firsts = range(0, size, CHUNK)
    with closing(workers.map(firsts, lambda _: 1)) as outcomes:
        for first, made in outcomes:
            if isinstance(made, WorkLost):
                raise RuntimeError(made.reason)  # noqa: TRY004  # the work failed
            yield from islice(made, size - first)


@dataclass(frozen=True, slots=True)
class _Making:
    """What a process does: the documents of CHUNK numbers."""

    resampler: Resampler
    analyzer: Analyzer

    def __call__(self, first: int) -> Sequence[IndexDocument]:
        return [
            document_of(self.analyzer, self.resampler.article(number))
            for number in range(first, first + CHUNK)
        ]


def _load(library: Library) -> _Making:
    articles = [article for chunk in library.articles() for article in chunk]
    return _Making(Resampler.of(articles), benchmark_analyzer())
