"""Pages of plain text and their encodings."""

import io

import pytest

from index.readers.encodings import decode
from index.readers.media import MAX_PAGE
from index.readers.pages import read_page
from index.readers.record import MAX_TEXT
from index.readers.refusal import RefusedRecord
from index.readers.rows import Location, PageRow, RefusedRow

HERE = Location("page.txt")
SIMPLIFIED = "湖北省科技厅发布通知\n2024年10月14日\n各市州科技局：现将有关事项通知如下，请认真贯彻落实。"
TRADITIONAL = "臺北市政府發布新聞\n2024年10月14日\n為了推動產業發展，市府與企業合作，對於創新的計畫給予補助。"


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        pytest.param(SIMPLIFIED, "utf-8", "utf-8", id="utf-8"),
        pytest.param(TRADITIONAL, "utf-8-sig", "utf-8-sig", id="utf-8 with its mark"),
        pytest.param(SIMPLIFIED, "utf-16", "utf-16", id="utf-16 with its mark"),
        pytest.param(SIMPLIFIED, "utf-32", "utf-32", id="utf-32 with its mark"),
        pytest.param(SIMPLIFIED, "gb18030", "gb18030", id="gb18030"),
        pytest.param(TRADITIONAL, "gb18030", "gb18030", id="traditional in gb18030"),
        pytest.param(TRADITIONAL, "big5hkscs", "big5hkscs", id="big5"),
        pytest.param("plain ASCII, no Chinese", "ascii", "utf-8", id="ascii"),
        pytest.param("一個字�壞了", "utf-8", "utf-8", id="a replacement character that was there before"),
    ],
)
def test_encodings(text: str, codec: str, encoding: str) -> None:
    data = text.encode(codec)
    decoded = decode(data)
    assert (decoded.text, decoded.encoding) == (text, encoding)
    assert data.decode(decoded.encoding) == text


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("湖北省".encode() + b"\xff", id="utf-8 with a wrong byte"),
        pytest.param(SIMPLIFIED.encode("utf-16")[:-1], id="utf-16 cut off"),
        pytest.param(b"\xef\xbb\xbf" + SIMPLIFIED.encode("gb18030"), id="mark of another encoding"),
        pytest.param("Fédération française".encode("latin-1"), id="latin-1"),
        pytest.param(bytes(range(256)), id="all bytes"),
    ],
)
def test_what_cannot_be_told_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedRecord, match=r"bad-encoding: .* save the file as UTF-8"):
        decode(data)


def test_a_page_keeps_its_bytes() -> None:
    data = SIMPLIFIED.replace("\n", "\r\n").encode("gb18030")
    row = read_page(io.BytesIO(data), HERE)
    assert isinstance(row, PageRow)
    assert row.location == HERE
    assert row.original.data == data
    assert row.original.media_type == "text/plain"
    assert row.original.data.decode(row.original.encoding) == row.text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "empty: ", id="no byte"),
        pytest.param(" \n\u3000\r\n".encode(), "empty: ", id="white space"),
        pytest.param(b"\xef\xbb\xbf", "empty: ", id="a mark only"),
        pytest.param(
            b"a" * (MAX_TEXT + 1), "text-too-long: the page has 2,000,001", id="too many characters"
        ),
        pytest.param(b"a" * (MAX_PAGE + 1), "file-too-large: a page has at most 16 MiB", id="too many bytes"),
        pytest.param(b"\xff", "bad-encoding: ", id="no text"),
    ],
)
def test_refused_pages(data: bytes, reason: str) -> None:
    row = read_page(io.BytesIO(data), HERE)
    assert isinstance(row, RefusedRow)
    assert row.location == HERE
    assert row.reason.startswith(reason)
