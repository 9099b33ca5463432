"""Any bytes are a page or a refusal, and a page that is read has lost nothing."""

from collections.abc import Callable
from typing import Final

from index.readers.documents.html import parse_html
from index.readers.documents.parsed import ParsedPage
from index.readers.encodings import UTF_8, Decoded, decode
from index.readers.refusal import RefusedRecord
from tests.fuzz.target import Target

LAST: Final = "最后一句"
"""What stands behind every page, in a paragraph of its own; a tag that was not finished is finished first."""

SEEDS: Final = (
    "<!DOCTYPE html><html><head><meta charset=utf-8><title>通知_某某网</title><h1>通知</h1>",
    "<div class=TRS_Editor><p>各县（市）人民政府：</p><p>现将办法印发给你们。</p></div></body></html>",
    "<meta name=ArticleTitle content=办法><meta name=PubDate content=2024-03-05><p>正文",
    "<table><tr><td>甲<td>乙<tr><td>1</table><ul class=crumb><li>首页<li>政策</ul>",
    "<pre>一\n二</pre><dl><dt>索引号<dd>1</dl><h2>办法<br>全文</h2><li>一<li>二",
    "<p>a<br>b<!-- c --><script>d()</script><style>e{}</style><textarea>f</textarea><select><option>g",
    "<svg><![CDATA[x]]></svg><plaintext>剩下的 <b>都是字",
    "<title>没有结束<p>正文",
    "&lt;p&gt;&#20013;&#x4e2d;&nbsp;&amp;amp;\x00<a href=/x>甲</a><a>乙</a><nav>导航</nav><footer>版权",
)


def _as_utf_8(data: bytes) -> Decoded:
    return Decoded(data.decode(), UTF_8)


def read(data: bytes, decode: Callable[[bytes], Decoded]) -> ParsedPage | None:
    """The page that these bytes are; None where they are refused."""
    try:
        return parse_html(data, decode)
    except RefusedRecord:
        return None


def check(data: bytes) -> None:
    """What markup proves lies in the text, and a last paragraph is in it unless the page is refused."""
    page = read(data, decode)
    if page is not None:
        check_stretches(page)
    page = read(f"{data.decode('utf-8', 'replace')}><p>{LAST}</p>".encode(), _as_utf_8)
    assert page is None or LAST in page.text


def check_stretches(page: ParsedPage) -> None:
    """Every stretch is one of the text."""
    meta = page.meta
    stretches = (meta.title, meta.fallback_title, meta.source, meta.article)
    for stretch in (*stretches, *meta.category, *meta.keywords, *meta.frame):
        assert stretch is None or 0 <= stretch.start < stretch.end <= len(page.text), stretch
    assert 0 <= meta.lines_end <= len(page.text)
    assert "\x00" not in page.text


TARGET: Final = Target(check=check, seeds=tuple(seed.encode() for seed in SEEDS), longest=2_048)
