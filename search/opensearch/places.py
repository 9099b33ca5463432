"""Places that were reached in long lists of hits, so that the next page begins where the last one ended."""

import threading
from bisect import bisect_right, insort
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final

from search.opensearch.answer import SortValue

MOST_LISTS: Final = 64
MOST_IN_LIST: Final = 64
"""Lists, and places of each, that a state of the index remembers; about 300 bytes a place. Of more, the list
that was asked for longest ago goes, and of a list the place that is least far down."""


@dataclass(frozen=True, slots=True)
class Place:
    """Behind the first `offset` hits of a list, the last of them ordered by `after`; None: its start."""

    offset: int
    after: tuple[SortValue, ...] | None = None


class Places:
    """Remembers places by list. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lists: OrderedDict[Hashable, list[Place]] = OrderedDict()

    def remember(self, name: Hashable, place: Place) -> None:
        """Know a place of the list of this name."""
        with self._lock:
            places = self._lists.setdefault(name, [])
            self._lists.move_to_end(name)
            if place not in places:
                insort(places, place, key=_offset)
            if len(places) > MOST_IN_LIST:
                del places[0]
            if len(self._lists) > MOST_LISTS:
                self._lists.popitem(last=False)

    def nearest(self, name: Hashable, offset: int) -> Place | None:
        """The last place that is known before the hit at this offset; None where there is none."""
        with self._lock:
            places = self._lists.get(name)
            if not places:
                return None
            self._lists.move_to_end(name)
            at = bisect_right(places, offset, key=_offset)
            return places[at - 1] if at else None


def _offset(place: Place) -> int:
    return place.offset
