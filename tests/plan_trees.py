"""Random documents, histories of an index, plan trees and plans for the judges of the engine.

All of them take a seeded `random.Random` and give the same values for the same seed, so that one number names
a failure. The alphabet is small, and most of what a tree asks for is cut out of a document: things meet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from index.article import Part
from index.documents import DATE_FIELDS, IndexDocument
from search.plan import (
    ALL_PARTS,
    Anchor,
    And,
    AtLeast,
    ByDate,
    ByScore,
    Characters,
    Constant,
    DateRange,
    Direction,
    Every,
    Facet,
    FacetOrder,
    Grouping,
    Histogram,
    Interval,
    Keyword,
    Maybe,
    Missing,
    Near,
    Node,
    Not,
    Or,
    Order,
    Pairs,
    Plan,
    Prefix,
    Recent,
    Word,
)

ALPHABET: Final = "甲乙丙国中中a1,。𠮷😀"
LENGTHS: Final = (0, 0, 0, 1, 2, 3, 5, 8, 20, 20, 60, 253, 254, 255, 256, 257, 511, 512)
LONG_LENGTHS: Final = (1023, 1024, 3000)
WORDS: Final = (
    *("中国", "新闻", "国", "中国新闻", "甲乙", "丙丁甲", "乙", "abc", "ab", "a", "x1", "𠮷", "𠮷甲"),
    *("\uffff", "\U0010ffff", "丁" * 12, "丁" * 40, "丁" * 40 + "甲", "z" * 32, "z" * 33),
)
FREQUENCIES: Final = (1, 1, 1, 2, 3, 7, 254, 255, 256, 70_000)
VALUES: Final = {
    "source": ("甲报", "乙报", "a", "A", "𠮷报", "\uffff", "甲报,乙报"),
    "region": ("420000", "420100", "420106", "110000"),
    "topic": ("科技", "经济", "科技创新"),
    "year": ("2023", "2024"),
}
DATES: Final = (-62_135_596_800, -86_401, -1, 0, 0, 1, 1_700_000_000, 1_700_000_000, 253_402_300_799)
CLUSTERS: Final = (None, None, None, 1, 2, 3, 4, 2**40)
FIRST_OF_IDS: Final = "\uffff𠮷az甲"
CONSTANTS: Final = (0.0, 0.0, 0.5, 4.0, 8.0, -1.0)
HALF_LIVES: Final = (1, 1_000, 86_400 * 365, 10**11)
WEIGHTS: Final = (1.0, 1.0, 0.5, 3.0, 0.0)
GREATEST_DEPTH: Final = 4


@dataclass(frozen=True, slots=True)
class Change:
    """One commit of an index."""

    puts: tuple[IndexDocument, ...]
    deletes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Optimise:
    """All segments become one, as far as the engine allows."""


Step = Change | Optimise


# Documents


def document(random: Random, number: int) -> IndexDocument:
    """The document of a number; the next call gives another version of it."""
    return IndexDocument(
        id=document_id(number),
        characters={part: _text(random) for part in Part},
        words={word: random.choice(FREQUENCIES) for word in _common_first(random, random.randint(0, 6))},
        keywords={
            field: tuple(random.choices(values, k=random.choice((0, 1, 1, 2, 3))))
            for field, values in VALUES.items()
        },
        dates={field: random.choice(DATES) for field in DATE_FIELDS if random.random() < 0.8},
        cluster=random.choice(CLUSTERS),
    )


def document_id(number: int) -> str:
    """Ids whose order is not that of their numbers, nor that of UTF-16."""
    return f"{FIRST_OF_IDS[number % len(FIRST_OF_IDS)]}-{number * 7919 % 1000}-{number}"


def history(random: Random, size: int) -> list[Step]:
    """Commits that build an index of about so many documents, change it, and end with one segment."""
    first = range(size // 2)
    steps: list[Step] = [Change(tuple(document(random, number) for number in first), ())]
    live = set(first)
    for batch in (size // 3, 1, size // 8, 0, 2):
        fresh = random.sample(range(size + 10), batch)
        doomed = set(random.sample(sorted(live), min(len(live), batch // 2))).difference(fresh)
        puts = tuple(document(random, number) for number in fresh)
        steps.append(Change(puts, tuple(map(document_id, doomed))))
        live = live.difference(doomed).union(fresh)
    middle = random.randrange(1, len(steps))
    return [*steps[:middle], Optimise(), *steps[middle:], Optimise()]


def _text(random: Random) -> str:
    lengths = LONG_LENGTHS if random.random() < 0.01 else LENGTHS
    return "".join(random.choices(ALPHABET, k=random.choice(lengths)))


def _common_first(random: Random, count: int) -> list[str]:
    return random.choices(WORDS, weights=[1 / (rank + 1) for rank in range(len(WORDS))], k=count)


# Trees


def tree(random: Random, among: Sequence[IndexDocument], depth: int = GREATEST_DEPTH) -> Node:
    """A tree with at most so many levels, about some of the documents."""
    if depth == 1 or random.random() < 0.3:
        return leaf(random, random.choice(among))
    match random.randrange(8):
        case 0 | 1:
            return And(_children(random, among, depth))
        case 2 | 3:
            return Or(_children(random, among, depth))
        case 4:
            nodes = _children(random, among, depth)
            if random.random() < 0.3:
                nodes = (*nodes, *nodes[:1])
            return AtLeast(random.randint(1, len(nodes) + 1), nodes)
        case 5:
            return Not(tree(random, among, depth - 1))
        case 6:
            return Maybe(tree(random, among, depth - 1), tree(random, among, depth - 1))
        case _:
            return Constant(tree(random, among, depth - 1), random.choice(CONSTANTS))


def _children(random: Random, among: Sequence[IndexDocument], depth: int) -> tuple[Node, ...]:
    count = 0 if random.random() < 0.03 else random.randint(1, 4)
    return tuple(tree(random, among, depth - 1) for _ in range(count))


def leaf(random: Random, about: IndexDocument) -> Node:
    """A node with no nodes in it, which mostly matches this document."""
    match random.randrange(15):
        case 0 | 1 | 2:
            return Word(_word(random, about))
        case 3:
            word = _word(random, about)
            return Prefix(word[: random.randint(0, len(word))])
        case 4 | 5 | 6:
            return _characters(random, about)
        case 7:
            parts = _parts(random)
            text = about.characters[random.choice(parts or ALL_PARTS)]
            gap = random.choice((0, 0, 1, 2, 5, 300))
            return Near(_cut(random, text, 3), _cut(random, text, 3), gap, parts)
        case 8 | 9:
            field = random.choice([*VALUES, "level"])
            known = about.keywords.get(field, ())
            values = [*random.sample(known, min(1, len(known))), *random.sample(VALUES["source"], 1)]
            return Keyword(field, tuple(values[: random.choice((0, 1, 1, 2, 2))]))
        case 11:
            return _pairs(random, about)
        case 12:
            now = random.choice(DATES) + random.choice((0, 0, 1, 900))
            return Recent(random.choice(DATE_FIELDS), now, random.choice(HALF_LIVES), random.choice(WEIGHTS))
        case 10:
            ends = sorted(random.choice(DATES) + random.randint(-1, 1) for _ in range(2))
            low, high = (end if random.random() < 0.7 else None for end in ends)
            return DateRange(random.choice(DATE_FIELDS), low, high)
        case 13:
            return Missing(random.choice([*VALUES, "level"]))
        case _:
            return Every()


def _word(random: Random, about: IndexDocument) -> str:
    return random.choice([*about.words, *about.words, random.choice(WORDS), "没有", ""])


def _characters(random: Random, about: IndexDocument) -> Characters:
    parts = _parts(random)
    text = about.characters[random.choice(parts or ALL_PARTS)]
    anchor = random.choice((Anchor.ANYWHERE, *Anchor))
    match anchor:
        case Anchor.ANYWHERE:
            wanted = _cut(random, text, 6)
        case Anchor.START:
            wanted = text[: random.randint(0, 4)]
        case Anchor.WHOLE:
            wanted = text[: random.choice((1, 2, len(text)))]
    return Characters(wanted, parts, anchor)


def _pairs(random: Random, about: IndexDocument) -> Pairs:
    parts = _parts(random)
    wanted = _cut(random, about.characters[random.choice(parts or ALL_PARTS)], 8)
    if random.random() < 0.15:
        at = random.randint(0, len(wanted))
        wanted = f"{wanted[:at]} {wanted[at:]}"
    return Pairs(wanted, random.choice((1, 1, 2, 5)), random.choice(WEIGHTS), parts)


def _parts(random: Random) -> tuple[Part, ...]:
    """All of them, mostly; else any of them, in any order."""
    if random.random() < 0.5:
        return ALL_PARTS
    return tuple(random.sample(ALL_PARTS, random.choice((0, 1, 1, 2, 3))))


def _cut(random: Random, text: str, longest: int) -> str:
    """A stretch of the text, sometimes with a character changed or one more of the same."""
    at = random.randint(0, len(text))
    found = text[at : at + random.randint(1, longest)]
    match random.randrange(8):
        case 0:
            return found[:-1] + random.choice(ALPHABET)
        case 1:
            return found + found[-1:]
        case _:
            return found


# Plans


def plan(random: Random, among: Sequence[IndexDocument]) -> Plan:
    """A tree with filters, an order, a page and facets around it."""
    filters = _filters(random, among)
    fields = random.sample([*VALUES, "level"], random.choice((0, 0, 1, 3)))
    return Plan(
        query=tree(random, among),
        filters=filters,
        order=_order(random),
        offset=random.choice((0, 0, 0, 1, 3, 10, len(among), len(among) + 1)),
        limit=random.choice((0, 1, 2, 10, 10, 20, len(among))),
        grouping=random.choice(tuple(Grouping)),
        facets=tuple(_facet(random, field, filters) for field in fields),
        histograms=tuple(
            Histogram(random.choice(DATE_FIELDS), random.choice(tuple(Interval)))
            for _ in range(random.choice((0, 0, 1, 2)))
        ),
    )


def _facet(random: Random, field: str, filters: tuple[Node, ...]) -> Facet:
    values = (*VALUES.get(field, ()), "没有")
    return Facet(
        field,
        random.choice((filters, filters[:1], ())),
        random.choice((0, 1, 2, 100)),
        named=tuple(random.sample(values, min(len(values), random.choice((0, 0, 1, 2))))),
        prefix=random.choice(("", "", "", random.choice(values)[:1], random.choice(values))),
        order=random.choice((FacetOrder.COMMONEST, *FacetOrder)),
    )


def _filters(random: Random, among: Sequence[IndexDocument]) -> tuple[Node, ...]:
    return tuple(tree(random, among, random.choice((1, 1, 2))) for _ in range(random.choice((0, 0, 1, 2))))


def _order(random: Random) -> Order:
    if random.random() < 0.5:
        return ByScore()
    return ByDate(random.choice(DATE_FIELDS), random.choice(tuple(Direction)))
