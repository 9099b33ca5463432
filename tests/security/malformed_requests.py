"""Requests that two programs may understand differently, or that break a rule of HTTP (RFC 9110, 9112).

Each is followed by another request on the same connection, `GET /smuggled`: a server that reads on has been
fooled. `taken` says which of them stock h11 lets through.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

HIDDEN: Final = b"GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
_CHUNKED: Final = b"Transfer-Encoding: chunked\r\n"


def _get(*fields: bytes, line: bytes = b"GET /seen HTTP/1.1") -> bytes:
    return b"\r\n".join((line, *fields, b"", b""))


def _post(fields: bytes, body: bytes, version: bytes = b"HTTP/1.1") -> bytes:
    return b"POST /seen " + version + b"\r\nHost: a\r\n" + fields + b"\r\n" + body


LENGTHS: Final[Mapping[str, bytes]] = MappingProxyType(
    {
        "length and chunks": _post(b"Content-Length: 5\r\n" + _CHUNKED, b"0\r\n\r\n"),
        "chunks and length": _post(_CHUNKED + b"Content-Length: 5\r\n", b"0\r\n\r\n"),
        "two lengths": _post(b"Content-Length: 5\r\nContent-Length: 6\r\n", b"hello"),
        "the same length twice": _post(b"Content-Length: 5\r\nContent-Length: 5\r\n", b"hello"),
        "a list of lengths": _post(b"Content-Length: 5, 5\r\n", b"hello"),
        "a length with a sign": _post(b"Content-Length: +5\r\n", b"hello"),
        "a length below zero": _post(b"Content-Length: -5\r\n", b"hello"),
        "a hexadecimal length": _post(b"Content-Length: 0x5\r\n", b"hello"),
        "a length with a fraction": _post(b"Content-Length: 5.0\r\n", b"hello"),
        "a length with an underscore": _post(b"Content-Length: 1_0\r\n", b"hello"),
        "a length in other digits": _post(b"Content-Length: \xd9\xa5\r\n", b"hello"),
        "an empty length": _post(b"Content-Length:\r\n", b"hello"),
        "a length of 20 digits": _post(b"Content-Length: 18446744073709551621\r\n", b"hello"),
        "a length with a control character": _post(b"Content-Length: \x0b5\r\n", b"hello"),
        "a length in two parts": _post(b"Content-Length: 5 5\r\n", b"hello"),
    }
)
CODINGS: Final[Mapping[str, bytes]] = MappingProxyType(
    {
        "chunks in 1.0": _post(_CHUNKED, b"0\r\n\r\n", b"HTTP/1.0"),
        "an unknown coding": _post(b"Transfer-Encoding: gzip\r\n", b""),
        "identity": _post(b"Transfer-Encoding: identity\r\n", b""),
        "gzip, chunked": _post(b"Transfer-Encoding: gzip, chunked\r\n", b"0\r\n\r\n"),
        "chunked twice": _post(_CHUNKED * 2, b"0\r\n\r\n"),
        "chunked, chunked": _post(b"Transfer-Encoding: chunked, chunked\r\n", b"0\r\n\r\n"),
        "xchunked": _post(b"Transfer-Encoding: xchunked\r\n", b"0\r\n\r\n"),
        "chunked in quotes": _post(b'Transfer-Encoding: "chunked"\r\n', b"0\r\n\r\n"),
        "chunked behind a tabulator and an x": _post(b"Transfer-Encoding:\tx chunked\r\n", b"0\r\n\r\n"),
        "chunked behind a vertical tabulator": _post(b"Transfer-Encoding: \x0bchunked\r\n", b"0\r\n\r\n"),
        "chunked with a space before the colon": _post(b"Transfer-Encoding : chunked\r\n", b"0\r\n\r\n"),
        "chunked with a NUL": _post(b"Transfer-Encoding: chunked\x00\r\n", b"0\r\n\r\n"),
        "an empty coding": _post(b"Transfer-Encoding:\r\n", b""),
        "a folded coding": _post(b"Transfer-Encoding:\r\n chunked\r\n", b"0\r\n\r\n"),
    }
)
CHUNKS: Final[Mapping[str, bytes]] = MappingProxyType(
    {
        "a chunk that is longer than said": _post(_CHUNKED, b"3\r\nhello\r\n0\r\n\r\n"),
        "a chunk that ends with LF": _post(_CHUNKED, b"5\r\nhello\n0\r\n\r\n"),
        "a size that ends with LF": _post(_CHUNKED, b"5\nhello\r\n0\r\n\r\n"),
        "a size with a sign": _post(_CHUNKED, b"+5\r\nhello\r\n0\r\n\r\n"),
        "a size with 0x": _post(_CHUNKED, b"0x5\r\nhello\r\n0\r\n\r\n"),
        "a size with a space before it": _post(_CHUNKED, b" 5\r\nhello\r\n0\r\n\r\n"),
        "a size of 21 digits": _post(_CHUNKED, b"0" * 20 + b"5\r\nhello\r\n0\r\n\r\n"),
        "no size": _post(_CHUNKED, b"\r\nhello\r\n0\r\n\r\n"),
        "a size that is none": _post(_CHUNKED, b"g\r\nhello\r\n0\r\n\r\n"),
        "an extension with LF": _post(_CHUNKED, b"5;a\nb\r\nhello\r\n0\r\n\r\n"),
        "an end with LF": _post(_CHUNKED, b"5\r\nhello\r\n0\r\n\n"),
        "an end with LF twice": _post(_CHUNKED, b"5\r\nhello\r\n0\n\n"),
        "a field after the last chunk": _post(_CHUNKED, b"5\r\nhello\r\n0\r\nHost: b\r\n\r\n"),
        "a length after the last chunk": _post(_CHUNKED, b"0\r\nContent-Length: 9\r\n\r\n"),
        "a field with LF after the last chunk": _post(_CHUNKED, b"0\r\nA: b\n\r\n"),
    }
)
LINES: Final[Mapping[str, bytes]] = MappingProxyType(
    {
        "LF behind the request line": b"GET /seen HTTP/1.1\nHost: a\r\n\r\n",
        "LF behind a field": b"GET /seen HTTP/1.1\r\nHost: a\nA: b\r\n\r\n",
        "LF behind the head": b"GET /seen HTTP/1.1\r\nHost: a\r\n\n",
        "LF everywhere": b"GET /seen HTTP/1.1\nHost: a\n\n",
        "CR behind a field": b"GET /seen HTTP/1.1\r\nHost: a\rA: b\r\n\r\n",
        "CR behind the last field": b"GET /seen HTTP/1.1\r\nHost: a\r\r\n\r\n",
        "CR twice": b"GET /seen HTTP/1.1\r\r\nHost: a\r\n\r\n",
        "a folded field": _get(b"Host: a", b"A: b", b" c"),
        "a folded field with a tabulator": _get(b"Host: a", b"A: b", b"\tc"),
        "a folded first field": _get(b" Host: a", b"A: b"),
        "an empty line first": b"\r\n" + _get(b"Host: a"),
        "a NUL in a value": _get(b"Host: a", b"A: b\x00c"),
        "a NUL in a name": _get(b"Host: a", b"A\x00: b"),
        "DEL in a value": _get(b"Host: a", b"A: b\x7f"),
        "a space before the colon": _get(b"Host: a", b"A : b"),
        "a tabulator before the colon": _get(b"Host: a", b"A\t: b"),
        "no colon": _get(b"Host: a", b"A"),
        "no name": _get(b"Host: a", b": b"),
        "a name in brackets": _get(b"Host: a", b"(A): b"),
        "a name in other letters": _get(b"Host: a", b"\xc3\xa4: b"),
    }
)
TARGETS: Final[Mapping[str, bytes]] = MappingProxyType(
    {
        "no host": _get(b"A: b"),
        "no host in 1.0": _get(b"A: b", line=b"GET /seen HTTP/1.0"),
        "two hosts": _get(b"Host: a", b"Host: b"),
        "the same host twice": _get(b"Host: a", b"host: a"),
        "an absolute target": _get(b"Host: a", line=b"GET http://b/seen HTTP/1.1"),
        "a target with an authority": _get(b"Host: a", line=b"CONNECT b:443 HTTP/1.1"),
        "a star": _get(b"Host: a", line=b"OPTIONS * HTTP/1.1"),
        "a relative target": _get(b"Host: a", line=b"GET seen HTTP/1.1"),
        "a target with a fragment": _get(b"Host: a", line=b"GET /seen#a HTTP/1.1"),
        "a target with a space": _get(b"Host: a", line=b"GET /seen /b HTTP/1.1"),
        "a target in other letters": _get(b"Host: a", line=b"GET /s\xc3\xa4 HTTP/1.1"),
        "no target": _get(b"Host: a", line=b"GET HTTP/1.1"),
        "two spaces": _get(b"Host: a", line=b"GET  /seen HTTP/1.1"),
        "a tabulator in the line": _get(b"Host: a", line=b"GET\t/seen HTTP/1.1"),
        "a space behind the line": _get(b"Host: a", line=b"GET /seen HTTP/1.1 "),
        "a space before the line": _get(b"Host: a", line=b" GET /seen HTTP/1.1"),
        "no version": _get(b"Host: a", line=b"GET /seen"),
        "version 0.9": _get(b"Host: a", line=b"GET /seen HTTP/0.9"),
        "version 1.2": _get(b"Host: a", line=b"GET /seen HTTP/1.2"),
        "version 2.0": _get(b"Host: a", line=b"GET /seen HTTP/2.0"),
        "version 1.10": _get(b"Host: a", line=b"GET /seen HTTP/1.10"),
        "a version in lower case": _get(b"Host: a", line=b"GET /seen http/1.1"),
        "another protocol": _get(b"Host: a", line=b"GET /seen ICAP/1.0"),
        "the preface of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "a method in brackets": _get(b"Host: a", line=b"(GET) /seen HTTP/1.1"),
        "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        "two authorizations": _get(b"Host: a", b"Authorization: b", b"Authorization: c"),
        "two types": _get(b"Host: a", b"Content-Type: b/c", b"Content-Type: d/e"),
    }
)
MALFORMED: Final[Mapping[str, bytes]] = MappingProxyType({**LENGTHS, **CODINGS, **CHUNKS, **LINES, **TARGETS})
