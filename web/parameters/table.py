"""The parameters of the query interface: one table for reading, checking and documenting them."""

from search.request import MAX_QUERY, MAX_WINDOW, Collapse, Match, Sort
from search.semantic.answer import SemanticMode
from search.suggestions.suggestion import MAX_SUGGESTIONS, MAX_TYPED, SuggestionKind
from search.suggestions.type_ahead import LIMIT as SUGGESTED
from search.text_analysis import MAX_ANALYSED, TextUse
from web.errors import FaultKind
from web.parameters.kinds import (
    ChoiceParameter,
    DateParameter,
    IntegerParameter,
    NamesParameter,
    Parameter,
    RegionParameter,
    TextParameter,
)

MAX_VALUES = 50
"""Values of one repeatable parameter (API contract)."""
MAX_PAGE = 10_000
MAX_PER_PAGE = 100
MAX_EXPLAINED = 20
"""Hits of a page that can be explained: each costs as much as a search (API contract)."""

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
YES, NO = "true", "false"

Q = TextParameter(
    name="q",
    longest=MAX_QUERY,
    zh="查询语句；为空表示全部文章",
    en="the query; empty means all articles",
)
REGION = RegionParameter(
    name="region",
    most=MAX_VALUES,
    zh="只看这些地区及其下辖地区",
    en="these regions and all below them; several are joined by OR",
)
EXCLUDE_REGION = RegionParameter(
    name="exclude_region",
    most=MAX_VALUES,
    zh="不看这些地区及其下辖地区",
    en="leave out articles of these regions and all below them",
)
SOURCE = TextParameter(
    name="source",
    most=MAX_VALUES,
    zh="只看这些来源",
    en="exact name of a source after folding; several are joined by OR",
)
EXCLUDE_SOURCE = TextParameter(
    name="exclude_source",
    most=MAX_VALUES,
    zh="不看这些来源",
    en="leave out articles of these sources",
)
PUBLISHED_AFTER = DateParameter(
    name="published_after",
    zh="不早于（含）",
    en="published in this period or later",
)
PUBLISHED_BEFORE = DateParameter(
    name="published_before",
    zh="不晚于（含）",
    en="published in this period or earlier",
)
SORT = ChoiceParameter(
    name="sort",
    choices=tuple(sort.value for sort in Sort),
    default=None,
    zh="排序",
    en="order of the hits; `relevance` with `q`, else `newest`; undated articles come last by date",
)
PAGE = IntegerParameter(
    name="page",
    low=1,
    high=MAX_PAGE,
    default=1,
    zh="第几页",
    en=f"page × per_page is at most {MAX_WINDOW:,}, else 400 `result-window`",
)
PER_PAGE = IntegerParameter(
    name="per_page",
    low=0,
    high=MAX_PER_PAGE,
    default=10,
    zh="每页条数；0 表示只要总数",
    en="hits per page; 0 returns only the total",
)
SEARCH_FIELDS = NamesParameter(
    name="fields",
    most=MAX_VALUES,
    choices=FIELDS,
    default=("id", "title", "url", "source", "published_at", "region", "topic"),
    zh="返回哪些字段",
    en="fields of each hit; `body` only when asked for",
)
ARTICLE_FIELDS = NamesParameter(
    name="fields",
    most=MAX_VALUES,
    choices=FIELDS,
    default=FIELDS,
    zh="返回哪些字段",
    en="fields of the article",
)
SNIPPETS = IntegerParameter(
    name="snippets", low=0, high=5, default=2, zh="每条结果的摘要数", en="snippets per hit"
)
SNIPPET_LENGTH = IntegerParameter(
    name="snippet_length",
    low=40,
    high=400,
    default=120,
    zh="摘要长度（字符）",
    en="length of a snippet in code points",
)
HIGHLIGHT = ChoiceParameter(
    name="highlight",
    choices=MARK_FORMS,
    default="both",
    zh="标记的形式",
    en="marks as spans, as escaped text with `<mark>` only, both, or none",
)
MATCH = ChoiceParameter(
    name="match",
    choices=tuple(match.value for match in Match),
    default=Match.SMART.value,
    zh="要有全部词语、任意一个、整句原样，还是由系统判断（长问句有一部分就算，会说明）",
    en="`smart`: all of it, of long questions a part, and a part where nothing has it all (the answer says "
    "so in `relaxed`); `all`: every word; `any`: at least one; `exact`: the whole of `q` as one phrase",
)
REPAIR = ChoiceParameter(
    name="repair",
    choices=(YES, NO),
    default=YES,
    zh="写法有误时按普通文字理解，还是拒绝",
    en="`true`: what cannot be read is taken as text, with a notice; `false`: it is refused with 400",
)
SYNONYMS = ChoiceParameter(
    name="synonyms",
    choices=(YES, NO),
    default=YES,
    zh="同一事物的其他名称、数字的其他写法要不要也算",
    en="`true`: other names and notations of what the query says are found too, see `query.synonyms`; "
    "`false`: only what was typed",
)
COLLAPSE = ChoiceParameter(
    name="collapse",
    choices=tuple(collapse.value for collapse in Collapse),
    default=Collapse.DUPLICATES.value,
    zh="转载合并成一条，还是每篇单列",
    en="`duplicates`: of the copies of a text that match, the first one in the order of the hits stands for "
    "all; `none`: every article is a hit. `total` counts articles either way, `clusters` hits",
)
RECENCY = ChoiceParameter(
    name="recency",
    choices=(YES, NO),
    default=YES,
    zh="新文章可以多得一点分（要由管理员打开）",
    en="`true`: new articles score a little more, where the operator has set how long an article is new; "
    "`false`: never",
)
EXPLAIN = ChoiceParameter(
    name="explain",
    choices=(YES, NO),
    default=NO,
    zh="说明每条结果的得分由什么组成",
    en=f"`true`: each hit says what its `score` is made of; per_page is at most {MAX_EXPLAINED} then",
)
SEMANTIC = ChoiceParameter(
    name="semantic",
    choices=tuple(mode.value for mode in SemanticMode),
    default=None,
    zh="按语义重排前面的结果，或再补充语义相近的文章",
    en="`rerank`: the first hits by relevance come in an order of words and meaning; `hybrid`: articles that "
    "the words do not find come in too, `matched` being `meaning`, and no total counts them; without it what "
    "the service was set to (as delivered: `off`); 400 where it has no embedder",
)
ARTICLE_HIGHLIGHT = ChoiceParameter(
    name="highlight",
    choices=MARK_FORMS,
    default="offsets",
    zh="标记的形式",
    en="marks of `q` as spans, as escaped text with `<mark>` only, both, or none",
)
TEXT = ChoiceParameter(
    name="text",
    choices=TEXT_FORMS,
    default="repaired",
    zh="修复后的文字，或加上收到时的原文",
    en="`original` adds what came in before anything was repaired",
)

