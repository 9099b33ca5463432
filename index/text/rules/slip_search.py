"""What a run of GBK text that slipped by one byte can have been."""

from collections.abc import Iterable
from itertools import product
from typing import Final

from index.text.likelihood import Lattice

_ANY: Final = range(0x81, 0xFF)
_DROPPED_LEADS: Final = (*range(0xAA, 0xB0), *range(0xF8, 0xFF))
_DROPPED_TRAILS: Final = range(0xA1, 0xFF)
"""GBK's user area: pairs of bytes that stand for no character, so that decoders drop them."""


def as_lattice(text: str) -> Lattice:
    """A text that can be read in one way only."""
    return [[(number, char)] for number, char in enumerate(text, start=1)]


def slip_lattice(left: str, shown: str, last: str, right: str) -> Lattice | None:
    """What a run can have been, between the stretches before and behind it; None for what GBK lacks.

    The bytes of the run are: one that was lost, those of the shown characters (the mark that begins the run
    full-width), and that of the ASCII character which ends it. Behind each shown character one or two pairs
    may have been dropped, where the bytes stood for no character.
    """
    try:
        pairs = [char.encode("gbk") for char in shown]
    except UnicodeEncodeError:
        return None
    seconds = [pair[1:] for pair in pairs]
    firsts = [*(pair[:1] for pair in pairs[1:]), last.encode("ascii")]
    lattice = list(as_lattice(left))
    lattice.append([(len(lattice) + 1, _characters(_ANY, pairs[0][:1]))])
    for second, first in zip(seconds, firsts, strict=True):
        here = len(lattice)
        dropped_end = _characters(_DROPPED_TRAILS, first)
        lattice += [
            [(here + 3, _characters(second, first)), (here + 1, _characters(second, _DROPPED_LEADS))],
            [(here + 3, dropped_end), (here + 2, _characters(_DROPPED_TRAILS, _DROPPED_LEADS))],
            [(here + 3, dropped_end)],
        ]
    return [*lattice, *([(len(lattice) + n, char)] for n, char in enumerate(right, start=1))]


def _characters(leads: Iterable[int], trails: Iterable[int]) -> str:
    """The characters of GBK with such a first and such a second byte."""
    decoded = (bytes(pair).decode("gbk", "replace") for pair in product(leads, trails))
    return "".join(char for char in decoded if len(char) == 1 and char != "\ufffd")
