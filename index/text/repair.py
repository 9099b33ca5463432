"""The repair of damaged text, made once, when an article comes in. Every change is logged."""

from dataclasses import dataclass

from index.text.edits import RepairedText
from index.text.folding import Folding
from index.text.rules.pinyin import PinyinRule
from index.text.rules.readings import Readings
from index.text.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Repairer:
    """The rules in the order in which they run, each on the outcome of the one before.

    Immutable and safe to share between threads.
    """

    rules: tuple[Rule, ...]

    @classmethod
    def load(cls, folding: Folding) -> "Repairer":
        """The rules of this version, in their order; `tests/index/text/test_repair.py` says why this."""
        return cls((PinyinRule(folding, Readings.load()),))

    def repair(self, page: str) -> RepairedText:
        """The repaired page with the log of its changes; clean text comes back as the same object.

        Judge a page as a whole: how often a kind of damage occurs decides whether it is damage.
        """
        repaired = RepairedText(page)
        for rule in self.rules:
            repaired = repaired.then(rule.find(repaired.text))
        return repaired
