"""What a run can become: its parts with other readings, one by one, or whole runs made with some of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from search.expansion.alternative import Alternative, Change
from search.expansion.folded_run import FoldedRun
from search.expansion.source import Found, Reading

MAX_ALTERNATIVES: Final = 8
"""Of one run (design note on text, section 8). A query has a limit of its own, which its planner keeps."""

MAX_TOGETHER: Final = 3
"""Parts that change in whole runs, the longest ones: all of them changed is then among the alternatives."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """A run, and its parts that can be written otherwise, none over another, the longest first."""

    run: FoldedRun
    parts: tuple[Found, ...]

    def changes(self) -> tuple[Change, ...]:
        """Every part with every other reading, in the order of the run: for who looks for them one by one."""
        return tuple(
            _change(self.run, part, reading) for part in _in_order(self.parts) for reading in part.readings
        )

    def alternatives(self) -> tuple[Alternative, ...]:
        """At most MAX_ALTERNATIVES other runs, the likeliest first; no two are the same after folding.

        A run that holds the one that was typed is none of them: it finds nothing more.
        """
        kept: dict[str, Alternative] = {}
        for choice in _choices(_in_order(self.parts[:MAX_TOGETHER])):
            key = _folded(self.run, choice)
            if self.run.text not in key and key not in kept:
                kept[key] = _rewritten(self.run, choice)
            if len(kept) == MAX_ALTERNATIVES:
                break
        return tuple(kept.values())


_Choice = tuple[tuple[Found, Reading], ...]


def _in_order(parts: Sequence[Found]) -> list[Found]:
    return sorted(parts, key=lambda part: part.start)


def _choices(parts: Sequence[Found]) -> Iterator[_Choice]:
    """Every choice of readings but that of none: first among the first readings of each part, the fewest
    changes first, then with the second ones too, and so on."""
    for depth in range(1, max((len(part.readings) for part in parts), default=0) + 1):
        ranks = product(*(range(min(depth, len(part.readings)) + 1) for part in parts))
        deepest = (choice for choice in ranks if max(choice) == depth)
        for choice in sorted(deepest, key=_changed):
            yield tuple(
                (part, part.readings[rank - 1]) for part, rank in zip(parts, choice, strict=True) if rank
            )


def _changed(ranks: Sequence[int]) -> int:
    return sum(map(bool, ranks))


def _folded(run: FoldedRun, choice: _Choice) -> str:
    text, at = "", 0
    for part, reading in choice:
        text += run.text[at : part.start] + reading.folded
        at = part.end
    return text + run.text[at:]


def _rewritten(run: FoldedRun, choice: _Choice) -> Alternative:
    text, at = "", 0
    changes = tuple(_change(run, part, reading) for part, reading in choice)
    for change in changes:
        start, length = change.span
        text += run.typed[at:start] + change.text
        at = start + length
    return Alternative(text + run.typed[at:], changes)


def _change(run: FoldedRun, part: Found, reading: Reading) -> Change:
    start, length = span = run.typed_span(part.start, part.end)
    return Change(reading.kind, run.typed[start : start + length], span, reading.text, reading.by)
