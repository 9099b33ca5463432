"""A repaired text with its searchable parts, and the repair log of each part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from index.article import TAG_SEPARATOR, Part, Repair
from index.describe.lines import Span
from index.text.edits import RepairedText

LINE_END: Final = "\n"

SEPARATORS: Final[Mapping[Part, str]] = {
    Part.TITLE: LINE_END,
    Part.LEAD: LINE_END,
    Part.BODY: LINE_END,
    Part.TAGS: TAG_SEPARATOR,
}
"""What stands between two stretches of a part in the article."""


@dataclass(frozen=True, slots=True)
class PartedText:
    """`spans` are stretches of the repaired text, in order.

    `bases` say where in the original, in code points, the text begins from which a part's log counts.
    """

    repaired: RepairedText
    spans: Mapping[Part, tuple[Span, ...]]
    bases: Mapping[Part, int]

    def text(self, part: Part) -> str:
        """The part as the article has it."""
        return SEPARATORS[part].join(span.of(self.repaired.text) for span in self.spans[part])

    def searchable(self) -> str:
        """Title, lead and body, to judge the article by."""
        return LINE_END.join(self.text(part) for part in (Part.TITLE, Part.LEAD, Part.BODY))

    def repairs(self) -> tuple[Repair, ...]:
        """The log of all parts, in order. What was repaired outside of them is not in it."""
        return (
            tuple(repair for part in Part for repair in self._repairs_of(part))
            if self.repaired.changes
            else ()
        )

    def _repairs_of(self, part: Part) -> Iterator[Repair]:
        offset = 0
        for span in self.spans[part]:
            for change in self.repaired.changes_within(span.start, span.end):
                yield Repair(
                    part=part,
                    start=offset + change.start - span.start,
                    length=len(change.edit.after),
                    original_start=change.edit.start - self.bases[part],
                    original_length=len(change.edit.before),
                    before=change.edit.before,
                    after=change.edit.after,
                    rule=change.edit.rule,
                )
            offset += span.end - span.start + len(SEPARATORS[part])
