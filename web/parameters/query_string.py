"""Query strings and form bodies to pairs of name and value, and back.

Bytes that are not UTF-8 become lone surrogates, so that the pair they stand in can be named and refused;
`has_invalid_bytes` finds them, and nothing that has them gets past the parameters.
"""

from collections.abc import Iterable
from urllib.parse import quote_plus, unquote_to_bytes, urlencode

Pair = tuple[str, str]


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


def canonical_pairs(pairs: Iterable[Pair]) -> str:
    """The pairs sorted, each once, as a query string; printable characters beyond ASCII stay readable."""
    return "&".join(f"{name}={_readable_quote(value)}" for name, value in sorted(set(pairs)))


def _readable_quote(value: str) -> str:
    return "".join(
        char if not char.isascii() and char.isprintable() else quote_plus(char, safe=":") for char in value
    )
