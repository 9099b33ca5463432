"""The Protocol of an engine's reading half."""

from dataclasses import dataclass
from typing import Protocol

from search.plan import Plan


@dataclass(frozen=True, slots=True)
class ScoredId:
    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Matches:
    """`total` matching articles, exactly, and the wanted page of them in the wanted order."""

    total: int
    hits: tuple[ScoredId, ...]


class Snapshot(Protocol):
    """One state of the index. Immutable, and safe to share between threads.

    Laws: the same plan always gives the same answer; match sets are those of the folded text without
    white space and controls, whatever the engine stores.
    """

    @property
    def generation(self) -> str:
        """`folder.commit`, such as `3.118`."""
        ...

    @property
    def sequence(self) -> int:
        """The journal sequence that this state covers."""
        ...

    def search(self, plan: Plan) -> Matches: ...


class SearchEngine(Protocol):
    """Gives the newest published state. Raises IndexUnavailable while there is none."""

    def snapshot(self) -> Snapshot: ...

    def passed_over(self) -> tuple[str, ...]:
        """What of the index is damaged or cannot be read, though there is a snapshot, one reason each.

        Whoever keeps the index up to date has to mend that. Empty if all is well.
        """
        ...

    def close(self) -> None: ...
