"""A bound on how much of something goes on at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from web.errors import Overloaded


class Places:
    """So many places, each for one at a time; belongs to one event loop."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._taken = 0

    @contextmanager
    def one(self) -> Iterator[None]:
        """A place, for as long as the context lasts. Raises Overloaded where all are taken."""
        if self._taken >= self._places:
            raise Overloaded(f"{self._taken} exports are being sent already; try again in a few seconds")
        self._taken += 1
        try:
            yield
        finally:
            self._taken -= 1
