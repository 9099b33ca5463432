"""Bodies of any kind are read or refused, within bounds of memory, and never break the server."""

import gzip
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.admin.service import Service
from web.admin.bodies import ARTICLES, Body
from web.admin.errors import BatchTooLarge, BodyInvalid

MIB = 2**20
BOMB = gzip.compress(bytes(100 * MIB))


def packed(data: bytes) -> Body:
    return Body(data, "application/json", is_packed=True)


def test_a_bomb_costs_no_more_memory_than_what_is_allowed() -> None:
    tracemalloc.start()
    try:
        with pytest.raises(BatchTooLarge):
            packed(BOMB).unpacked(MIB)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4 * MIB


def test_unpacked_at_once_it_would() -> None:
    """The control of the test above."""
    tracemalloc.start()
    try:
        gzip.decompress(BOMB)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak > 90 * MIB


@pytest.mark.parametrize("size", [0, 1, MIB - 1, MIB])
def test_up_to_the_bound_all_of_it_comes_back(size: int) -> None:
    data = b"x" * size
    assert packed(gzip.compress(data)).unpacked(MIB) == data
    assert packed(gzip.compress(data[: size // 2]) + gzip.compress(data[size // 2 :])).unpacked(MIB) == data


def test_one_byte_more_is_too_large() -> None:
    with pytest.raises(BatchTooLarge):
        packed(gzip.compress(b"x" * (MIB + 1))).unpacked(MIB)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"x", id="none"),
        pytest.param(gzip.compress(b"a" * 99)[:-4], id="cut off"),
        pytest.param(gzip.compress(b"a") + b"more", id="more behind it"),
    ],
)
def test_what_is_no_gzip_is_refused(data: bytes) -> None:
    with pytest.raises(BodyInvalid):
        packed(data).unpacked(MIB)


NEARLY = st.lists(
    st.sampled_from(
        [
            '{"id":"f1",',
            '"title":"政策"',
            '"text":"\ud83d\ude00"',
            "}",
            "[",
            "]",
            ",",
            "\n",
            '"',
            "\\ud800",
            "id,标题\n",
            "\x00",
            "NaN",
        ]
    ),
    max_size=12,
).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass"))


@settings(max_examples=60)
@given(
    body=st.binary(max_size=60) | NEARLY,
    media_type=st.sampled_from(sorted(ARTICLES)),
    encoding=st.sampled_from(["identity", "gzip"]),
)
def test_any_body_is_answered(service: Service, body: bytes, media_type: str, encoding: str) -> None:
    for data in (body, gzip.compress(body) if encoding == "gzip" else body):
        headers = {"Content-Type": media_type, "Content-Encoding": encoding}
        answer = service.post("articles", data, headers, dry_run="true")
        assert answer.status_code in {200, 400}
        assert answer.json()
