"""The law of other ways to write a run, with synonyms of its own: the judge of searches with synonyms on.

As in `tests.reference_engine` nothing here comes from the product.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from tests.reference_engine import chars, pieces, segmenter

GROUPS: Final = (
    ("数字经济", "云计算产业"),
    ("人工智能", "智能"),
    ("高新技术", "高新"),
    ("专项资金", "补贴"),
    ("示范区", "示范园区"),
    ("人民政府", "政府"),
    ("武汉大学", "武大"),
    ("市场监督", "监管"),
    ("营商环境", "营商"),
    ("改革", "创新"),
    ("gdp", "经济总量"),
    ("5g", "鄂"),
)
"""Two forms each, folded, of one name. Some are parts of others, and most stand in texts of
`tests.strategies`."""

SHORT: Final = 2
TOGETHER: Final = 3


def other_ways(run: str) -> tuple[str, ...]:
    """What a run can be written as instead: with one to three of its parts as the other form of their group,
    where that does not hold the run itself."""
    text = chars(run)
    parts = sorted(_longest_apart(_found(text))[:TOGETHER])
    ways = [
        _rewritten(text, chosen)
        for count in range(1, len(parts) + 1)
        for chosen in combinations(parts, count)
    ]
    return tuple(dict.fromkeys(way for way in ways if text not in way))


Part = tuple[int, int, str]
"""Where a form begins and ends, and what is written instead."""


def _found(text: str) -> Iterator[Part]:
    for group in GROUPS:
        for form, other in (group, group[::-1]):
            for start in range(len(text)):
                end = start + len(form)
                if text.startswith(form, start) and _stands_alone(text, start, end):
                    yield start, end, other


def _stands_alone(text: str, start: int, end: int) -> bool:
    if end - start < SHORT:
        return end - start == len(text)
    if end - start == SHORT and any(
        low < start < high < end or start < low < end < high or (low < start and end < high)
        for low, high in _words(text)
    ):
        return False
    return not any(_joins(text[at - 1 : at + 1]) for at in (start, end) if at > 0)


def _joins(neighbours: str) -> bool:
    return len(neighbours) == 2 and neighbours.isascii() and neighbours.isalnum()


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Where the words of a text without skipped characters begin and end."""
    at = 0
    for piece in pieces(text):
        at = text.index(piece, at)
        for word in segmenter().cut(piece, HMM=False):
            yield at, at + len(word)
            at += len(word)


def _longest_apart(parts: Iterator[Part]) -> list[Part]:
    """The longest of those that overlap, of equally long ones the first; the longest come first."""
    kept: list[Part] = []
    for part in sorted(parts, key=lambda part: (part[0] - part[1], part[0])):
        if all(part[1] <= start or end <= part[0] for start, end, _ in kept):
            kept.append(part)
    return kept


def _rewritten(text: str, parts: tuple[Part, ...]) -> str:
    for start, end, other in reversed(parts):
        text = text[:start] + other + text[end:]
    return text
