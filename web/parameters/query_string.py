"""Query strings and form bodies to pairs of name and value, and back.

Bytes that are not UTF-8 become lone surrogates, so that the pair they stand in can be named and refused;
`has_invalid_bytes` finds them, and nothing that has them gets past the parameters.
"""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, quote_plus, unquote_to_bytes, urlencode

Pair = tuple[str, str]

_ASCII: Final = "".join(map(chr, range(0x21, 0x7F)))
_PARTS: Final = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]")
"""Runs of ASCII, and single characters beyond it."""


def read_pairs(data: bytes) -> tuple[Pair, ...]:
    """The pairs of a query string or an urlencoded body, in order; a part without `=` has the value ""."""
    pairs = []
    for part in data.split(b"&"):
        if part:
            name, _, value = part.partition(b"=")
            pairs.append((_decode(name), _decode(value)))
    return tuple(pairs)


def _decode(data: bytes) -> str:
    return unquote_to_bytes(data.replace(b"+", b" ")).decode("utf-8", "surrogateescape")


def has_invalid_bytes(text: str) -> bool:
    """True if the text was read from bytes that are not UTF-8."""
    return any("\ud800" <= char <= "\udfff" for char in text)


def readable(text: str) -> str:
    """The text with U+FFFD for each byte that is not UTF-8: safe to show and to encode."""
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


def encode_pairs(pairs: Iterable[Pair]) -> str:
    """The pairs as an ASCII query string, without a question mark."""
    return urlencode([(readable(name), readable(value)) for name, value in pairs])


def readable_pairs(pairs: Iterable[Pair]) -> str:
    """The pairs as a query string for HTML, whose addresses browsers encode themselves.

    Printable characters beyond ASCII stay as they are, which saves two thirds of the bytes; what is not
    printable, such as marks that turn the direction of text, is percent-encoded like all of ASCII but the
    colon, which sets off the field of a query. Brackets are encoded although they need not be: what makes
    links of addresses in running text leaves them out.
    """
    return "&".join(
        f"{_readable_quote(readable(name))}={_readable_quote(readable(value), safe=':')}"
        for name, value in pairs
    )


def ascii_address(address: str) -> str:
    """The same address in ASCII, as headers and documents for programs have it."""
    return quote(address, safe=_ASCII)


def canonical_pairs(pairs: Iterable[Pair]) -> str:
    """The pairs sorted, each once, as a query string; printable characters beyond ASCII stay readable."""
    return "&".join(f"{name}={_readable_quote(value, safe=':')}" for name, value in sorted(set(pairs)))


def _readable_quote(text: str, safe: str = "") -> str:
    return "".join(
        part if not part.isascii() and part.isprintable() else quote_plus(part, safe=safe)
        for part in _PARTS.findall(text)
    )
