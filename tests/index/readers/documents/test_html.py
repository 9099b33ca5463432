"""Web pages: which lines they have, what their head says, and what hostile ones cost."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers.documents.html import MAX_DEPTH, parse_html
from index.readers.documents.line_builder import MAX_LINES
from index.readers.documents.parsed import ParsedPage, Stretch
from index.readers.encodings import decode
from index.readers.media import MAX_PAGE
from index.readers.record import MAX_TEXT
from index.readers.refusal import Refusal, RefusedRecord

RUNNING = "近日，省政府召开专题会议，研究部署下一阶段科技创新重点工作，要求各地压实责任、确保实效。"


def parse(html: str | bytes) -> ParsedPage:
    return parse_html(html.encode() if isinstance(html, str) else html, decode)


def lines(html: str) -> list[str]:
    page = parse(html)
    return page.text[: page.meta.lines_end].split("\n")


def said(page: ParsedPage, stretch: Stretch | None) -> str | None:
    return None if stretch is None else page.text[stretch.start : stretch.end]


LINES = {
    "blocks break lines": ("<p>一</p><div>二<section>三</section>四</div>五", ["一", "二", "三", "四", "五"]),
    "inline elements do not": ("<p>科<b>技</b><span>创</span><font>新</font></p>", ["科技创新"]),
    "br and hr": ("一<br>二<br/>三<hr>四", ["一", "二", "三", "四"]),
    "white space of the source": ("<p>  a  b\n\tc </p>", ["a b c"]),
    "a line end between Chinese characters is no space": (
        "<p>科技\n    创新，\r\n发展</p>",
        ["科技创新，发展"],
    ),
    "lists": ("<ul><li>一<li>二</ul><ol><li>三</li></ol>", ["一", "二", "三"]),
    "a row of short cells": ("<table><tr><td>甲<td><p>乙</p><td></td><th>丙</table>", ["甲\t乙\t丙"]),
    "columns of a layout": (
        "<table><tr><td>栏<br>目<td><table><tr><td>a<td>b</table>文</table>",
        ["栏", "目", "a\tb", "文"],
    ),
    "cells outside of a table": ("<font>c<td>d", ["c", "d"]),
    "terms": ("<dl><dt>键<dd>值<dd>又一值<dt>键<dd><p>值</dl>", ["键\t值", "又一值", "键", "值"]),
    "verbatim text": ("<pre>一\n 二\r\n三</pre>", ["一", "二", "三"]),
    "entities": ("<p>&lt;p&gt; &amp;amp; &#x4e00;&hellip;&unknown; &copy", ["<p> &amp; 一…&unknown; ©"]),
    "neighbouring links": ("<p><a>联系我们</a><a>网站地图</a>", ["联系我们 网站地图"]),
    "a heading is one line": ("<h1>关于<br>印发<div>办法</div></h1>", ["关于印发办法"]),
    "a breadcrumb as a list": ("<ol class='breadcrumb'><li>首页<li>要闻</ol>", ["首页 > 要闻"]),
    "a breadcrumb that has its marks": ("<ul class=crumbs><li>首页 /<li>要闻</ul>", ["首页 / 要闻"]),
    "what is never seen": (
        """甲<script>x</script><style>y</style><noscript>n</noscript><template>t</template><!-- c -->
        <![CDATA[d]]><svg><title>z</title></svg><select><option>o</select><textarea>q</textarea><button>b</button><?e?>乙""",
        ["甲乙"],
    ),
    "hidden elements are kept": ("<p style='display:none'>甲</p><div hidden>乙</div>", ["甲", "乙"]),
    "NUL is no character": ("科\0技<b\0>创</b>新", ["科技创新"]),
    "what stands behind the end": ("<body>甲</body></html><p>乙", ["甲", "乙"]),
    "an image's words are no text": ("<p><img alt='图' title='题'>甲", ["甲"]),
}


@pytest.mark.parametrize(("html", "expected"), LINES.values(), ids=LINES)
def test_lines(html: str, expected: list[str]) -> None:
    assert lines(html) == expected


TITLES = {
    "the element of the head, and columns behind it": (
        f"<title>我省出台人才新政_要闻_某网</title><p>要闻<p>我省出台人才新政<p>{RUNNING}",
        "我省出台人才新政",
    ),
    "of several, the nearest above the text": (
        f"<title>我省出台人才新政</title><p>我省出台人才新政<p>甲<p>我省出台人才新政<p>{RUNNING}<p>我省出台人才新政",
        "我省出台人才新政",
    ),
    "a title in several lines becomes one": (
        f"<meta name=ArticleTitle content='关于做好防汛工作的通知'><p>关于做好<br>防汛工作的通知<p>{RUNNING}",
        "关于做好 防汛工作的通知",
    ),
    "the only heading": (
        f"<title>某网</title><p>要闻<h1>我省出台人才新政</h1><p>{RUNNING}",
        "我省出台人才新政",
    ),
    "a heading that names the site": (
        f"<title>首页 - 某某新闻网站</title><h1>某某新闻网站</h1><p>{RUNNING}",
        None,
    ),
    "a column with a short name": (f"<title>要闻_某网</title><p>要闻<p>{RUNNING}", None),
    "a name far above the text": (
        f"<title>科技创新工作_某网</title><p>科技创新工作{'<p>栏目' * 20}<p>{RUNNING}",
        None,
    ),
    "a title that no line has": (
        f"<meta name=ArticleTitle content='我省出台人才新政'><p>{RUNNING}",
        "我省出台人才新政",
    ),
}


@pytest.mark.parametrize(("html", "expected"), TITLES.values(), ids=TITLES)
def test_the_title(html: str, expected: str | None) -> None:
    page = parse(html)
    assert said(page, page.meta.title) == expected


@pytest.mark.parametrize(
    ("title", "fallback"),
    [
        ("我省出台人才新政_要闻_某网", "我省出台人才新政"),
        ("我省出台人才新政 - 某省人民政府", "我省出台人才新政"),
        ("我省出台人才新政--某某新闻网", "我省出台人才新政"),
        ("一带一路-跨越山海的合作", "一带一路-跨越山海的合作"),
        ("某网", "某网"),
    ],
)
def test_a_title_of_the_head_that_no_line_has_is_kept_without_the_site(title: str, fallback: str) -> None:
    page = parse(f"<title>{title}</title><p>{RUNNING}")
    assert said(page, page.meta.fallback_title) == fallback


def test_of_equal_titles_the_nearest_above_the_text_is_taken() -> None:
    html = TITLES["of several, the nearest above the text"][0]
    page = parse(html)
    assert page.meta.title == Stretch(11, 19)


def test_a_column_that_is_named_many_times_counts_once_and_many_columns_cost_little_time() -> None:
    names = [f"栏目{number}" for number in range(20_000)]
    started = time.process_time()
    page = parse(
        "".join(f"<meta name=ColumnName content={name}>" for name in [*names, *names]) + f"<p>{RUNNING}"
    )
    assert time.process_time() - started < 30
    assert [said(page, entry) for entry in page.meta.category] == names


def test_what_the_head_states_follows_the_lines() -> None:
    page = parse(
        "<meta name=ContentSource content='湖北日报'><meta name=PubDate content='2024-01-02 03:04'>"
        "<meta name=ColumnName content=要闻><meta name=columnname content=人才>"
        "<meta name=keywords content='a,b'>"
        "<link rel=canonical href='https://example.cn/a'><meta property=og:url content='https://other.cn'>"
        f"<p>{RUNNING}"
    )
    assert page.text[: page.meta.lines_end] == RUNNING
    assert said(page, page.meta.source) == "湖北日报"
    assert [said(page, entry) for entry in page.meta.category] == ["要闻", "人才"]
    assert page.meta.keywords == ()
    assert page.meta.published == "2024-01-02 03:04"
    assert page.meta.url == "https://example.cn/a"


@pytest.mark.parametrize(
    "url", ["/a.html", "javascript:alert(1)", "https://", "https://a b", "https://example.cn/" + "x" * 2_048]
)
def test_what_is_no_whole_address_is_none(url: str) -> None:
    assert parse(f"<link rel=canonical href='{url}'><meta name=url content='{url}'><p>甲").meta.url is None


def test_statements_of_the_head_that_are_texts_of_their_own_are_passed_over() -> None:
    head = f"<title>{'题' * 1_001}</title><meta name=source content='{'源' * 201}'>"
    page = parse(f"{head}<meta name=ArticleTitle content='{'题' * 1_001}'><p>甲")
    assert page.text == "甲"
    assert (page.meta.title, page.meta.fallback_title, page.meta.source) == (None, None, None)


ARTICLES = {
    "an element that says so": (f"<p>甲<div id=zoom><p>{RUNNING}</div><p>乙", RUNNING),
    "the smallest of several": (f"<main>甲<div class='x TRS_Editor'>{RUNNING}</div>乙</main>", RUNNING),
    "not one of many cards": (f"<article>{RUNNING}</article><article>二{RUNNING}</article>", None),
    "not what holds a part of the text": (f"<div id=zoom>{RUNNING}</div><p>{RUNNING}<p>{RUNNING}", None),
    "no text, no article": ("<article>甲</article>", None),
}


@pytest.mark.parametrize(("html", "expected"), ARTICLES.values(), ids=ARTICLES)
def test_the_article(html: str, expected: str | None) -> None:
    page = parse(html)
    assert said(page, page.meta.article) == expected


def test_the_frame_of_a_site() -> None:
    page = parse(f"<nav>首页<p>新闻</nav><p>{RUNNING}<footer>联系</footer><aside>热门</aside>")
    assert [said(page, stretch) for stretch in page.meta.frame] == ["首页\n新闻", "联系\n热门"]


HOSTILE = {
    "tags that never end": "<a " * 50_000,
    "comments that never end": "<!--" * 50_000,
    "nested inline elements": "<b>" * 50_000 + "科技" + "</b>" * 50_000,
    "nested blocks": "<div>" * 100_000,
    "end tags that fit nothing": "<div>" * 200 + "</span>" * 500_000,
    "nested tables": "<table><tr><td>" * 20_000,
    "a huge attribute": "<p title='" + "x" * 5_000_000 + "'>",
    "many attributes": "<p " + " ".join(f"a{number}=1" for number in range(200_000)) + ">",
    "many names": "<p class='" + "zoom " * 200_000 + "'>",
    "an attribute that never ends": '<a href="' * 30_000,
    "NUL": "\0" * 1_000_000,
    "less-than signs": "<" * 50_000,
    "half an entity": "&#" * 200_000,
    "white space": " \n" * 1_000_000,
    "a script that never ends": "<script>" * 50_000,
    "a title that never ends": "<title>" * 50_000,
    "a control that never ends": "<select>" * 100,
    "CDATA that never ends": "<![CDATA[" * 50_000,
    "plain text to the end": "<plaintext>" * 10_000,
    "links": "<a>科</a>" * 100_000,
    "headings": "<h1>科</h1>" * 19_000,
    "articles in a row": "<article>科</article>" * 19_000,
    "crumbs": "<ul class=crumbs>" + "<li>科" * 100_000,
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_of_a_hostile_page_all_text_is_kept_or_none(hostile: str) -> None:
    started = time.thread_time()
    try:
        text = parse(f"<p>起首的文字{hostile}<p>末尾的文字</p>").text
    except RefusedRecord as error:
        assert error.refusal in (Refusal.UNPARSABLE_HTML, Refusal.TEXT_TOO_LONG)  # noqa: PT017 (either is right)
    else:
        assert "起首的文字" in text
        assert "末尾的文字" in text
    assert time.thread_time() - started < 30


BROKEN_OFF = {
    "in a tag": "<p>甲<a href='",
    "in a comment": "<p>甲<!-- 乙",
    "in a script": "<p>甲<script>乙",
    "in a title": "<title>甲<p>乙",
    "in a control": "<p>甲<textarea>乙",
}


@pytest.mark.parametrize("html", BROKEN_OFF.values(), ids=BROKEN_OFF)
def test_a_page_that_breaks_off_where_text_would_be_lost_is_refused(html: str) -> None:
    with pytest.raises(RefusedRecord, match="unparsable-html: it ends inside"):
        parse(html)


@pytest.mark.parametrize("html", ["<p>甲<b>乙", "<p>甲</p", "甲<table><tr><td>乙", "<div><p>甲<ul><li>乙"])
def test_a_page_that_breaks_off_elsewhere_is_read(html: str) -> None:
    try:
        text = parse(html).text
    except RefusedRecord as error:
        assert html.endswith("</p"), error  # noqa: PT017 (the one that ends in a tag)
    else:
        assert text.startswith("甲")
        assert text.endswith("乙")


LIMITS = {
    "bytes": ("<p>" + "x" * (MAX_PAGE - 3), "x", "file-too-large"),
    "depth": ("<i>" * (MAX_DEPTH - 2), "<i>", "unparsable-html"),
    "lines": ("<p>x" * (MAX_LINES - 1), "<p>x", "text-too-long"),
    "characters": ("<p>" + "x" * (MAX_TEXT - 2), "x", "text-too-long"),
}


@pytest.mark.parametrize(("within", "more", "kind"), LIMITS.values(), ids=LIMITS)
def test_limits(within: str, more: str, kind: str) -> None:
    if kind != "file-too-large":
        assert parse(f"{within}<p>x").text
    with pytest.raises(RefusedRecord, match=f"^{kind}: .*[0-9]"):
        parse(f"{within}{more}<p>x")


@pytest.mark.parametrize(
    "html", ["", " \n", "<html></html>", "<script>x</script>", "<title>甲</title>", "\0"]
)
def test_a_page_without_text_is_refused(html: str) -> None:
    with pytest.raises(RefusedRecord, match=r"^empty: "):
        parse(html)


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "utf-8", "big5", "iso-8859-1", "klingon"])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-8-sig", "utf-16"])
def test_the_bytes_know_better_than_the_declaration(declared: str, codec: str) -> None:
    html = f"<html><head><meta charset='{declared}'></head><body><p>{RUNNING}</p></body></html>"
    page = parse(html.encode(codec))
    assert page.text == RUNNING
    assert html.encode(codec).decode(page.encoding) == html


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        ("<meta charset=windows-1252>", "cp1252"),
        ("<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=Shift_JIS'>", "cp932"),
        ("<?xml version='1.0' encoding='ISO-8859-1'?>", "cp1252"),
    ],
    ids=["meta", "http-equiv", "xml"],
)
def test_where_the_bytes_show_nothing_the_declaration_counts(head: str, codec: str) -> None:
    text = "\u65e5\u672c\u306e\u30c6\u30ad\u30b9\u30c8" if codec == "cp932" else "café in Zürich"
    data = f"{head}<p>{text}".encode(codec)
    with pytest.raises(RefusedRecord, match="bad-encoding"):
        decode(data)
    page = parse(data)
    assert (page.text, page.encoding) == (text, codec)


def test_bytes_that_are_nothing_are_refused() -> None:
    with pytest.raises(RefusedRecord, match="bad-encoding"):
        parse(b"<meta charset=utf-8><p>\xff\x81\xff\x20\xfe")


INLINE = st.sampled_from(("b", "i", "span", "font", "a", "em", "o:p"))
BLOCK = st.sampled_from(
    ("p", "div", "li", "td", "tr", "table", "h2", "dd", "dt", "section", "article", "nav")
)


@given(
    st.lists(
        st.one_of(
            st.text("科技创新发展甲乙丙丁1a，。", min_size=1, max_size=8),
            st.tuples(st.one_of(INLINE, BLOCK), st.booleans()),
        ),
        max_size=40,
    )
)
def test_no_character_is_lost_or_moved_between_any_tags(pieces: list[str | tuple[str, bool]]) -> None:
    html = "首" + "".join(
        piece if isinstance(piece, str) else f"<{'/' * piece[1]}{piece[0]}>" for piece in pieces
    )
    text = "首" + "".join(piece for piece in pieces if isinstance(piece, str))
    assert "".join(parse(html).text.split()) == text
