"""Web pages to lines."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from index.readers.documents.declared import decode_page
from index.readers.documents.elements import (
    BLOCKS,
    HEADINGS,
    SKIPPED,
    VERBATIM,
    is_article,
    is_crumb,
    is_frame,
)
from index.readers.documents.html_head import HeadCollector
from index.readers.documents.html_page import page_of
from index.readers.documents.line_builder import LineBuilder, PageLine, Place
from index.readers.documents.parsed import ParsedPage
from index.readers.encodings import Decoded
from index.readers.media import MAX_PAGE
from index.readers.refusal import Refusal, RefusedRecord

MAX_DEPTH: Final = 256
"""Elements that may be open at once (the same): each end tag costs a walk through all of them."""

_PIECE: Final = 2**16
"""Characters that the parser takes at once, so that a page past a limit is left early."""

_NUL = "\x00"

_END = "policy-search-end"
"""An element behind the page: it is found as an element if no tag, comment or script swallowed the rest."""


def parse_html(data: bytes, decode: Callable[[bytes], Decoded]) -> ParsedPage:
    """The lines of a web page and what it says of itself.

    Raises RefusedRecord. Every character between the tags is in the lines, except for what a reader never
    sees: comments, scripts, styles, controls of forms, what stands in for a missing feature, and NUL, which
    browsers leave out.
    """
    if len(data) > MAX_PAGE:
        raise RefusedRecord(Refusal.FILE_TOO_LARGE, f"a web page has at most {MAX_PAGE >> 20} MiB")
    decoded = decode_page(data, decode)
    text = decoded.text.replace(_NUL, "")
    if not text or text.isspace():
        raise RefusedRecord(Refusal.EMPTY, "there is no text in the file")
    reading = _Reading()
    parser = etree.HTMLParser(target=reading, huge_tree=True, no_network=True)
    text += f"<{_END}>"
    try:
        for start in range(0, len(text), _PIECE):
            parser.feed(text[start : start + _PIECE])
        parser.close()
    except etree.LxmlError as error:
        raise _refused(f"it is no web page that can be read ({error}); save it as plain text") from error
    if not reading.reached_end:
        raise _refused(
            "it ends inside a tag, a comment, a script or a title, so that text would be lost; fetch it again"
        )
    return replace(page_of(reading.lines(), reading.head.facts()), encoding=decoded.encoding)


def _refused(explanation: str) -> RefusedRecord:
    return RefusedRecord(Refusal.UNPARSABLE_HTML, explanation)


@dataclass(frozen=True, slots=True)
class _Around:
    """What held before an element began."""

    place: Place
    in_crumb: bool


@dataclass(slots=True)
class _Reading:
    """Takes what the parser finds. The parser closes every element that it opens, the last first."""

    head: HeadCollector = field(default_factory=HeadCollector)
    builder: LineBuilder = field(default_factory=LineBuilder)
    reached_end: bool = False
    _open: list[_Around] = field(default_factory=list)
    _articles: int = 0
    _skipped: int = 0
    _verbatim: int = 0
    _in_crumb: bool = False
    _title: list[str] | None = None
    _after_link: bool = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if len(self._open) == MAX_DEPTH:
            raise _refused(f"more than {MAX_DEPTH} elements of it are open at once; save it as plain text")
        self._open.append(_Around(self.builder.place, self._in_crumb))
        self.reached_end = tag == _END and not self._skipped
        if self._skipped or tag in SKIPPED:
            self._skipped += 1
            return
        self._move(tag, attributes)
        self._break_before(tag)
        match tag:
            case "title":
                self._title = []
            case "meta":
                self.head.meta(attributes)
            case "link":
                self.head.link(attributes)
        if tag in VERBATIM:
            self._verbatim += 1
        self._after_link = False

    def end(self, tag: str) -> None:
        around = self._open.pop()
        if self._skipped:
            self._skipped -= 1
            return
        self._break_after(tag)
        if tag == "title" and self._title is not None:
            self.head.title("".join(self._title))
            self._title = None
        if tag in VERBATIM:
            self._verbatim -= 1
        if around.place != self.builder.place:
            self.builder.end_line()
            self.builder.place = around.place
        self._in_crumb = around.in_crumb
        self._after_link = tag == "a"

    def data(self, text: str) -> None:
        if self._skipped:
            return
        self._after_link = False
        if self._title is not None:
            self._title.append(text)
        elif self._verbatim:
            self.builder.write_verbatim(text)
        else:
            self.builder.write(text)

    def close(self) -> None:
        """The parser asks for the result here; it is taken by `lines`."""

    def lines(self) -> tuple[PageLine, ...]:
        return self.builder.finished()

    def _move(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Into the article, the frame, a heading or the breadcrumb, where the element is one."""
        place = self.builder.place
        crumb = is_crumb(attributes)
        if is_article(tag, attributes):
            self._articles += 1
            place = replace(place, articles=(*place.articles, self._articles))
        if is_frame(tag, attributes) and not crumb:
            place = replace(place, framed=True)
        if tag in HEADINGS:
            place = replace(place, heading=int(tag[1]))
        if place != self.builder.place:
            self.builder.end_line()
            self.builder.place = place
        self._in_crumb = self._in_crumb or crumb

    def _break_before(self, tag: str) -> None:
        match tag:
            case "tr":
                self.builder.open_row()
            case "td" | "th":
                self.builder.open_cell()
            case "dd":
                self.builder.go_on_after_term()
            case "li" if self._in_crumb:
                self.builder.go_on_after_crumb()
            case "br" if self.builder.place.heading:
                self.builder.write("\n")
            case "a" if self._after_link:
                self.builder.write(" ")
            case "br" | "dt":
                self.builder.end_line()
            case _ if tag in BLOCKS and not (self.builder.place.heading and tag not in HEADINGS):
                self.builder.end_line()

    def _break_after(self, tag: str) -> None:
        match tag:
            case "tr":
                self.builder.close_row()
            case "dt":
                self.builder.end_term()
            case "li" if self._in_crumb:
                return
            case _ if tag in BLOCKS and not (self.builder.place.heading and tag not in HEADINGS):
                self.builder.end_line()
