"""Columns: the form in which a vocabulary lies in memory and in a file alike."""

from array import array
from collections.abc import Iterable, Mapping

Columns = Mapping[str, memoryview]
"""Arrays by name, read-only, each of bytes (`B`) or of numbers below 2**32 in four bytes each (`I`)."""


def numbers(values: Iterable[int]) -> memoryview:
    """A column of numbers. Raises OverflowError where one is not below 2**32."""
    return memoryview(array("I", values)).toreadonly()


def under(name: str, columns: Columns) -> dict[str, memoryview]:
    """The columns of a part, with its name before theirs."""
    return {f"{name}.{each}": column for each, column in columns.items()}


def part(columns: Columns, name: str) -> Columns:
    """Those that `under` has put together; empty where there are none of this part."""
    start = f"{name}."
    return {each.removeprefix(start): column for each, column in columns.items() if each.startswith(start)}
