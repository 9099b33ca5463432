"""Which parameters each endpoint takes: the one table for reading, checking and documenting them."""

from web.parameters.defined.counting import (
    FACET,
    FACET_LIMIT,
    FACET_SORT,
    FACETS,
    INTERVAL,
    PREFIX,
)
from web.parameters.defined.exports import BOM, EXPORT_PER_PAGE
from web.parameters.defined.filters import FILTERS
from web.parameters.defined.language import LANG
from web.parameters.defined.listing import (
    ARTICLE_FIELDS,
    ARTICLE_HIGHLIGHT,
    CURSOR,
    HIGHLIGHT,
    PAGE,
    PER_PAGE,
    SEARCH_FIELDS,
    SNIPPET_LENGTH,
    SNIPPETS,
    SORT,
    TEXT,
)
from web.parameters.defined.lookups import (
    ANALYSED,
    AS,
    COPIES_LIMIT,
    COUNTS,
    DEPTH,
    KINDS,
    NAMED,
    PARENT,
    SIMILAR_LIMIT,
    SUGGESTION_LIMIT,
    THRESHOLD,
    TYPED,
)
from web.parameters.defined.query import COLLAPSE, EXPLAIN, IN, MATCH, RECENCY, REPAIR, SEMANTIC, SYNONYMS, Q
from web.parameters.kinds import Parameter

Parameters = tuple[Parameter, ...]

SEARCH_PARAMETERS: Parameters = (
    Q,
    MATCH,
    IN,
    *FILTERS,
    SORT,
    PAGE,
    PER_PAGE,
    CURSOR,
    SEARCH_FIELDS,
    FACETS,
    SNIPPETS,
    SNIPPET_LENGTH,
    HIGHLIGHT,
    REPAIR,
    SYNONYMS,
    COLLAPSE,
    RECENCY,
    EXPLAIN,
    SEMANTIC,
    LANG,
)
EXPORT_PARAMETERS: Parameters = tuple(
    EXPORT_PER_PAGE if parameter is PER_PAGE else parameter for parameter in SEARCH_PARAMETERS
)
CSV_PARAMETERS: Parameters = (*EXPORT_PARAMETERS, BOM)
ARTICLE_PARAMETERS: Parameters = (Q, MATCH, IN, SYNONYMS, TEXT, ARTICLE_HIGHLIGHT, ARTICLE_FIELDS, LANG)
SIMILAR_PARAMETERS: Parameters = (SIMILAR_LIMIT, COLLAPSE, *FILTERS, LANG)
COPIES_PARAMETERS: Parameters = (COPIES_LIMIT, THRESHOLD, LANG)
SUGGESTION_PARAMETERS: Parameters = (TYPED, SUGGESTION_LIMIT, KINDS, LANG)
FACET_PARAMETERS: Parameters = (
    FACET,
    PREFIX,
    FACET_LIMIT,
    FACET_SORT,
    Q,
    MATCH,
    IN,
    REPAIR,
    SYNONYMS,
    *FILTERS,
    LANG,
)
TIMELINE_PARAMETERS: Parameters = (INTERVAL, Q, MATCH, IN, REPAIR, SYNONYMS, *FILTERS, LANG)
REGION_PARAMETERS: Parameters = (PARENT, NAMED, DEPTH, COUNTS, *FILTERS, LANG)
ANALYSIS_PARAMETERS: Parameters = (ANALYSED, AS, LANG)
STATS_PARAMETERS: Parameters = (LANG,)
