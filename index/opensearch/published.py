"""What an index says of itself: its `_meta`, which is replaced in one step, and so is what readers see."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any, Final

import msgspec

from index.averages import Averages
from index.decoding import Converter

FORMAT: Final = "opensearch-1"
"""Of terms, mapping and `_meta`: an index of another one is stale, and is made anew."""

MAX_RECENT: Final = 12
"""So many commits stay readable, as long as their points in time live."""


class Stage(Enum):
    """How far a generation got."""

    BUILDING = "building"
    """It is being filled, and no reader may use it."""
    FINISHED = "finished"
    """It was made live."""
    FALLBACK = "fallback"
    """It was made live, and later another one, which was damaged. It is read until there is a new one, and
    not brought up to date."""
    SET_ASIDE = "set-aside"
    """It was found damaged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """The constants of BM25 that are in the frequencies of a generation: another reader cannot use it."""

    k1: float
    b: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A state of a generation that readers can still see: its number, the journal entry covered, how many
    articles it holds, when it was made (aware).

    `points_in_time` are the ids under which the cluster keeps it, one for each copy of the shards; each lives
    on as long as somebody uses it. Without any, readers have to open one of their own and prove it.
    """

    commit: int
    sequence: int
    articles: int
    committed: datetime
    points_in_time: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a generation holds: the one place that says which commit is valid.

    `analyzer` is the version of the analyzer that made the terms; `entry` what the journal entry is that the
    last commit covers (`Journal.entry`), None where that is not known; `recent` the last commits, the newest
    first, empty before the first; `live_since` when readers were last led to this generation (aware).
    """

    format: str
    analyzer: str
    scoring: Scoring
    averages: Averages
    stage: Stage = Stage.BUILDING
    entry: str | None = None
    recent: tuple[Commit, ...] = ()
    live_since: datetime | None = None

    @property
    def newest(self) -> Commit | None:
        """The last commit; None before the first."""
        return self.recent[0] if self.recent else None

    @property
    def commit(self) -> int:
        """The number of the last commit; 0 before the first."""
        return self.recent[0].commit if self.recent else 0

    @property
    def sequence(self) -> int:
        """The journal entry that the last commit covers; 0 before the first."""
        return self.recent[0].sequence if self.recent else 0

    @property
    def articles(self) -> int:
        """How many articles the last commit holds."""
        return self.recent[0].articles if self.recent else 0

    def then(self, commit: Commit, entry: str | None) -> "Published":
        """With one more commit, and the oldest ones forgotten."""
        return replace(self, entry=entry, recent=(commit, *self.recent)[:MAX_RECENT])


class MetaInvalid(ValueError):
    """A `_meta` is none of ours, or not as it was written."""


_PUBLISHED: Final = Converter(Published)


def encode(published: Published) -> dict[str, Any]:
    """As a `_meta`."""
    encoded: dict[str, Any] = msgspec.to_builtins(published)
    return encoded


def decode(meta: Mapping[str, Any]) -> Published:
    """From a `_meta`. Raises MetaInvalid, whatever format it is of."""
    try:
        return _PUBLISHED.convert(meta)
    except msgspec.ValidationError as error:
        raise MetaInvalid(str(error)) from error
