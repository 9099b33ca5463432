"""Classes of queries, drawn from the articles: always the same ones for the same articles."""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from typing import Final

from benchmarks.engines.statistics import Statistics, generator, is_ideograph, is_word
from index.documents import PUBLISHED
from search.plan import (
    And,
    ByDate,
    ByScore,
    Characters,
    DateRange,
    Direction,
    Facet,
    Keyword,
    Node,
    Not,
    Or,
    Plan,
    Word,
)

QUERIES: Final = 150
TRIES: Final = 400_000
PAGE: Final = 10
FACET_LIMIT: Final = 10
COMMON_CHARACTERS: Final = "的了和在是有一中人为"
"""For phrases with a character that nearly every article has."""


class Kind(Enum):
    COMMON_WORD = "common word"
    RARE_WORD = "rare word"
    OR = "OR of 2-4 words"
    AND = "AND of 2-4 words"
    NOT = "word, NOT another"
    OR_20 = "OR of 20 words"
    PHRASE = "phrase of 4-10"
    SUBSTRING = "inside a long word"
    COMMON_PHRASE = "phrase with 的 or the like"
    CHARACTER = "single character"
    COMMONEST_CHARACTER = "20 commonest characters"
    FILTERED = "word, filter, 3 facets"
    DATED = "word, date range, 3 facets"
    NEWEST = "word, newest first"
    DEEP = "page 500"


Questions = Mapping[Kind, tuple[Plan, ...]]


def draw(statistics: Statistics) -> Questions:
    """Up to QUERIES different plans of each kind."""
    return {kind: _different(maker(statistics, generator(kind.name))) for kind, maker in _MAKERS.items()}


def _different(plans: Iterator[Plan]) -> tuple[Plan, ...]:
    found: dict[Plan, None] = {}
    for _, plan in zip(range(TRIES), plans, strict=False):
        found[plan] = None
        if len(found) == QUERIES:
            break
    return tuple(found)


def _page(query: Node) -> Plan:
    return Plan(query=query, filters=(), order=ByScore(), offset=0, limit=PAGE)


@dataclass(frozen=True, slots=True)
class _Bands:
    """Words by how many of the articles have them."""

    commonest: tuple[str, ...]
    common: tuple[str, ...]
    known: tuple[str, ...]
    rare: tuple[str, ...]

    @classmethod
    def of(cls, statistics: Statistics) -> "_Bands":
        articles = statistics.articles
        return cls(
            commonest=tuple(statistics.words_between(articles * 0.15, articles)),
            common=tuple(statistics.words_between(articles * 0.05, articles)),
            known=tuple(statistics.words_between(articles * 0.005, articles)),
            rare=tuple(statistics.words_between(2, 50)),
        )


def _one_word(words: tuple[str, ...], rng: random.Random) -> Iterator[Plan]:
    while words:
        yield _page(Word(rng.choice(words)))


def _common(statistics: Statistics, rng: random.Random) -> Iterator[Plan]:
    return _one_word(_Bands.of(statistics).common, rng)


def _rare(statistics: Statistics, rng: random.Random) -> Iterator[Plan]:
    return _one_word(_Bands.of(statistics).rare, rng)


def _any_of(statistics: Statistics, rng: random.Random) -> Iterator[Plan]:
    known = _Bands.of(statistics).known
    while True:
        yield _page(Or(tuple(map(Word, rng.sample(known, rng.randint(2, 4))))))


def _any_of_20(statistics: Statistics, rng: random.Random) -> Iterator[Plan]:
    known = _Bands.of(statistics).known
    while True:
        yield _page(Or(tuple(map(Word, rng.sample(known, 20)))))


def _all_of(statistics: Statistics, rng: random.Random) -> Iterator[Plan]:
    """Words of one article, so that there is a hit."""
    known = frozenset(_Bands.of(statistics).known)
    while True:
        words = [word for word in rng.choice(statistics.sample)[0] if word in known]
        count = rng.randint(2, 4)
        if len(words) >= count:
            yield _page(And(tuple(map(Word, rng.sample(words, count)))))


def _without(statistics: Statistics, rng: random.Random) -> Iterator[Plan]:
    common = _Bands.of(statistics).common
    while True:
        wanted, unwanted = rng.sample(common, 2)
        yield _page(And((Word(wanted), Not(Word(unwanted)))))


