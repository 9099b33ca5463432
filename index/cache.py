"""A cache bounded by bytes."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")

ENTRY_BYTES = 500
"""What an entry is taken to need beside its value: its key, the objects around the value, its places in the
dict. Chosen by hand; it bounds the number of values that have no size."""


class ByteBoundedCache(Generic[Value]):
    """Keeps the most recently used values up to a number of bytes; safe to share between threads.

    A value that is larger than all of it is given out and not kept.
    """

    def __init__(self, max_bytes: int, size: Callable[[Value], int]) -> None:
        """`size` gives the bytes of a value, which do not change."""
        self._max_bytes = max_bytes
        self._size = size
        self._entries: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of a key; `make` is called, outside the lock, if it is not there."""
        found = self.kept(key)
        return self.keep(key, make()) if found is None else found

    def kept(self, key: Hashable) -> Value | None:
        """The value of a key, if it is there."""
        # Few operations on the key: hashing a node costs more than looking it up.
        with self._lock:
            found = self._entries.get(key)
            if found is None:
                return None
            self._entries.move_to_end(key)
            return found[0]

    def keep(self, key: Hashable, value: Value) -> Value:
        """Keep the value, unless one is there by now: gives that which is."""
        made = value, self._size(value) + ENTRY_BYTES
        if made[1] > self._max_bytes:
            return value
        with self._lock:
            kept = self._entries.setdefault(key, made)
            if kept is made:
                self._bytes += made[1]
                while self._bytes > self._max_bytes:
                    self._bytes -= self._entries.popitem(last=False)[1][1]
        return kept[0]

    @property
    def kept_bytes(self) -> int:
        """What is kept, as it is counted."""
        return self._bytes

    def clear(self) -> None:
        """Keep nothing of what is there; what is asked for from now on is kept again."""
        with self._lock:
            self._entries.clear()
            self._bytes = 0
