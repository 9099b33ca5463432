"""A cache bounded by bytes."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class ByteBoundedCache(Generic[Value]):
    """Keeps the most recently used values up to a number of bytes; safe to share between threads."""

    def __init__(self, max_bytes: int, size: Callable[[Value], int]) -> None:
        self._max_bytes = max_bytes
        self._size = size
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of a key; `make` is called, outside the lock, if it is not there."""
        # Few operations on the key: hashing a node costs more than looking it up.
        with self._lock:
            found = self._values.get(key)
            if found is not None:
                self._values.move_to_end(key)
                return found
        value = make()
        with self._lock:
            known = len(self._values)
            self._values.setdefault(key, value)
            if len(self._values) > known:
                self._bytes += self._size(value)
                while self._bytes > self._max_bytes:
                    self._bytes -= self._size(self._values.popitem(last=False)[1])
        return value
