"""Text with its gaps closed: documents set names, dates and numbers with white space inside them."""

import re
from dataclasses import dataclass

from index.text.folding import Folding

_GAP = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_LINE_END = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class ClosedUp:
    """A stored text without its gaps and the same folded: offsets of the one are offsets of the other.

    A gap of one character is gone; a wider one, or one with a line end in it, is a line feed.
    """

    stored: str
    folded: str

    @classmethod
    def of(cls, text: str, folding: Folding) -> "ClosedUp":
        """The text with wide gaps as line feeds, none of them at its ends."""
        stored = _GAP.sub(_closed, text).strip("\n")
        return cls(stored, folding.fold(stored))

    @classmethod
    def line(cls, text: str, folding: Folding) -> "ClosedUp":
        """The text without any gap, as a title is compared."""
        stored = _GAP.sub("", text)
        return cls(stored, folding.fold(stored))

    def as_written(self, folded: str) -> str:
        """The stored form of what stands in the folded text, without line feeds; itself where it does not."""
        at = self.folded.find(folded)
        if at < 0:
            at = self.folded.replace("\n", "").find(folded)
            stored = self.stored.replace("\n", "")
            return stored[at : at + len(folded)] if at >= 0 else folded
        return self.stored[at : at + len(folded)].replace("\n", "")


def _closed(gap: re.Match[str]) -> str:
    return "" if len(gap[0]) == 1 and _LINE_END.match(gap[0]) is None else "\n"
