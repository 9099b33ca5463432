"""The repair of damaged text, made once, when an article comes in. Every change is logged."""

from dataclasses import dataclass

from index.text.edits import RepairedText
from index.text.folding import Folding
from index.text.pinyin import PinyinFinder
from index.text.readings import Readings


@dataclass(frozen=True, slots=True)
class Repairer:
    """Immutable and safe to share between threads."""

    pinyin: PinyinFinder

    @classmethod
    def load(cls, folding: Folding) -> "Repairer":
        return cls(PinyinFinder(folding, Readings.load()))

    def repair(self, page: str) -> RepairedText:
        """The repaired page with the log of its changes; clean text comes back as the same object.

        Judge a page as a whole: how often a kind of damage occurs decides whether it is damage.
        """
        return RepairedText.of(page, self.pinyin.find(page))
