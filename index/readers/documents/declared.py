"""The encoding that a web page says it has."""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from index.readers.encodings import Decoded
from index.readers.refusal import RefusedRecord

_HEAD: Final = 4_096
"""Bytes in which a page says so. Browsers look at 1,024 (HTML, 13.2.3.2); some sites put comments first."""

_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,400}?charset|\?xml[^>]{0,200}?encoding)\s{0,8}=\s{0,8}["']?\s{0,8}([\w.:-]{2,40})""",
    re.IGNORECASE,
)

_CODECS: Final = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "windows-1252"), "cp1252"),
    **dict.fromkeys(("shift_jis", "sjis", "windows-31j", "x-sjis"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "windows-949"), "cp949"),
    "euc-jp": "euc_jp",
}
"""By the names that pages use, the codecs that browsers take for them (Encoding Standard, 4.2)."""


def decode_page(data: bytes, decode: Callable[[bytes], Decoded]) -> Decoded:
    """The text of a page by what its bytes show; where they show nothing, by what it says.

    Declarations are wrong too often to come first: of a page in GBK that says UTF-8 the bytes know better.
    Raises RefusedRecord where neither helps.
    """
    try:
        return decode(data)
    except RefusedRecord:
        declared = declared_codec(data)
        if declared is not None:
            with suppress(UnicodeDecodeError):  # what it says is wrong too: the refusal holds
                return Decoded(data.decode(declared), declared)
        raise


def declared_codec(data: bytes) -> str | None:
    """Python's codec for the encoding that the head of a page names; None for none, and for unknown ones."""
    found = _DECLARED.search(data, 0, _HEAD)
    return None if found is None else _CODECS.get(found[1].decode("ascii").lower())
