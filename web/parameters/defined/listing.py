"""The parameters that say which hits are listed, in which order, and what is shown of each."""

from search.cursors import LONGEST
from search.request import FIRST_CURSOR, MAX_WINDOW, Sort
from web.errors import FaultKind
from web.parameters.defined.filters import MAX_VALUES
from web.parameters.kinds import ChoiceParameter, IntegerParameter, NamesParameter, TextParameter
from web.texts.text import Text

MAX_PAGE = 10_000
MAX_PER_PAGE = 100

FIELDS = (
    "id",
    "title",
    "url",
    "source",
    "origin",
    "published_at",
    "region",
    "topic",
    "document_number",
    "agency",
    "level",
    "document_type",
    "signed",
    "effective",
    "lead",
    "body",
    "tags",
    "category",
    "script",
)
MARK_FORMS = ("offsets", "html", "both", "none")
TEXT_FORMS = ("repaired", "original")

SORT = ChoiceParameter(
    name="sort",
    choices=tuple(sort.value for sort in Sort),
    default=None,
    meaning=Text(
        hans="排序：相关度、最新、最早、最近收录",
        hant="排序：相關度、最新、最早、最近收錄",
        en="order of the hits; `relevance` with `q`, else `newest`; `added`: what was stored last comes "
        "first; undated articles come last by date",
    ),
)
PAGE = IntegerParameter(
    name="page",
    low=1,
    high=MAX_PAGE,
    default=1,
    meaning=Text(
        hans="第几页",
        hant="第幾頁",
        en=f"page × per_page is at most {MAX_WINDOW:,}, else 400 `result-window`; beyond it take `cursor`",
    ),
)
PER_PAGE = IntegerParameter(
    name="per_page",
    low=0,
    high=MAX_PER_PAGE,
    default=10,
    meaning=Text(
        hans="每页条数；0 表示只要总数和分面",
        hant="每頁筆數；0 表示只要總數和分面",
        en="hits per page; 0 returns only the total and facets",
    ),
)
CURSOR = TextParameter(
    name="cursor",
    longest=LONGEST,
    too_long=FaultKind.INVALID_CURSOR,
    meaning=Text(
        hans=f"逐页取完全部结果：先给 {FIRST_CURSOR}，以后给上一页的 next_cursor；不能与 page 同用",
        hant=f"逐頁取完全部結果：先給 {FIRST_CURSOR}，之後給上一頁的 next_cursor；不能與 page 並用",
        en=f"walks through all hits of one state of the index: `{FIRST_CURSOR}` first, then `next_cursor` of "
        "the page before; not together with `page`",
    ),
)
SEARCH_FIELDS = NamesParameter(
    name="fields",
    most=MAX_VALUES,
    choices=FIELDS,
    default=("id", "title", "url", "source", "published_at", "region", "topic"),
    meaning=Text(
        hans="返回哪些字段", hant="傳回哪些欄位", en="fields of each hit; `body` only when asked for"
    ),
)
ARTICLE_FIELDS = NamesParameter(
    name="fields",
    most=MAX_VALUES,
    choices=FIELDS,
    default=FIELDS,
    meaning=Text(hans="返回哪些字段", hant="傳回哪些欄位", en="fields of the article"),
)
SNIPPETS = IntegerParameter(
    name="snippets",
    low=0,
    high=5,
    default=2,
    meaning=Text(hans="每条结果的摘要数", hant="每筆結果的摘要數", en="snippets per hit"),
)
SNIPPET_LENGTH = IntegerParameter(
    name="snippet_length",
    low=40,
    high=400,
    default=120,
    meaning=Text(hans="摘要长度（字符）", hant="摘要長度（字元）", en="length of a snippet in code points"),
)
HIGHLIGHT = ChoiceParameter(
    name="highlight",
    choices=MARK_FORMS,
    default="both",
    meaning=Text(
        hans="标记的形式",
        hant="標記的形式",
        en="marks as spans, as escaped text with `<mark>` only, both, or none",
    ),
)
ARTICLE_HIGHLIGHT = ChoiceParameter(
    name="highlight",
    choices=MARK_FORMS,
    default="offsets",
    meaning=Text(
        hans="标记的形式",
        hant="標記的形式",
        en="marks of `q` as spans, as escaped text with `<mark>` only, both, or none",
    ),
)
TEXT = ChoiceParameter(
    name="text",
    choices=TEXT_FORMS,
    default="repaired",
    meaning=Text(
        hans="修复后的文字，或加上收到时的原文",
        hant="修復後的文字，或加上收到時的原文",
        en="`original` adds what came in before anything was repaired",
    ),
)
