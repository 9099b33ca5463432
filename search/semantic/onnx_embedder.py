"""Any sentence model in a folder: model.onnx, tokenizer.json and settings.toml. The one gate to onnxruntime
and tokenizers.

The libraries are optional (the extra `semantic`); import this module only where they are installed.
"""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from index.durable import sha256_of
from index.vectors.embedder import Model, Vectors
from search.semantic.errors import EmbedderUnusable
from search.semantic.onnx_settings import SETTINGS, OnnxSettings, Pooling, read_settings

MODEL = "model.onnx"
TOKENIZER = "tokenizer.json"
INPUTS = frozenset({"input_ids", "attention_mask", "token_type_ids"})
"""What a model may ask for. Its first output is one vector for the text, or one for each token."""


class OnnxEmbedder:
    """Runs on one thread for each call, so that searches go on while vectors are made."""

    def __init__(self, session: Any, tokenizer: Any, settings: OnnxSettings, version: str) -> None:
        """Raises EmbedderUnusable where the model gives no vectors."""
        self._session = session
        self._tokenizer = tokenizer
        self._settings = settings
        self._inputs = tuple(given.name for given in session.get_inputs())
        if unknown := set(self._inputs) - INPUTS:
            raise EmbedderUnusable(f"the model {settings.name} asks for {', '.join(sorted(unknown))}")
        self._model = Model(settings.name, version, len(self.query("")))

    @classmethod
    def load(cls, folder: Path) -> "OnnxEmbedder":
        """The model of a folder; its version is made of what is in the files. Raises EmbedderUnusable."""
        settings = read_settings(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        try:
            digests = [sha256_of(folder / name) for name in (MODEL, TOKENIZER, SETTINGS)]
            tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            session = onnxruntime.InferenceSession(
                str(folder / MODEL), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # both libraries raise kinds of their own, with nothing in common
            raise EmbedderUnusable(f"the model in {folder} cannot be loaded: {error}") from error
        tokenizer.enable_truncation(settings.max_tokens)
        tokenizer.no_padding()
        return cls(session, tokenizer, settings, sha256("".join(digests).encode()).hexdigest()[:16])

    @property
    def model(self) -> Model:
        return self._model

    def passages(self, texts: Sequence[str]) -> Vectors:
        # One by one: models of 8 bits find scales in a whole batch, so its texts would change each other.
        return np.stack([self._embed(self._settings.passage_prefix + text) for text in texts])

    def query(self, text: str) -> Vectors:
        return self._embed(self._settings.query_prefix + text)

    def _embed(self, text: str) -> Vectors:
        """Raises EmbedderUnusable, as for more tokens than the model takes."""
        encoded = self._tokenizer.encode(text)
        columns = {
            "input_ids": encoded.ids,
            "attention_mask": encoded.attention_mask,
            "token_type_ids": encoded.type_ids,
        }
        given = {name: np.array([columns[name]], dtype=np.int64) for name in self._inputs}
        try:
            output = np.asarray(self._session.run(None, given)[0], dtype=np.float32)
        except Exception as error:  # the library's kinds of its own have nothing in common
            raise EmbedderUnusable(f"the model {self._settings.name} fails: {error}") from error
        match output.ndim:
            case 2:
                vector = output[0]
            case 3:
                vector = output[0, 0] if self._settings.pooling is Pooling.CLS else output[0].mean(axis=0)
            case _:
                raise EmbedderUnusable(f"the model {self._settings.name} gives no vectors of tokens or texts")
        unit: Vectors = vector / max(float(np.linalg.norm(vector)), 1e-12)
        return unit
