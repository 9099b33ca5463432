"""Embedders of a few lines: exact, quick, and with nothing to install."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np

from index.vectors.embedder import Model, Vectors

DIMENSION = 32


class PairEmbedder:
    """Texts are near each other as far as they share pairs of characters, once each of the `same` words is
    read as the one that it stands for."""

    def __init__(
        self,
        same: Mapping[str, str] | None = None,
        version: str = "1",
        before: Callable[[Sequence[str]], None] = lambda _: None,
    ) -> None:
        """`before` is called with the texts of each call."""
        self._same = same or {}
        self._before = before
        self._model = Model("pairs", version, DIMENSION)

    @property
    def model(self) -> Model:
        return self._model

    def passages(self, texts: Sequence[str]) -> Vectors:
        self._before(texts)
        return np.stack([self._vector(text) for text in texts])

    def query(self, text: str) -> Vectors:
        self._before([text])
        return self._vector(text)

    def _vector(self, text: str) -> Vectors:
        for word, meaning in self._same.items():
            text = text.replace(word, meaning)
        vector = np.zeros(DIMENSION, dtype=np.float32)
        for pair in map("".join, pairwise(f"^{text}$")):
            vector += np.random.default_rng(crc32(pair.encode())).standard_normal(DIMENSION, dtype=np.float32)
        return vector / np.linalg.norm(vector)
