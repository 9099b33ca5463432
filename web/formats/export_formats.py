"""How hits are written as the rows of a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import msgspec

from search.results import Hit, SearchResult
from web.formats.csv_text import csv_text
from web.formats.flat_row import columns, row

JsonHit = Callable[[Hit], Any]
"""A hit as the JSON answer has it."""


class ExportFormat(Protocol):
    """A kind of file. Its parts, joined, are the file: the head, each page of hits, and the tail."""

    def head(self) -> bytes: ...

    def page(self, hits: Sequence[Hit]) -> bytes: ...

    def tail(self, last: SearchResult, count: int) -> bytes:
        """What follows the `last` page of hits; `count` hits were written."""
        ...


@dataclass(frozen=True, slots=True)
class Csv:
    """A table with a row of headers (RFC 4180)."""

    json_hit: JsonHit
    fields: Sequence[str]
    mark: str
    """What comes first: the byte order mark or nothing."""

    def head(self) -> bytes:
        return (self.mark + csv_text([columns(self.fields)])).encode()

    def page(self, hits: Sequence[Hit]) -> bytes:
        found: list[Mapping[str, Any]] = [msgspec.to_builtins(self.json_hit(hit)) for hit in hits]
        return csv_text(row(hit, self.fields) for hit in found).encode()

    def tail(self, _last: SearchResult, _count: int) -> bytes:
        return b""


@dataclass(frozen=True, slots=True)
class Ndjson:
    """A JSON object on each line: the hits, and one that says that these were all."""

    json_hit: JsonHit

    def head(self) -> bytes:
        return b""

    def page(self, hits: Sequence[Hit]) -> bytes:
        return _ENCODER.encode_lines([self.json_hit(hit) for hit in hits])

    def tail(self, last: SearchResult, count: int) -> bytes:
        end = {
            "end": True,
            "count": count,
            "total": last.total,
            "clusters": last.clusters,
            "generation": last.generation,
            "next_cursor": last.next_cursor,
        }
        return _ENCODER.encode_lines([end])


_ENCODER: Final = msgspec.json.Encoder()