def _runs(statistics: Statistics, rng: random.Random, low: int, high: int) -> Iterator[str]:
    while True:
        _, body = rng.choice(statistics.sample)
        length = rng.randint(low, high)
        if len(body) < length:
            continue
        start = rng.randrange(len(body) - length + 1)
        run = body[start : start + length]
        if all(map(is_ideograph, run)):
            yield run


def _phrases(statistics: Statistics, rng: random.Random) -> Iterator[Plan]:
    return (_page(Characters(run)) for run in _runs(statistics, rng, 4, 10))


def _common_phrases(statistics: Statistics, rng: random.Random) -> Iterator[Plan]:
    """The common character stands inside, with one to three others on each side."""
    for run in _runs(statistics, rng, 3, 7):
        if run[len(run) // 2] in COMMON_CHARACTERS:
            yield _page(Characters(run))


def _insides(statistics: Statistics, rng: random.Random) -> Iterator[Plan]:
    """Three or more characters of a word of five or more, neither its first nor its last."""
    long = [word for word in statistics.words if len(word) >= 5 and is_word(word)]
    while long:
        word = rng.choice(long)
        yield _page(Characters(word[1 : 1 + rng.randint(3, len(word) - 2)]))


def _characters(statistics: Statistics, rng: random.Random) -> Iterator[Plan]:
    """As many from each band of how many articles have them, but for the 20 commonest."""
    counts = {one: count for one, count in statistics.characters.items() if is_ideograph(one)}
    others = list(counts)[20:]
    bounds = [statistics.articles * share for share in (0.0001, 0.001, 0.01, 0.1, 1.1)]
    bands = [[one for one in others if low <= counts[one] < high] for low, high in pairwise(bounds)]
    filled = list(filter(None, bands))
    while filled:
        yield _page(Characters(rng.choice(rng.choice(filled))))


def _commonest_characters(statistics: Statistics, _rng: random.Random) -> Iterator[Plan]:
    ideographs = filter(is_ideograph, statistics.characters)
    return (_page(Characters(one)) for _, one in zip(range(20), ideographs, strict=False))


def _filtered(statistics: Statistics, rng: random.Random) -> Iterator[Plan]:
    regions = list(statistics.keywords["region"])[:20]
    for plan in _common(statistics, rng):
        yield _with_facets(plan, Keyword("region", (rng.choice(regions),)))


def _dated(statistics: Statistics, rng: random.Random) -> Iterator[Plan]:
    """From one day that an article is of to another one."""
    for plan in _common(statistics, rng):
        low, high = sorted(rng.sample(statistics.dates, 2))
        if low < high:
            yield _with_facets(plan, DateRange(PUBLISHED, low, high))


def _with_facets(plan: Plan, wanted: Node) -> Plan:
    facets = tuple(Facet(field, (wanted,), FACET_LIMIT) for field in ("source", "topic", "year"))
    return replace(plan, filters=(wanted,), facets=facets)


def _newest(statistics: Statistics, rng: random.Random) -> Iterator[Plan]:
    for plan in _common(statistics, rng):
        yield replace(plan, order=ByDate(PUBLISHED, Direction.NEWEST_FIRST))


def _deep(statistics: Statistics, rng: random.Random) -> Iterator[Plan]:
    """Several of the commonest words, so that there is such a page where there are enough articles."""
    commonest = _Bands.of(statistics).commonest
    while True:
        query = Or(tuple(map(Word, rng.sample(commonest, 3))))
        yield replace(_page(query), offset=499 * PAGE)


_MAKERS: Mapping[Kind, Callable[[Statistics, random.Random], Iterator[Plan]]] = {
    Kind.COMMON_WORD: _common,
    Kind.RARE_WORD: _rare,
    Kind.OR: _any_of,
    Kind.AND: _all_of,
    Kind.NOT: _without,
    Kind.OR_20: _any_of_20,
    Kind.PHRASE: _phrases,
    Kind.SUBSTRING: _insides,
    Kind.COMMON_PHRASE: _common_phrases,
    Kind.CHARACTER: _characters,
    Kind.COMMONEST_CHARACTER: _commonest_characters,
    Kind.FILTERED: _filtered,
    Kind.DATED: _dated,
    Kind.NEWEST: _newest,
    Kind.DEEP: _deep,
}
