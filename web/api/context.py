"""What the endpoints of the query interface answer from."""

from dataclasses import dataclass

from index.regions.resolve import RegionResolver
from search.query_log.query_log import QueryLog
from web.api.kept_answers import KeptAnswers
from web.formats.answering import SearchFormats
from web.http.limiter import SearchSlots
from web.serving.searching import Searching
from web.serving.suggesting import Suggesting
from web.settings import WebSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiContext:
    """`queries` takes note of searches, `slots` bound how many run at once, `answers` are kept for those who
    ask the same."""

    service: Searching
    slots: SearchSlots
    regions: RegionResolver
    queries: QueryLog
    suggestions: Suggesting
    settings: WebSettings
    formats: SearchFormats
    answers: KeptAnswers
