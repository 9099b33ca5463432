"""All endpoints that read: the one table for routing, documents and checks."""

from typing import Final

from web.api import analysis, articles, counts, regions, search, stats, suggestions
from web.api.answers.analysis import AnalysisAnswer
from web.api.answers.articles import ArticleAnswer, CopiesAnswer, SimilarAnswer
from web.api.answers.counts import OneFacetAnswer, RegionsAnswer, StatsAnswer, TimelineAnswer
from web.api.answers.search import SearchAnswer
from web.api.answers.suggestions import SuggestionsAnswer
from web.api.endpoint import Endpoint
from web.formats.format import Format
from web.formats.suggestion_list import SUGGEST_SUFFIX
from web.parameters.table import (
    ANALYSIS_PARAMETERS,
    ARTICLE_PARAMETERS,
    COPIES_PARAMETERS,
    FACET_PARAMETERS,
    REGION_PARAMETERS,
    SEARCH_PARAMETERS,
    SIMILAR_PARAMETERS,
    STATS_PARAMETERS,
    SUGGESTION_PARAMETERS,
    TIMELINE_PARAMETERS,
)
from web.texts.text import Text

ANY_ERRORS: Final = (
    "unknown-parameter",
    "invalid-parameter",
    "repeated-parameter",
    "malformed-request",
    "method-not-allowed",
    "target-too-long",
    "unknown-host",
    "overloaded",
    "unavailable",
    "internal",
)
"""The kinds of problem that every endpoint can answer with."""

_FORM = ("body-too-large", "unsupported-media-type")
_ARTICLE = ("article-not-found", "article-deleted", "article-damaged")
_QUERY = ("query-too-long", "query-too-complex")
_STRICT = ("query-syntax", "unknown-field", "wildcard-too-broad")
_REGION = ("unknown-region", "ambiguous-region")
_FILTERS = (*_REGION, "conflicting-parameters")
_INDEX = ("index-unavailable", "timeout")

SEARCH: Final = Endpoint(
    name="search",
    path="/search",
    methods=("GET", "POST"),
    summary=Text("搜索文章，一页结果", "搜尋文章，一頁結果", "Search articles: one page of hits"),
    parameters=SEARCH_PARAMETERS,
    suffixes=tuple(format_.value for format_ in Format),
    answer=SearchAnswer,
    errors=(
        *_QUERY,
        *_STRICT,
        *_FILTERS,
        "result-window",
        "invalid-cursor",
        "cursor-expired",
        "not-acceptable",
        *_FORM,
        *_INDEX,
    ),
    handler=search.search,
)
ARTICLE: Final = Endpoint(
    name="article",
    path="/articles/{id}",
    summary=Text("一篇文章", "一篇文章", "One article"),
    parameters=ARTICLE_PARAMETERS,
    answer=ArticleAnswer,
    errors=(*_ARTICLE, *_QUERY),
    handler=articles.article,
)
SIMILAR: Final = Endpoint(
    name="similar",
    path="/articles/{id}/similar",
    summary=Text("相似的文章", "相似的文章", "The articles most similar to one"),
    parameters=SIMILAR_PARAMETERS,
    answer=SimilarAnswer,
    errors=(*_ARTICLE, *_FILTERS, *_INDEX),
    handler=articles.similar,
)
DUPLICATES: Final = Endpoint(
    name="duplicates",
    path="/articles/{id}/duplicates",
    summary=Text("内容相同的其他文章", "內容相同的其他文章", "The other articles with the same text"),
    parameters=COPIES_PARAMETERS,
    answer=CopiesAnswer,
    errors=_ARTICLE,
    handler=articles.duplicates,
)
SUGGEST: Final = Endpoint(
    name="suggest",
    path="/suggest",
    summary=Text("输入时的建议", "輸入時的建議", "What a text that is being typed may go on as"),
    parameters=SUGGESTION_PARAMETERS,
    answer=SuggestionsAnswer,
    errors=("query-too-long", "index-unavailable"),
    suffixes=(SUGGEST_SUFFIX,),
    handler=suggestions.suggest,
)
FACETS: Final = Endpoint(
    name="facets",
    path="/facets",
    summary=Text(
        "一个字段的取值和文章数", "一個欄位的值和文章數", "The values of one field with their counts"
    ),
    parameters=FACET_PARAMETERS,
    answer=OneFacetAnswer,
    errors=(*_QUERY, *_STRICT, *_FILTERS, *_INDEX),
    handler=counts.facets,
)
TIMELINE: Final = Endpoint(
    name="timeline",
    path="/timeline",
    summary=Text("按时间统计的文章数", "按時間統計的文章數", "The articles of a search by time"),
    parameters=TIMELINE_PARAMETERS,
    answer=TimelineAnswer,
    errors=(*_QUERY, *_STRICT, *_FILTERS, "too-many-buckets", *_INDEX),
    handler=counts.timeline,
)
REGIONS: Final = Endpoint(
    name="regions",
    path="/regions",
    summary=Text(
        "行政区划和各地文章数", "行政區劃和各地文章數", "Administrative units, and how many articles each has"
    ),
    parameters=REGION_PARAMETERS,
    answer=RegionsAnswer,
    errors=("query-too-long", *_FILTERS, *_INDEX),
    handler=regions.regions,
)
ANALYZE: Final = Endpoint(
    name="analyze",
    path="/analyze",
    methods=("GET", "POST"),
    summary=Text("一段文字怎样分词", "一段文字如何斷詞", "How a text is read"),
    parameters=ANALYSIS_PARAMETERS,
    answer=AnalysisAnswer,
    errors=("text-too-long", *_FORM),
    handler=analysis.analyze,
)
STATS: Final = Endpoint(
    name="stats",
    path="/stats",
    summary=Text("收录和索引的总数", "收錄和索引的總數", "What is stored and indexed in all"),
    parameters=STATS_PARAMETERS,
    answer=StatsAnswer,
    errors=(),
    handler=stats.stats,
)

ENDPOINTS: Final = (
    SEARCH,
    ARTICLE,
    SIMILAR,
    DUPLICATES,
    SUGGEST,
    FACETS,
    TIMELINE,
    REGIONS,
    ANALYZE,
    STATS,
)
