import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.parameters.query_string import (
    ascii_address,
    canonical_pairs,
    encode_pairs,
    has_invalid_bytes,
    read_pairs,
    readable,
    readable_pairs,
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


@given(st.lists(st.tuples(TEXT.filter(bool), TEXT)))
def test_what_pages_have_is_the_same_address_and_nothing_in_it_ends_an_attribute(
    pairs: list[tuple[str, str]],
) -> None:
    shown = readable_pairs(pairs)
    assert ascii_address(shown).replace(":", "%3A") == encode_pairs(pairs)
    assert shown.isprintable()
    assert re.fullmatch(r"[A-Za-z0-9_.~%+&=:-]*", re.sub(r"[^\x00-\x7f]", "", shown))


@pytest.mark.parametrize(
    ("q", "shown"),
    [
        pytest.param("招商 -公司", "招商+-公司", id="Chinese"),
        pytest.param("“营商”", "“营商”", id="curly quotes"),
        pytest.param("𠮷é", "𠮷é", id="beyond the basic plane, and Latin"),
        pytest.param("a\u202eb", "a%E2%80%AEb", id="a mark that turns the direction"),
        pytest.param("\u2066甲\u2069", "%E2%81%A6甲%E2%81%A9", id="isolates"),
        pytest.param("甲\u3000\u00a0乙", "甲%E3%80%80%C2%A0乙", id="spaces"),
        pytest.param("\u200b\ufeff", "%E2%80%8B%EF%BB%BF", id="without width"),
        pytest.param("\u2028\x85\x00\r\n", "%E2%80%A8%C2%85%00%0D%0A", id="ends of lines, and controls"),
        pytest.param("\ue000\u0378", "%EE%80%80%CD%B8", id="private and unassigned"),
        pytest.param("\"'<>&=#%+", "%22%27%3C%3E%26%3D%23%25%2B", id="signs of HTML and of addresses"),
        pytest.param("\udcff", "\ufffd", id="a byte that is not UTF-8"),
    ],
)
def test_pages_have_printable_characters_as_they_are(q: str, shown: str) -> None:
    assert readable_pairs([("q", q)]) == f"q={shown}"


@pytest.mark.parametrize(
    ("address", "ascii_one"),
    [
        ("/search?q=科+a%26b", "/search?q=%E7%A7%91+a%26b"),
        ("/a/%E7%A7%91?x=1&y=[{'\"#m1", "/a/%E7%A7%91?x=1&y=[{'\"#m1"),
        ("/a\r\nX: y", "/a%0D%0AX:%20y"),
    ],
)
def test_an_address_in_ascii_is_the_same_address(address: str, ascii_one: str) -> None:
    assert ascii_address(address) == ascii_one
    assert ascii_address(ascii_one) == ascii_one


@given(st.lists(st.tuples(st.sampled_from(["q", "source"]), TEXT)))
def test_the_canonical_form_is_readable_and_does_not_depend_on_order(pairs: list[tuple[str, str]]) -> None:
    canonical = canonical_pairs(pairs)
    assert canonical == canonical_pairs(reversed(pairs))
    assert read_pairs(canonical.encode()) == tuple(sorted(set(pairs)))


def test_the_canonical_form_keeps_chinese_as_it_is() -> None:
    assert canonical_pairs([("q", "招商 -公司")]) == "q=招商+-公司"
