"""Texts that do harm where they are not written out with care, and judges of what was written."""

import csv
import io
import re
from typing import Final

from lxml import etree

from tests.web.markup import Element, parse_page

WORD: Final = "协同创新"
"""Stands in each of them, so that all are found by it, and its marks part them."""

HOSTILE: Final = {
    "script": f"<script>{WORD}</script>",
    "parted by a mark": f"<scr{WORD}ipt>alert(1)</scr{WORD}ipt>",
    "image": f'"><img src=x onerror=alert(1)>{WORD}',
    "attribute": f"\" autofocus onfocus='alert(1)' {WORD}=\"",
    "ends": f"</title></textarea></option></script></style>{WORD}<svg/onload=alert(1)>",
    "mark": f"<mark onclick=alert(1)>{WORD}</mark>",
    "comment": f"<!--{WORD}--!><img src=x>",
    "entity": f"&lt;img src=x&gt;{WORD}&#60;b&#62;",
    "template": f"{{{{ 7*7 }}}}{WORD}{{% raw %}}",
    "cdata": f"]]>{WORD}<![CDATA[<b>]]>",
    "document type": f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>{WORD}&a;',
    "controls": f"\x01\x07\x1b[31m{WORD}\x7f\x9b",
    "turned": f"\u202e{WORD}\u2066gnp.exe",
    "no characters": f"{WORD}\ufffe\uffff\U0001ffff",
    "half wide": f"＜script＞{WORD}",
    "formula": f'=HYPERLINK("https://evil.example","{WORD}")',
    "formula with a sign": f"+{WORD}|' /C calc'!A0",
    "formula in full width": f"＝1+{WORD}",
    "formula behind a tab": f"\t@SUM({WORD})",
}

HOSTILE_ADDRESSES: Final = (
    "javascript:alert(1)",
    "JavaScript://news.example/%0aalert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//news.example/x",
    "http:",
    "https://[broken",
)
"""Of articles: none is one of the web."""

_TAGS: Final = frozenset(
    (
        *("#document", "html", "head", "meta", "title", "link", "body", "header", "nav", "main", "footer"),
        *("section", "article", "aside", "div", "p", "span", "h1", "h2", "h3", "h4", "ul", "ol", "li", "dl"),
        *("dt", "dd", "a", "form", "input", "button", "label", "select", "option", "fieldset", "legend"),
        *(
            "details",
            "summary",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "caption",
            "mark",
            "bdi",
            "time",
        ),
        *(
            "ins",
            "del",
            "small",
            "strong",
            "em",
            "br",
            "wbr",
            "datalist",
            "output",
            "cite",
            "q",
            "kbd",
            "code",
        ),
    )
)
"""What our templates write, but for scripts and pictures, which are files of ours."""

_COMPUTED: Final = re.compile(r"""[\s"']*[=+\-@＝＋－＠]|[\t\r]""")


def assert_harmless_page(html: str) -> None:
    """No element, attribute or address of it is another's."""
    for element in parse_page(html).walk():
        _assert_harmless(element)


def _assert_harmless(element: Element) -> None:
    if element.tag in {"script", "img"}:
        assert element.attributes.get("src", "").startswith("/static/")
        assert element.text == ""
    else:
        assert element.tag in _TAGS, element.tag
    for name, value in element.attributes.items():
        assert re.fullmatch("[a-z-]+", name), name
        assert not name.startswith("on"), name
        assert name not in {"style", "srcdoc"}, name
        if name in {"href", "src", "action", "formaction"}:
            assert re.match("(https?://|/|#|[?]|$)", value), value


def assert_own_addresses(html: str) -> None:
    """Nobody is led anywhere else by it."""
    for element in parse_page(html).walk():
        for name in ("href", "src", "action"):
            assert re.match("(/(?!/)|#|[?]|$)", element.attributes.get(name, "")), element.attributes


def assert_harmless_table(written: bytes) -> None:
    """No cell of it begins a formula, but behind the sign that makes a text of it."""
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), strict=True))
    assert len(rows) > 1
    for cell in (cell for row in rows for cell in row):
        assert cell.startswith("'") or not _COMPUTED.match(cell), cell


def assert_strict_feed(written: bytes) -> None:
    """It is XML without a document type, and leads to addresses of the web."""
    root = etree.fromstring(written, etree.XMLParser(resolve_entities=False, no_network=True))
    assert root.getroottree().docinfo.internalDTD is None
    for element in root.iter():
        assert re.match("https?://[^/]|/(?!/)|$", element.get("href", "")), element.get("href")
