"""How many of its words a run has to be found by, where it does not stand as it was typed."""

from collections.abc import Sequence
from enum import Enum
from typing import Final

LONG_FROM: Final = 4
ONE_IN: Final = 8
"""A run of LONG_FROM words or more is long; of its words of two or more characters, one in ONE_IN is enough.

Tuned on the development sets (`benchmarks.relevance`): half of the words finds too little for questions as
people ask them (stard .24 against .35), one in four .348 against .351, and all of them nearly nothing.
"""


class Demand(Enum):
    """What is asked of the words of a run."""

    ALL = "all"
    SOME_OF_LONG = "some of long ones"
    """All words of a short run, some of a long one."""
    SOME = "some"
    """Some words, over all runs that stand side by side."""
    ANY = "any"
    """One word of one run is enough."""


def telling_words(words: Sequence[str], demand: Demand) -> tuple[str, ...]:
    """Those of a run's words that count where the others are missing; none where it has to be all of them."""
    match demand:
        case Demand.ALL:
            return ()
        case Demand.SOME_OF_LONG if len(words) < LONG_FROM:
            return ()
        case Demand.ANY:
            return tuple(words)
        case _:
            # Single characters are words of nearly every article: alone they say nothing.
            return tuple(word for word in words if len(word) > 1)


def words_needed(words: Sequence[str], demand: Demand) -> tuple[int, tuple[str, ...]] | None:
    """How many of which words; None where it is all of them."""
    telling = telling_words(words, demand)
    if not telling:
        return None
    return 1 if demand is Demand.ANY else max(1, len(telling) // ONE_IN), telling
