"""Pinned results: which articles a query has on top, and what is wrong with a file of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import Folding
from search.rules.pinned import MAX_PINNED, MAX_QUERIES, PinnedResults, PinsInvalid, read_pins

NAME = "data/pinned.txt"

FILE = """\ufeff# what people ask for in spring
中央一号文件, 一号文件 => a1, a2
人才 政策 => zj:2024.7

"科技厅" => b
"""


@pytest.fixture(scope="module")
def pins(folding: Folding) -> PinnedResults:
    return read_pins(FILE.encode(), NAME, folding)


@pytest.mark.parametrize(
    ("q", "ids"),
    [
        pytest.param("中央一号文件", ("a1", "a2"), id="a query"),
        pytest.param("一号文件", ("a1", "a2"), id="another of the line"),
        pytest.param("一號文件 ", ("a1", "a2"), id="Traditional, with white space around"),
        pytest.param("人才政策", ("zj:2024.7",), id="without white space"),
        pytest.param('"科技厅"', ("b",), id="quotes count"),
        pytest.param("科技厅", (), id="and are not added"),
        pytest.param("浙江人才政策", (), id="only as the whole query"),
        pytest.param("", (), id="nothing asked"),
    ],
)
def test_articles_of_a_query(q: str, ids: tuple[str, ...], pins: PinnedResults, folding: Folding) -> None:
    assert pins.ids(q, folding) == ids


def test_queries_are_counted(pins: PinnedResults) -> None:
    assert (len(pins), len(PinnedResults())) == (4, 0)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param(
            "一号文件, a1", "line 1: there is no =>; write it between the query and the ids", id="no arrow"
        ),
        pytest.param("甲 => a b", "line 1: 'a b' is no id of an article: 1 to 128 of", id="no id"),
        pytest.param("甲 => a, b, a", "an id stands there twice; keep the first", id="id twice"),
        pytest.param("甲 => a\n# x\n甲 => b", "line 3: the query 甲 stands in line 1 too", id="query twice"),
        pytest.param(
            "甲 => a\nＡ,a => b",
            "line 2: the query a stands there twice; keep one",
            id="the same after folding",
        ),
        pytest.param(
            "甲 => " + ", ".join(f"a{n}" for n in range(MAX_PINNED + 1)),
            "there are 11 articles; at most 10",
            id="many",
        ),
        pytest.param("\u200b => a", "nobody can ask '.u200b'; write a query of 1 to 512", id="empty query"),
        pytest.param(f"{'长' * 513} => a", "write a query of 1 to 512 characters", id="long query"),
        pytest.param(
            "\n".join(f"q{n} => a" for n in range(MAX_QUERIES + 1)),
            "line 1001: a file has at most 1,000",
            id="queries",
        ),
        pytest.param(
            "甲，乙 => a\n丙 =>", "line 1: ， does not part forms.*; line 2: a form is empty", id="several"
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, fault: str, folding: Folding) -> None:
    with pytest.raises(PinsInvalid, match=f"^{NAME}: .*{fault}"):
        read_pins(text.encode(), NAME, folding)


@given(st.binary(max_size=40) | st.text(st.sampled_from("甲aA1,=> \n#\u200b."), max_size=24).map(str.encode))
def test_any_file_is_read_or_refused(data: bytes) -> None:
    folding = Folding.load()
    try:
        pins = read_pins(data, NAME, folding)
    except PinsInvalid:
        return
    assert all(1 <= len(pins.ids(q, folding)) <= MAX_PINNED for q in _queries(data.decode("utf-8-sig")))


def _queries(text: str) -> list[str]:
    lines = [line for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
    return [q for line in lines for q in line.partition("=>")[0].split(",")]