ANALYSED = TextParameter(
    name="text",
    shortest=1,
    longest=MAX_ANALYSED,
    too_long=FaultKind.TEXT_TOO_LONG,
    zh="要分析的文字",
    en="the text to analyse",
)
AS = ChoiceParameter(
    name="as",
    choices=tuple(use.value for use in TextUse),
    default=TextUse.INDEX.value,
    zh="当作文章或查询",
    en="`index`: as text of an article, repaired first; `query`: as a query, as it stands",
)

TYPED = TextParameter(
    name="q",
    shortest=1,
    longest=MAX_TYPED,
    zh="输入到一半的文字：汉字、拼音或首字母",
    en="what was typed so far: characters, pinyin or first letters",
)
LIMIT = IntegerParameter(
    name="limit",
    low=1,
    high=MAX_SUGGESTIONS,
    default=SUGGESTED,
    zh="最多几条",
    en="suggestions at most",
)
KINDS = NamesParameter(
    name="kinds",
    most=MAX_VALUES,
    choices=tuple(kind.value for kind in SuggestionKind),
    default=tuple(kind.value for kind in SuggestionKind),
    zh="只要这些种类",
    en="only texts of these kinds",
)

SEARCH_PARAMETERS: tuple[Parameter, ...] = (
    Q,
    MATCH,
    REGION,
    EXCLUDE_REGION,
    SOURCE,
    EXCLUDE_SOURCE,
    PUBLISHED_AFTER,
    PUBLISHED_BEFORE,
    SORT,
    PAGE,
    PER_PAGE,
    SEARCH_FIELDS,
    SNIPPETS,
    SNIPPET_LENGTH,
    HIGHLIGHT,
    REPAIR,
    SYNONYMS,
    COLLAPSE,
    RECENCY,
    EXPLAIN,
    SEMANTIC,
)
ARTICLE_PARAMETERS: tuple[Parameter, ...] = (Q, MATCH, SYNONYMS, TEXT, ARTICLE_HIGHLIGHT, ARTICLE_FIELDS)
ANALYSIS_PARAMETERS: tuple[Parameter, ...] = (ANALYSED, AS)
SUGGESTION_PARAMETERS: tuple[Parameter, ...] = (TYPED, LIMIT, KINDS)
