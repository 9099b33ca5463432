"""Bytes that cannot be decoded are noticed as that, whatever is wrong with them."""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from index.decoding import UNDECODABLE
from index.vectors import block as block_module
from index.vectors.block import read_head

ROOT = Path(__file__).parents[2]
BROKEN = {
    "nothing": (b"", list[str]),
    "no JSON": (b"{", dict[str, object]),
    "of another type": (b"1", str),
    "no UTF-8 in a text": (b'["\xff"]', list[str]),
    "no UTF-8 outside": (b"\xff", list[str]),
    "half a surrogate pair": (rb'["\ud800"]', list[str]),
    "brackets without end": (b"[" * 100_000, object),
}
LEFT_TO_PYTHON = {"no UTF-8 in a text", "brackets without end"}


@pytest.mark.parametrize("name", BROKEN)
def test_all_that_cannot_be_decoded_is_caught(name: str) -> None:
    data, wanted = BROKEN[name]
    with pytest.raises(UNDECODABLE):
        msgspec.json.decode(data, type=wanted)


def test_control_the_errors_of_msgspec_alone_are_not_all() -> None:
    missed = set()
    for name, (data, wanted) in BROKEN.items():
        try:
            msgspec.json.decode(data, type=wanted)
        except msgspec.MsgspecError:
            continue
        except UNDECODABLE:
            missed.add(name)
    assert missed == LEFT_TO_PYTHON


@pytest.mark.parametrize(
    "payload", [b'["\xff"]   ', b"{}  ", b"[[1,2]]  "], ids=["no UTF-8", "a map", "lists"]
)
def test_a_head_of_vectors_that_another_program_wrote_is_none(payload: bytes) -> None:
    """Its checksum is right: it is what that program meant."""
    framed: Any = block_module._framed(block_module.HEAD_MAGIC, payload)
    assert read_head(memoryview(framed)) is None


def test_what_decoding_raises_is_listed_in_one_place() -> None:
    caught = re.compile(r"msgspec\.MsgspecError\b")
    places = {
        str(path.relative_to(ROOT))
        for layer in ("index", "search", "web")
        for path in (ROOT / layer).rglob("*.py")
        if caught.search(path.read_text(encoding="utf-8"))
    }
    assert places == {"index/decoding.py"}
