"""The repair of damaged text, made once, when an article comes in. Every change is logged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from index.text.edits import Edit, RepairedText
from index.text.folding import Folding
from index.text.likelihood import LazyLikelihood
from index.text.rules.compatibility import CompatibilityRule
from index.text.rules.doubled import DoubledRule
from index.text.rules.entities import EntitiesRule
from index.text.rules.full_width import FullWidthRule
from index.text.rules.invisible import InvisibleRule
from index.text.rules.line_breaks import LineBreakRule
from index.text.rules.lost_stops import LostStopsRule
from index.text.rules.mojibake import MojibakeRule
from index.text.rules.pinyin import PinyinRule
from index.text.rules.private_use import PrivateUseRule
from index.text.rules.radicals import RadicalsRule
from index.text.rules.readings import Readings
from index.text.rules.replacement import ReplacementRule
from index.text.rules.rule import Rule
from index.text.rules.slips import SlipRule

MAX_ROUNDS: Final = 100
"""One rule can lay bare what another would have mended: `&am\\u200bp;` is an entity without the invisible
character. So the rules run again until they find nothing, which real pages reach in the second round.

They come to an end: each round leaves the page shorter or with fewer characters that are damage. Damage that
hides in damage costs a round for each layer, and a page of nothing else would take time by the square of its
length; so what lies under more layers than this, which only an attacker writes, is left as it is.
"""


@dataclass(frozen=True, slots=True)
class Repairer:
    """The rules in the order in which they run, each on the outcome of the one before.

    Immutable and safe to share between threads.
    """

    rules: tuple[Rule, ...]

    @classmethod
    def load(cls, folding: Folding) -> "Repairer":
        """The rules of this version, in their order; `tests/index/text/test_repair.py` says why this."""
        likely = LazyLikelihood(folding)
        return cls(
            (
                MojibakeRule(likely),
                EntitiesRule(),
                LostStopsRule(),
                InvisibleRule(),
                PinyinRule(folding, Readings.load()),
                SlipRule(likely),
                PrivateUseRule.load(),
                RadicalsRule(),
                CompatibilityRule(),
                FullWidthRule(),
                ReplacementRule(),
                DoubledRule(),
                LineBreakRule(),
            )
        )

    @classmethod
    def sparing(cls) -> "Repairer":
        """One that takes out what has neither form nor meaning, and leaves all that can be read as it is."""
        return cls((InvisibleRule(),))

    def repair(self, page: str, borders: Sequence[tuple[int, int]] = ()) -> RepairedText:
        """The repaired page with the log of its changes; clean text comes back as the same object.

        Judge a page as a whole: how often a kind of damage occurs decides whether it is damage. Where it is
        made of several texts, `borders` are the stretches between them (half open, in code points of the
        page, in order, none of them empty): they stay, and what would change them is not changed at all.
        """
        repaired = RepairedText(page)
        for _ in range(MAX_ROUNDS):
            before = repaired
            for rule in self.rules:
                repaired = repaired.then(_within(borders, repaired, rule.find(repaired.text)))
            if repaired is before:
                break
        return repaired


def _within(
    borders: Sequence[tuple[int, int]], repaired: RepairedText, edits: Sequence[Edit]
) -> Sequence[Edit]:
    """The edits of a repaired text that reach into none of the borders, which count in its original."""
    return tuple(_clear_of(borders, repaired, edits)) if borders and edits else edits


def _clear_of(
    borders: Sequence[tuple[int, int]], repaired: RepairedText, edits: Sequence[Edit]
) -> Iterator[Edit]:
    passed = 0
    for edit in edits:
        while passed < len(borders) and repaired.repaired_offset(borders[passed][1] - 1) < edit.start:
            passed += 1
        if passed == len(borders) or edit.end <= repaired.repaired_offset(borders[passed][0]):
            yield edit
