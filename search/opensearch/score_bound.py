"""The most that a node can score, and trees that a cluster can score well in its stead.

A cluster scores in single precision, 24 bits, and never below 0. Beside a bonus of a million the score of a
word would be rounded to sixteenths, and a negative score is refused. So another tree is sent, which puts the
articles in the same order, and what they really score is made of that.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from search.opensearch.pair_fields import pair_part_sets
from search.plan import And, AtLeast, Constant, Maybe, Node, Not, Or, Pairs, Recent, Word

MOST_DOCUMENTS: Final = 1 << 40
"""More than any cluster holds: the rarity of a word rises with them."""

MAX_IDF: Final = math.log(1 + (MOST_DOCUMENTS + 0.5) / 0.5)
"""Of a word that no document holds (`Ranking.idf`)."""

LEAST_BONUS: Final = 4096.0
"""A constant from here on costs other scores precision: single precision has steps of 1/2048 there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentScores:
    """The tree that is sent, which matches the same articles, and what its scores stand for.

    Each bonus of `bonus` is sent as `stand_in`, which is above all that the rest can score; 0: there is none.
    `surplus` is in every score that is sent, and in none that is meant.
    """

    node: Node
    bonus: float = 0.0
    stand_in: float = 0.0
    surplus: float = 0.0

    def meant(self, sent: float) -> float:
        """What a score of the cluster stands for; the order stays as it is."""
        times = math.floor(sent / self.stand_in) if self.stand_in else 0
        return sent - times * self.stand_in - self.surplus + times * self.bonus


def sent_scores(node: Node, k1: float) -> SentScores:
    """What is to be sent for a node."""
    lifted, surplus = _without_negative(node)
    bonus = max(_constants(lifted), default=0.0)
    if bonus < LEAST_BONUS:
        return SentScores(node=lifted, surplus=surplus)
    rest = _with_constant(lifted, bonus, 0.0)
    # Twice the bound: sums are rounded in single precision.
    stand_in = 2.0 ** math.ceil(math.log2(2 * max(upper_bound(rest, k1), 1.0)))
    if stand_in >= bonus:
        return SentScores(node=lifted, surplus=surplus)
    return SentScores(
        node=_with_constant(lifted, bonus, stand_in), bonus=bonus, stand_in=stand_in, surplus=surplus
    )


def upper_bound(node: Node, k1: float) -> float:
    """What no article scores more than, in any index."""
    match node:
        case Word():
            return MAX_IDF * (k1 + 1)
        case Pairs(_, _, weight, parts):
            return MAX_IDF * (k1 + 1) * weight * len(node.pairs) * len(pair_part_sets(parts))
        case Recent():
            return node.weight
        case Constant(_, score):
            return max(score, 0.0)
        case And(nodes) | Or(nodes) | AtLeast(_, nodes):
            return sum(upper_bound(child, k1) for child in nodes)
        case Maybe(child, extra):
            return upper_bound(child, k1) + upper_bound(extra, k1)
        case _:
            return 0.0


def _constants(node: Node) -> Iterator[float]:
    """The constant scores that can be part of a node's."""
    match node:
        case Constant(_, score):
            yield score
        case And(nodes) | Or(nodes) | AtLeast(_, nodes):
            for child in nodes:
                yield from _constants(child)
        case Maybe(child, extra):
            yield from _constants(child)
            yield from _constants(extra)
        case _:
            return


def _with_constant(node: Node, old: float, new: float) -> Node:
    """The same with another score in the place of one."""
    match node:
        case Constant(_, score):
            return replace(node, score=new) if score == old else node
        case And(nodes) | Or(nodes) | AtLeast(_, nodes):
            return replace(node, nodes=tuple(_with_constant(child, old, new) for child in nodes))
        case Maybe(child, extra):
            return Maybe(_with_constant(child, old, new), _with_constant(extra, old, new))
        case _:
            return node


@dataclass(frozen=True, slots=True)
class _Loss:
    """A negative constant: it counts in articles that match all of these nodes."""

    where: And
    score: float


def _without_negative(node: Node) -> tuple[Node, float]:
    """The same tree with no constant below 0, and by how much it scores more for every article.

    An article where a loss does not count gets its amount, all others get none.
    """
    losses = list(_losses(node, ()))
    if not losses:
        return node, 0.0
    kept = tuple(Constant(Not(loss.where), -loss.score) for loss in losses)
    return Maybe(_without_losses(node), Or(kept)), -sum(loss.score for loss in losses)


def _losses(node: Node, path: tuple[Node, ...]) -> Iterator[_Loss]:
    """`path` are the nodes below the root that have to match for this one to count, with itself."""
    match node:
        case Constant(_, score):
            if score < 0:
                yield _Loss(And(path), score)
        case And(nodes) | Or(nodes) | AtLeast(_, nodes):
            for child in nodes:
                yield from _losses(child, (*path, child))
        case Maybe(child, extra):
            yield from _losses(child, (*path, child))
            yield from _losses(extra, (*path, extra))
        case _:
            return


def _without_losses(node: Node) -> Node:
    match node:
        case Constant(child, score):
            return Constant(child, max(score, 0.0))
        case And(nodes) | Or(nodes) | AtLeast(_, nodes):
            return replace(node, nodes=tuple(map(_without_losses, nodes)))
        case Maybe(child, extra):
            return Maybe(_without_losses(child), _without_losses(extra))
        case _:
            return node
