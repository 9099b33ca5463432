"""The numbers that a term's score in an article is made of, from Lucene's explanation of it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from search.opensearch.answer import Explained
from search.opensearch.errors import EngineUnavailable

_WEIGHT: Final = re.compile(r"weight\((\S+) in [0-9]+\)")
"""What Lucene's description of a term's weight in a document begins with; no term has white space."""

_FREQUENCY: Final = "freq, "
_HOLDING: Final = "n, "
_DOCUMENTS: Final = "N, "
"""What the descriptions of these numbers in it begin with."""


@dataclass(frozen=True, slots=True)
class TermStatistics:
    """Its frequency in the article, with the length in it, and how many of all `documents` hold it.

    Deleted ones count until they are merged away.
    """

    frequency: float
    documents: int
    holding: int


def read_statistics(explanation: Explained) -> Mapping[str, TermStatistics]:
    """Of each term that is part of a score, by its field and text as `FIELD:TERM`.

    Raises EngineUnavailable where it is not explained as expected.
    """
    found: dict[str, TermStatistics] = {}
    for one in _all(explanation):
        weight = _WEIGHT.match(one.description)
        if weight is not None:
            found[weight[1]] = _read(one)
    return found


def _read(weight: Explained) -> TermStatistics:
    return TermStatistics(
        frequency=_number(weight, _FREQUENCY),
        documents=int(_number(weight, _DOCUMENTS)),
        holding=int(_number(weight, _HOLDING)),
    )


def _number(weight: Explained, beginning: str) -> float:
    for one in _all(weight):
        if one.description.startswith(beginning):
            return one.value
    raise EngineUnavailable("the search cluster explains a score in another way than was expected")


def _all(explained: Explained) -> Iterator[Explained]:
    yield explained
    for one in explained.details:
        yield from _all(one)
