"""The repair of damaged text, made once, when an article comes in. Every change is logged."""

from dataclasses import dataclass
from typing import Final

from index.text.edits import RepairedText
from index.text.folding import Folding
from index.text.rules.compatibility import CompatibilityRule
from index.text.rules.doubled import DoubledRule
from index.text.rules.entities import EntitiesRule
from index.text.rules.full_width import FullWidthRule
from index.text.rules.invisible import InvisibleRule
from index.text.rules.likelihood import LazyLikelihood
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

MAX_ROUNDS: Final = 5
"""One rule can lay bare what another would have mended: `&am\\u200bp;` is an entity without the invisible
character. So the rules run again until they find nothing, which real pages reach in the second round."""


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

    def repair(self, page: str) -> RepairedText:
        """The repaired page with the log of its changes; clean text comes back as the same object.

        Judge a page as a whole: how often a kind of damage occurs decides whether it is damage.
        """
        repaired = RepairedText(page)
        for _ in range(MAX_ROUNDS):
            before = repaired
            for rule in self.rules:
                repaired = repaired.then(rule.find(repaired.text))
            if repaired is before:
                break
        return repaired
