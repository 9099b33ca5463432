"""How an ONNX sentence model gets its texts, and what becomes of its output: a file in the model's folder."""

import tomllib
from enum import Enum
from pathlib import Path
from typing import Annotated, Final

import msgspec

from index.decoding import UNDECODABLE, Converter
from search.semantic.errors import EmbedderUnusable

SETTINGS = "settings.toml"


class Pooling(Enum):
    """Which vector stands for a text, of those that the model gives its tokens."""

    CLS = "cls"
    """That of the first token."""

    MEAN = "mean"
    """The mean of all."""


class OnnxSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`max_tokens` is how many tokens of a text the model gets at most."""

    name: Annotated[str, msgspec.Meta(min_length=1)]
    pooling: Pooling
    max_tokens: Annotated[int, msgspec.Meta(ge=8, le=8192)] = 512
    query_prefix: str = ""
    passage_prefix: str = ""


_SETTINGS: Final = Converter(OnnxSettings)


def read_settings(folder: Path) -> OnnxSettings:
    """The settings of a model's folder. Raises EmbedderUnusable."""
    path = folder / SETTINGS
    try:
        return _SETTINGS.convert(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise EmbedderUnusable(f"the embedder's settings {path} cannot be read: {error.strerror}") from error
    except (*UNDECODABLE, ValueError) as error:
        raise EmbedderUnusable(f"the embedder's settings {path} cannot be used: {error}") from error
