"""What turns texts into vectors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""One row for each text."""


@dataclass(frozen=True, slots=True)
class Model:
    """Which embedder made a vector: vectors of two models, or versions of one, say nothing to each other."""

    name: str
    version: str
    dimension: int


class Embedder(Protocol):
    """Laws: rows have unit length, and the same text always has the same vector; the dot product of a query
    and a passage is the greater the more these have to do with each other. Safe to share between threads.
    """

    @property
    def model(self) -> Model: ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of pieces of articles, in order."""
        ...

    def query(self, text: str) -> Vectors:
        """The vector of a query; of one dimension."""
        ...
