"""An iterator that can be let go of from outside."""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Releasable(Generic[T]):
    """Gives what another iterator gives, until it is told to let go of that one, and then nothing more.

    A thread that waits for work still holds what it was last called with. Without this it would hold a walk
    that nobody wants any more, with its pages and the state of the index, until it gets other work.
    """

    def __init__(self, source: Iterator[T]) -> None:
        self._source: Iterator[T] | None = source

    def __iter__(self) -> Iterator[T]:
        return self

    def __next__(self) -> T:
        source = self._source
        if source is None:
            raise StopIteration
        return next(source)

    def let_go(self) -> None:
        """A generator ends with that, as soon as it is not running."""
        self._source = None
