"""Feeds by the grammar of RFC 4287 and by a feed parser; what XML cannot hold is replaced."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from web.formats.atom import ATOM, Category, Entry, Feed, FeedLink, atom_document
from web.formats.xml_text import REPLACEMENT, xml_text

GRAMMAR: Final = etree.RelaxNG(etree.parse(Path(__file__).parents[2] / "data" / "atom.rng"))
ATOM_TYPE = "application/atom+xml"
NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
ENTRY = Entry(
    id="tag:site.example,2026:article:a1",
    title="招商",
    language="zh-Hans",
    updated=NOON,
    published=NOON,
    author="浙江日报",
    links=(FeedLink("alternate", "https://site.example/articles/a1", "text/html"),),
    categories=(Category("330100", "浙江省杭州市", "https://site.example/api/v1/regions"),),
    summary="<p>…<mark>招商</mark>…</p>",
)
FEED = Feed(
    id="tag:site.example,2026:search:0",
    title="招商",
    language="en",
    author="地方政策新闻搜索",
    updated=NOON,
    links=(FeedLink("self", "https://site.example/api/v1/search.atom?q=a&sort=newest", ATOM_TYPE),),
    entries=(ENTRY,),
    total=1,
    start=1,
    per_page=20,
)
BARE = replace(ENTRY, published=None, author=None, categories=(), summary=None)


def errors(document: bytes) -> list[str]:
    GRAMMAR.validate(etree.fromstring(document))
    return [str(error) for error in GRAMMAR.error_log]


def titled(title: str) -> bytes:
    return atom_document(replace(FEED, entries=(replace(ENTRY, title=title),)))


@pytest.mark.parametrize(
    "feed", [FEED, replace(FEED, entries=()), replace(FEED, entries=(ENTRY, BARE)), replace(FEED, links=())]
)
def test_the_grammar_holds(feed: Feed) -> None:
    assert errors(atom_document(feed)) == []


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        (b"<updated>2026-03-01T12:00:00+08:00</updated>", b"<updated>2026-03-01</updated>"),
        (b'type="html"', b'type="markdown"'),
        (b"<id>tag:site.example,2026:article:a1</id>", b""),
        (b"<entry ", b"<entry bare='1' "),
    ],
)
def test_the_grammar_finds_what_is_wrong(written: bytes, instead: bytes) -> None:
    document = atom_document(FEED)
    assert written in document
    assert errors(document.replace(written, instead, 1))


def test_a_feed_parser_reads_all_of_it() -> None:
    parsed = feedparser.parse(atom_document(FEED), sanitize_html=False)
    assert not parsed.bozo
    assert (parsed.feed.id, parsed.feed.title) == (FEED.id, FEED.title)
    assert parsed.feed.links[0].href == FEED.links[0].href
    (entry,) = parsed.entries
    assert (entry.id, entry.title, entry.link) == (ENTRY.id, ENTRY.title, ENTRY.links[0].href)
    assert (entry.author, entry.updated) == (ENTRY.author, "2026-03-01T12:00:00+08:00")
    assert entry.summary == ENTRY.summary
    assert entry.tags[0].label == "浙江省杭州市"


@pytest.mark.parametrize(
    "title",
    [
        "<b>招商</b> & 引资",
        "]]>",
        "𠮷祥里",
        'a"b',
        "&amp;",
        "&lt;",
        "㐀 〇 é",
        "a\nb",
        "<!--",
        "<?x?>",
        " 前后 ",
    ],
)
def test_titles_survive(title: str) -> None:
    document = titled(title)
    root = etree.fromstring(document)
    assert root.findtext(f"{{{ATOM}}}entry/{{{ATOM}}}title") == title
    assert not feedparser.parse(document).bozo


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00b", "a\ufffdb"),
        ("\x0b\x1f", REPLACEMENT * 2),
        ("\ufffe\uffff", REPLACEMENT * 2),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\t\n\x85\x7f", "\t\n\x85\x7f"),
        ("\U0010ffff", "\U0010ffff"),
    ],
)
def test_what_xml_cannot_hold_is_replaced(text: str, expected: str) -> None:
    assert xml_text(text) == expected
    title = etree.fromstring(titled(text)).findtext(f"{{{ATOM}}}entry/{{{ATOM}}}title")
    assert title == expected


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_every_text_makes_a_document(text: str) -> None:
    feed = replace(FEED, title=text, author=text, entries=(replace(ENTRY, title=text, summary=text),))
    root = etree.fromstring(atom_document(feed))
    assert root.findtext(f"{{{ATOM}}}title") == xml_text(text)
    assert root.findtext(f"{{{ATOM}}}entry/{{{ATOM}}}summary") == xml_text(text)
