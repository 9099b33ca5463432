"""Which column of a table, or key of a foreign object, is which key of a record."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Final, Self

from index.errors import Cause, PolicySearchError
from index.readers.record import Record
from index.readers.refusal import Refusal, RefusedRecord
from index.text.folding import Folding

HEADER_ROWS: Final = 10
"""Rows of a table among which its header is looked for: above it stand a title, a date, a unit. By hand."""

_REMARK = re.compile(r"\([^()]*\)$|[\s*_:-]")
"""What a header may have beside its name, folded: 发布日期（年月日）, *标题, publish_date."""

_LONGEST_HEADER: Final = 100
"""Code points. The longest that is known has 16; a column named with --map may be a sentence. By hand."""

_TELLING: Final = frozenset({"title", "lead", "text"})
"""Keys of which a header has one: without any of them a row is no article."""


class BadFieldMap(PolicySearchError):
    """What was said of columns and keys cannot be understood."""

    kind = "bad-field-map"
    cause = Cause.BAD_INPUT


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the values of a record stand in a row: a column, counted from 0, for each key."""

    header: tuple[str, ...]
    columns: Mapping[str, int]

    @property
    def unused(self) -> tuple[str, ...]:
        """The headers of the columns that no key takes; columns without a header have their number."""
        used = set(self.columns.values())
        return tuple(
            name.strip() or f"#{place + 1}" for place, name in enumerate(self.header) if place not in used
        )


@dataclass(frozen=True, slots=True)
class FieldMap:
    """Columns that were named for keys of a record, and the headers that are understood without that.

    `given` holds pairs of key and column. Immutable.
    """

    given: tuple[tuple[str, str], ...]
    _folding: Folding = field(repr=False, compare=False)
    _known: Mapping[str, tuple[int, str]] = field(repr=False, compare=False)
    """Of each plain header: its rank, and the key that it means."""

    @classmethod
    def parse(cls, texts: Iterable[str]) -> Self:
        """The map of texts such as `title=标题`. Raises BadFieldMap."""
        given: dict[str, str] = {}
        for text in texts:
            key, equals, column = (part.strip() for part in text.partition("="))
            if not (equals and column):
                raise BadFieldMap(f"{text!r} names no column; write KEY=COLUMN, such as title=标题")
            if key not in Record.__struct_fields__:
                keys = ", ".join(Record.__struct_fields__)
                raise BadFieldMap(f"{key!r} is no key of an article; the keys are: {keys}")
            if key in given:
                raise BadFieldMap(f"{key!r} is mapped twice; name one column for it")
            given[key] = column
        folding = Folding.load()
        return cls(tuple(given.items()), folding, _known_headers(folding))

    def layout(self, rows: Sequence[Sequence[str]]) -> tuple[int, Layout]:
        """The header among the first rows of a table: which row it is, from 0, and what stands where.

        Raises RefusedRecord: with what is missing, what is there, and what to say instead.
        """
        heads = rows[:HEADER_ROWS]
        for place, cells in enumerate(heads):
            layout = self._layout_of(cells)
            if layout is not None:
                return place, layout
        raise self._refused(heads)

    def means_id(self, text: str) -> bool:
        """Whether a value that stands under a known name for an id may be one.

        A plain number is none, unless it was said which column holds the id: each table counts from 1, and
        the rows of one would take the place of those of another.
        """
        return not text.strip().isdecimal() or any(key == "id" for key, _ in self.given)

    def renamed(self, keys: Iterable[str]) -> dict[str, str]:
        """Of the keys of a foreign object: the keys of a record that they mean, by their own names."""
        names = tuple(keys)
        return {key: names[place] for key, place in self._columns(names).items()}

    def _layout_of(self, cells: Sequence[str]) -> Layout | None:
        columns = self._columns(cells)
        if not columns.keys() >= {key for key, _ in self.given} or not columns.keys() & _TELLING:
            return None
        return Layout(tuple(cells), columns)

    def _columns(self, cells: Sequence[str]) -> dict[str, int]:
        plain = [_plain(cell, self._folding) for cell in cells]
        found: dict[str, int] = {}
        for key, column in self.given:
            name = _plain(column, self._folding)
            if name in plain:
                exact = [place for place, cell in enumerate(cells) if cell.strip() == column]
                found[key] = exact[0] if exact else plain.index(name)
        taken = set(found.values())
        named = {key for key, _ in self.given}
        best: dict[str, tuple[int, int]] = {}
        for place, name in enumerate(plain):
            rank, key = self._known.get(name, (0, ""))
            if key and place not in taken and key not in named:
                best[key] = min(best.get(key, (rank, place)), (rank, place))
        return found | {key: place for key, (_, place) in best.items()}

    def _refused(self, rows: Sequence[Sequence[str]]) -> RefusedRecord:
        if not rows:
            return RefusedRecord(Refusal.EMPTY, "there is nothing in the table")
        likeliest = max(rows, key=lambda cells: sum(bool(cell.strip()) for cell in cells))
        there = "、".join(cell.strip()[:40] for cell in likeliest if cell.strip())[:400]
        names = {_plain(cell, self._folding) for cells in rows for cell in cells}
        missing = [column for _, column in self.given if _plain(column, self._folding) not in names]
        if missing:
            explanation = f"there is no column {'、'.join(missing)}; the columns are: {there}"
        else:
            explanation = (
                f"no column is known to be a title or a text; the first rows have: {there}; "
                "name the columns, such as --map title=标题 --map text=正文"
            )
        return RefusedRecord(Refusal.UNKNOWN_HEADER, explanation)


def _plain(header: str, folding: Folding) -> str:
    """What a header is compared as; nothing for a text that is too long to be one."""
    header = header.strip()
    return _REMARK.sub("", folding.fold(header)) if len(header) <= _LONGEST_HEADER else ""


def _known_headers(folding: Folding) -> dict[str, tuple[int, str]]:
    lines = files("index").joinpath("data/table_headers.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {_plain(header, folding): (rank, key) for rank, (key, header) in enumerate(rows)}
