"""Changes to a text, and the changed text that knows what it was."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.article import Certainty


@dataclass(frozen=True, slots=True)
class Edit:
    """What a rule wants changed: `before` at code point `start` of the text becomes `after`."""

    start: int
    before: str
    after: str
    rule: str
    certainty: Certainty

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

    def then(self, edits: Sequence[Edit]) -> "RepairedText":
        """This text with more edits made; they count in `text`, come in order and do not overlap.

        What changes a changed stretch once more becomes one change with it. Without edits it stays the same
        object.
        """
        if not edits:
            return self
        if not self.changes:
            return RepairedText.of(self.text, edits)
        return RepairedText.of(self.original(), _joined(self, edits))

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


_SURENESS = tuple(Certainty)


def _joined(repaired: RepairedText, edits: Sequence[Edit]) -> Iterator[Edit]:
    """The changes and the edits of their outcome as edits of the original."""
    shift = 0
    for changes, later in _groups(repaired.changes, edits):
        if not later:
            for change in changes:
                yield change.edit
                shift += len(change.edit.before) - len(change.edit.after)
            continue
        starts = [change.start for change in changes] + [edit.start for edit in later]
        ends = [change.end for change in changes] + [edit.end for edit in later]
        start, end = min(starts), max(ends)
        before = _with_edits(
            repaired.text, start, end, [(change.start, change.end, change.edit.before) for change in changes]
        )
        after = _with_edits(repaired.text, start, end, [(edit.start, edit.end, edit.after) for edit in later])
        made = [*(change.edit for change in changes), *later]
        if before != after:
            yield Edit(
                start + shift,
                before,
                after,
                "+".join(dict.fromkeys(rule for edit in made for rule in edit.rule.split("+"))),
                max((edit.certainty for edit in made), key=_SURENESS.index),
            )
        shift += len(before) - (end - start)


def _groups(
    changes: Sequence[Change], edits: Sequence[Edit]
) -> Iterator[tuple[Sequence[Change], Sequence[Edit]]]:
    """Changes and edits in the order of the text; those that overlap, as one group."""
    made = wanted = 0
    while made < len(changes) or wanted < len(edits):
        first_made, first_wanted = made, wanted
        if wanted == len(edits) or (made < len(changes) and _comes_first(changes[made], edits[wanted])):
            end = changes[made].end
            made += 1
        else:
            end = edits[wanted].end
            wanted += 1
        grown = True
        while grown:
            grown = False
            if made < len(changes) and changes[made].start < end:
                end = max(end, changes[made].end)
                made += 1
                grown = True
            if wanted < len(edits) and edits[wanted].start < end:
                end = max(end, edits[wanted].end)
                wanted += 1
                grown = True
        yield changes[first_made:made], edits[first_wanted:wanted]


def _comes_first(change: Change, edit: Edit) -> bool:
    return (change.start, change.end) <= (edit.start, edit.start)


def _with_edits(text: str, start: int, end: int, pieces: Iterable[tuple[int, int, str]]) -> str:
    parts: list[str] = []
    for piece_start, piece_end, piece in pieces:
        parts += (text[start:piece_start], piece)
        start = piece_end
    parts.append(text[start:end])
    return "".join(parts)
