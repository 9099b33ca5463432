"""Which state of the index has answered, and since when it is there."""

from dataclasses import dataclass

from search.results import SearchResult
from web.presenters.dates import ShownTime, shown_time
from web.texts.texts import Texts


@dataclass(frozen=True, slots=True)
class ShownIndex:
    """A state of the index; `committed` is None where nobody noted it down."""

    generation: str
    committed: ShownTime | None


def shown_index(result: SearchResult, texts: Texts) -> ShownIndex:
    """The state that a result is of."""
    return ShownIndex(
        result.generation, None if result.committed is None else shown_time(result.committed, texts)
    )
