"""The text of a web page to lines, as a browser would break them."""

import re
from dataclasses import dataclass, field, replace

from index.readers.refusal import Refusal, RefusedRecord

MAX_LINES = 20_000
"""Lines that a page may have (the team's notes on Chinese text, 5.1)."""

CELL_END = "\t"
"""Stands between the cells of a row that is one line, and between a term and its description only."""

_CRUMB_END = " > "
"""Stands between the entries of a breadcrumb that is a list: there a style draws what parts them."""

_CRUMB_SEPARATORS = frozenset(">»›→/|：:-")

_WIDE = "[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
_SOURCE_BREAK = re.compile(rf"(?<={_WIDE})[ \f]*[\n\r][ \f\n\r]*(?={_WIDE})")
"""A line end of the source between two Chinese characters, which is no white space (CSS Text 3, 4.1.3)."""

_WHITE = re.compile("[ \f\n\r]+")
_LINE_END = re.compile("\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the page a line stands: in which articles (the outermost first), in its frame, in a heading.

    `heading` is the level, from 1; 0 is none.
    """

    articles: tuple[int, ...] = ()
    framed: bool = False
    heading: int = 0


@dataclass(frozen=True, slots=True)
class PageLine:
    text: str
    place: Place


_Lines = list[PageLine]


@dataclass(slots=True)
class LineBuilder:
    """Takes text and breaks in the order of the page. `place` is that of the text to come."""

    place: Place = Place()
    _lines: _Lines = field(default_factory=list)
    _rows: list[list[_Lines]] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _last: str = ""
    """The last character of the line so far that is no white space."""
    _count: int = 0

    def write(self, text: str) -> None:
        self._pieces.append(text.replace(CELL_END, " "))
        self._last = text.rstrip()[-1:] or self._last

    def write_verbatim(self, text: str) -> None:
        """Text whose line ends are line ends."""
        first, *others = _LINE_END.split(text)
        self.write(first)
        for line in others:
            self.end_line()
            self.write(line)

    def end_term(self) -> None:
        """The description of a term goes on in its line."""
        if self._last:
            self._pieces.append(CELL_END)

    def go_on_after_term(self) -> None:
        """A new line, but for the first description of a term."""
        if not self._pieces or self._pieces[-1] != CELL_END:
            self.end_line()

    def go_on_after_crumb(self) -> None:
        """The next entry of a breadcrumb, in the line of the first."""
        if self._last:
            self.write(" " if self._last in _CRUMB_SEPARATORS else _CRUMB_END)

    def end_line(self) -> None:
        text = _tidy("".join(self._pieces))
        self._pieces.clear()
        self._last = ""
        if not text:
            return
        self._count += 1
        if self._count > MAX_LINES:
            raise RefusedRecord(
                Refusal.TEXT_TOO_LONG,
                f"the page has more than {MAX_LINES:,} lines; split it into several pages",
            )
        self._target().append(PageLine(text, self.place))

    def open_row(self) -> None:
        self.end_line()
        self._rows.append([])

    def open_cell(self) -> None:
        """A new cell of the row; outside of a row, only a new line."""
        self.end_line()
        if self._rows:
            self._rows[-1].append([])

    def close_row(self) -> None:
        """One line where each cell has one at most; else the cells are columns of a layout, apart."""
        self.end_line()
        cells = [cell for cell in self._rows.pop() if cell]
        if len(cells) > 1 and all(len(cell) == 1 for cell in cells):
            lines = [cell[0] for cell in cells]
            heading = max(line.place.heading for line in lines)
            text = CELL_END.join(line.text for line in lines)
            self._target().append(PageLine(text, replace(lines[0].place, heading=heading)))
        else:
            for cell in cells:
                self._target().extend(cell)

    def finished(self) -> tuple[PageLine, ...]:
        """All lines; every row has to be closed."""
        self.end_line()
        return tuple(self._lines)

    def _target(self) -> _Lines:
        if not self._rows:
            return self._lines
        if not self._rows[-1]:
            self._rows[-1].append([])
        return self._rows[-1][-1]


def _tidy(text: str) -> str:
    cells = _SOURCE_BREAK.sub("", text).split(CELL_END)
    return CELL_END.join(filter(None, (_WHITE.sub(" ", cell).strip() for cell in cells)))
