import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.parameters.query_string import (
    canonical_pairs,
    encode_pairs,
    has_invalid_bytes,
    read_pairs,
    readable,
)

TEXT = st.text(st.characters(codec="utf-8"))


@pytest.mark.parametrize(
    ("data", "pairs"),
    [
        pytest.param(b"", (), id="nothing"),
        pytest.param(b"&&", (), id="empty parts are skipped"),
        pytest.param(b"q", (("q", ""),), id="no equals sign"),
        pytest.param(b"q=a=b", (("q", "a=b"),), id="only the first equals sign parts"),
        pytest.param(b"q=a+b%2Bc", (("q", "a b+c"),), id="plus is a space"),
        pytest.param("q=科技".encode(), (("q", "科技"),), id="raw UTF-8"),
        pytest.param(b"q=%E7%A7%91", (("q", "科"),), id="percent-encoded UTF-8"),
        pytest.param(b"q=%zz%", (("q", "%zz%"),), id="a lone percent sign is text"),
        pytest.param(b"q=1;r=2", (("q", "1;r=2"),), id="a semicolon is text"),
    ],
)
def test_pairs_are_read(data: bytes, pairs: tuple[tuple[str, str], ...]) -> None:
    assert read_pairs(data) == pairs


@pytest.mark.parametrize("data", [b"q=%FF", b"q=%C0%80", b"q=%ED%A0%80", b"q=\xe7\xa7"])
def test_bytes_that_are_not_utf8_are_noticed(data: bytes) -> None:
    ((_, value),) = read_pairs(data)
    assert has_invalid_bytes(value)
    assert "\ufffd" in readable(value)
    readable(value).encode()


@given(st.lists(st.tuples(TEXT.filter(bool), TEXT)))
def test_what_is_encoded_is_read_back(pairs: list[tuple[str, str]]) -> None:
    assert read_pairs(encode_pairs(pairs).encode()) == tuple(pairs)


@given(st.lists(st.tuples(st.sampled_from(["q", "source"]), TEXT)))
def test_the_canonical_form_is_readable_and_does_not_depend_on_order(pairs: list[tuple[str, str]]) -> None:
    canonical = canonical_pairs(pairs)
    assert canonical == canonical_pairs(reversed(pairs))
    assert read_pairs(canonical.encode()) == tuple(sorted(set(pairs)))


def test_the_canonical_form_keeps_chinese_as_it_is() -> None:
    assert canonical_pairs([("q", "招商 -公司")]) == "q=招商+-公司"
