"""A repaired text with its searchable parts, and the repair log of each part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from index.article import TAG_SEPARATOR, Part, Repair
from index.describe.lines import Span
from index.text.edits import Change, RepairedText

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
    """`spans` are stretches of the repaired text, each part's in the order in which the article has them.

    That is the order of the text, but for tags: the column that a page stands in is its last one.

    `bases` say where in the original, in code points, the text begins from which a part's log counts;
    `unsearched_base`, the same for what lies outside of all parts.
    """

    repaired: RepairedText
    spans: Mapping[Part, tuple[Span, ...]]
    bases: Mapping[Part, int]
    unsearched_base: int

    def stretches(self, part: Part) -> tuple[str, ...]:
        """The texts that the part is made of."""
        return tuple(span.of(self.repaired.text) for span in self.spans[part])

    def text(self, part: Part) -> str:
        """The part as the article has it."""
        return SEPARATORS[part].join(self.stretches(part))

    def searchable(self) -> str:
        """Title, lead and body, to judge the article by."""
        return LINE_END.join(self.text(part) for part in (Part.TITLE, Part.LEAD, Part.BODY))

    def repairs(self) -> tuple[Repair, ...]:
        """Every change: those of each part in order, then those outside of all parts."""
        if not self.repaired.changes:
            return ()
        entries: list[Repair] = []
        outside = dict.fromkeys(self.repaired.changes)
        for part in Part:
            offset = 0
            for span in self.spans[part]:
                for change in self.repaired.changes_within(span.start, span.end):
                    entries.append(logged(change, part, offset + change.start - span.start, self.bases[part]))
                    outside.pop(change, None)
                offset += span.end - span.start + len(SEPARATORS[part])
        unsearched = self.repaired.repaired_offset(self.unsearched_base)
        entries += (
            logged(change, None, change.start - unsearched, self.unsearched_base) for change in outside
        )
        return tuple(entries)


def without_repeats(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """These stretches of a text; of several that read the same, the first."""
    kept: dict[str, Span] = {}
    for span in spans:
        kept.setdefault(span.of(text), span)
    return tuple(kept.values())


def logged(change: Change, part: Part | None, start: int, base: int) -> Repair:
    """A change as an entry of the log: `start` in the stored text, the original counted from `base`."""
    return Repair(
        part=part,
        start=start,
        length=len(change.edit.after),
        original_start=change.edit.start - base,
        original_length=len(change.edit.before),
        before=change.edit.before,
        after=change.edit.after,
        rule=change.edit.rule,
        certainty=change.edit.certainty,
    )
