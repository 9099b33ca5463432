"""Columns of integers in the fewest bytes that hold them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.whoosh.codec.array_file import Array, ArrayFile

_WIDTHS = (np.uint8, np.uint16, np.uint32, np.uint64)


def narrow(values: NDArray[Any]) -> Array:
    """The same numbers, none of them negative, in the narrowest unsigned type."""
    top = int(values.max()) if len(values) else 0
    return values.astype(next(width for width in _WIDTHS if top <= np.iinfo(width).max))


def column_arrays(name: str, values: NDArray[np.int64], missing: int) -> Mapping[str, Array]:
    """The arrays of a column: how far each value is above one less than the least, 0 where it is missing.

    None where all are missing.
    """
    known = values != missing
    if not known.any():
        return {}
    # In unsigned numbers, since the difference of two signed ones may not fit into a third.
    base = values[known].min(keepdims=True).astype(np.uint64) - np.uint64(1)
    above = np.where(known, values.astype(np.uint64) - base, np.uint64(0))
    return {f"{name}.base": base, f"{name}.above": narrow(above)}


def read_column(file: ArrayFile, name: str, missing: int, count: int) -> NDArray[np.int64]:
    """The `count` values of a column, `missing` where there is none."""
    if not len(file.array(f"{name}.above")):
        return np.full(count, missing, dtype=np.int64)
    above = file.array(f"{name}.above", count).astype(np.uint64)
    values = (above + file.array(f"{name}.base", 1)).astype(np.int64)
    return np.where(above == 0, np.int64(missing), values)
