"""An ONNX sentence model small enough to be written by hand: each token has a vector of its own.

The bytes are Protocol Buffers of onnx.proto3; numbers of fields are given beside their names.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

FLOAT, INT64 = 1, 7
"""TensorProto.DataType."""


def write_model(
    folder: Path,
    vectors: Mapping[str, Sequence[float]],
    *,
    inputs: Sequence[str] = ("input_ids", "attention_mask"),
    settings: str = "",
) -> None:
    """model.onnx, tokenizer.json and settings.toml of a model in which each of these characters is a token
    with this vector; [CLS] stands in front of each text, [UNK] for any other character."""
    words = list(vectors)
    rows = b"".join(struct.pack(f"<{len(row)}f", *row) for row in vectors.values())
    width = len(vectors[words[0]])
    table = (
        _number(1, len(words)) + _number(1, width) + _number(2, FLOAT) + _text(8, "table") + _bytes(9, rows)
    )
    gather = _text(1, "table") + _text(1, inputs[0]) + _text(2, "tokens") + _text(4, "Gather")
    graph = (
        _bytes(1, gather)  # node
        + _text(2, "tiny")  # name
        + _bytes(5, table)  # initializer
        + b"".join(_bytes(11, _value(name, INT64, ("batch", "length"))) for name in inputs)  # input
        + _bytes(12, _value("tokens", FLOAT, ("batch", "length", width)))  # output
    )
    opset = _text(1, "") + _number(2, 13)
    (folder / "model.onnx").write_bytes(_number(1, 8) + _bytes(7, graph) + _bytes(8, opset))
    (folder / "tokenizer.json").write_text(json.dumps(_tokenizer(words)), encoding="utf-8")
    (folder / "settings.toml").write_text(f'name = "tiny"\n{settings}', encoding="utf-8")


def _tokenizer(words: Sequence[str]) -> dict[str, object]:
    vocabulary = {word: number for number, word in enumerate(words)}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": None,
        "pre_tokenizer": {
            "type": "Split",
            "pattern": {"Regex": "."},
            "behavior": "Isolated",
            "invert": False,
        },
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [
                {"SpecialToken": {"id": "[CLS]", "type_id": 0}},
                {"Sequence": {"id": "A", "type_id": 0}},
            ],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [vocabulary["[CLS]"]], "tokens": ["[CLS]"]}},
        },
        "decoder": None,
        "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": "[UNK]"},
    }


def _value(name: str, element: int, shape: Sequence[str | int]) -> bytes:
    """ValueInfoProto: name 1, type 2; TypeProto: tensor_type 1; Tensor: elem_type 1, shape 2; shape: dim 1;
    dim: dim_value 1, dim_param 2."""
    dimensions = b"".join(
        _bytes(1, _number(1, size) if isinstance(size, int) else _text(2, size)) for size in shape
    )
    return _text(1, name) + _bytes(2, _bytes(1, _number(1, element) + _bytes(2, dimensions)))


def _varint(number: int) -> bytes:
    parts = []
    while number > 0x7F:
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*parts, number])


def _number(field: int, number: int) -> bytes:
    return _varint(field << 3) + _varint(number)


def _bytes(field: int, data: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def _text(field: int, text: str) -> bytes:
    return _bytes(field, text.encode())
