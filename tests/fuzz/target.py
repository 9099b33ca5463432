"""What a fuzzer needs to know of a part of the program."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`check` takes any bytes and raises where the part breaks a law of its own.

    `seeds` are inputs to begin with, `longest` is the most bytes that an input has: beyond it an input is
    slower and shows nothing new.
    """

    check: Callable[[bytes], None]
    seeds: tuple[bytes, ...]
    longest: int
