"""Changes to a text, and the changed text that knows what it was."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """What a rule wants changed: `before` at code point `start` of the text becomes `after`."""

    start: int
    before: str
    after: str
    rule: str

    @property
    def end(self) -> int:
        return self.start + len(self.before)


@dataclass(frozen=True, slots=True)
class Change:
    """An edit that was made; `start` is where `edit.after` stands in the repaired text, in code points."""

    start: int
    edit: Edit

    @property
    def end(self) -> int:
        return self.start + len(self.edit.after)


@dataclass(frozen=True, slots=True)
class RepairedText:
    """A text after its repair, and every change that was made, in order.

    Law: `text` and `changes` are enough to give back the original (see `original`).
    """

    text: str
    changes: tuple[Change, ...] = ()

    @classmethod
    def of(cls, text: str, edits: Iterable[Edit]) -> "RepairedText":
        """The text with these edits made; they come in order and do not overlap.

        Without edits `text` stays the same object.
        """
        parts: list[str] = []
        changes: list[Change] = []
        at = 0
        shift = 0
        for edit in edits:
            parts += (text[at : edit.start], edit.after)
            changes.append(Change(edit.start + shift, edit))
            at = edit.end
            shift += len(edit.after) - len(edit.before)
        if not changes:
            return cls(text)
        parts.append(text[at:])
        return cls("".join(parts), tuple(changes))

    def repaired_offset(self, offset: int) -> int:
        """Where the character at `offset` of the original stands in the repaired text.

        What a change took out stands where the change was made.
        """
        passed = bisect_right(self.changes, offset, key=lambda change: change.edit.start)
        if not passed:
            return offset
        last = self.changes[passed - 1]
        return last.start if offset < last.edit.end else offset - last.edit.end + last.end

    def changes_within(self, start: int, end: int) -> tuple[Change, ...]:
        """The changes that lie in this stretch of the repaired text, both of its borders included."""
        first = bisect_left(self.changes, start, key=lambda change: change.start)
        last = bisect_right(self.changes, end, key=lambda change: change.start)
        return tuple(change for change in self.changes[first:last] if change.end <= end)

    def original(self) -> str:
        """The text as it was before the repair."""
        parts: list[str] = []
        at = 0
        for change in self.changes:
            parts += (self.text[at : change.start], change.edit.before)
            at = change.end
        parts.append(self.text[at:])
        return "".join(parts)
