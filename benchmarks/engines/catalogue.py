"""The engines that are measured."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final

from benchmarks.engines.engine import Engine

_PLACES: Final[Mapping[str, tuple[str, str]]] = {
    "ours": ("benchmarks.engines.ours", "Ours"),
    "tantivy": ("benchmarks.engines.tantivy_engine", "Tantivy"),
    "fts5": ("benchmarks.engines.fts5", "Fts5"),
    "bm25s": ("benchmarks.engines.bm25s_engine", "Bm25s"),
    "whoosh": ("benchmarks.engines.stock_whoosh", "StockWhoosh"),
}

NAMES: Final = tuple(_PLACES)

SMALL: Final = frozenset({"whoosh"})
"""Engines that get a part of the articles only."""


def load_engine(name: str) -> Engine:
    """An engine of NAMES. No other engine's library is imported: memory is measured of one alone."""
    module, kind = _PLACES[name]
    make: Callable[[], Engine] = getattr(import_module(module), kind)
    return make()
