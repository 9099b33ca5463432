"""A search service over a tuple of articles: plain loops, the same types as the real one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from index.article import Article, Original, Part
from index.article_reader import CorpusStats
from index.errors import PolicySearchError
from search.deadline import Deadline
from search.errors import ArticleDeleted, ArticleNotFound, InvalidCursor
from search.language.query import EVERYWHERE
from search.plan import Interval
from search.request import FIRST_CURSOR, Match, SearchRequest, SimilarRequest, Sort, Wording
from search.results import (
    ArticleView,
    CopyView,
    Hit,
    Notice,
    NoticeKind,
    Readiness,
    ReadPart,
    SearchResult,
    Snippet,
    Span,
)
from search.similar import SimilarArticle, SimilarResult
from search.text_analysis import RepairLog, TextAnalysis, TextUse, Token, TokenKind
from search.timeline import Bucket, Timeline
from search.timings import Timings
from tests.web.fake_articles import ARTICLES, original_of
from tests.web.fake_values import facet_of, fold, passes

GENERATION = "3.118"
DELETED = "deleted-1"
TIMINGS = Timings(parse=1.0, engine=5.0, fetch=2.0, snippets=1.0)
_CURSOR = "behind-"
_WRITTEN = {Interval.YEAR: "%Y", Interval.MONTH: "%Y-%m", Interval.DAY: "%Y-%m-%d"}


@dataclass(frozen=True, slots=True)
class _Query:
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]
    read_as: tuple[ReadPart, ...]
    notices: tuple[Notice, ...]
    repaired: str | None


class FakeService:
    """Finds articles that hold every word; `-word` must not occur; `"…"` is a phrase.

    `failure` is raised by every method that searches; `reasons` are those of its readiness; `original` is
    what came in for every article, if not what it came in from.
    """

    def __init__(
        self,
        articles: Iterable[Article] = ARTICLES,
        *,
        failure: Exception | None = None,
        reasons: tuple[str, ...] = (),
        took_ms: float = 9.0,
        original: Original | None = None,
    ) -> None:
        self.articles = tuple(articles)
        self.failure = failure
        self.reasons = reasons
        self.took_ms = took_ms
        self.original = original
        self.requests: list[SearchRequest] = []
        self.views: list[tuple[str, Match, Wording, tuple[Part, ...]]] = []

    def search(self, request: SearchRequest) -> SearchResult:
        self.requests.append(request)
        if self.failure is not None:
            raise self.failure
        offset = request.offset if request.cursor is None else _offset(request.cursor)
        query = _read(request.q)
        sort = request.sort or (Sort.RELEVANCE if query.wanted else Sort.NEWEST)
        found = self._found(request)
        ordered = sorted(found, key=lambda article: _key(article, query, sort))
        end = offset + request.limit
        is_last = request.cursor is None or not request.limit or end >= len(ordered)
        return SearchResult(
            q=request.q,
            read_as=query.read_as,
            notices=query.notices,
            repaired=query.repaired,
            sort=sort,
            total=len(found),
            clusters=len(found),
            offset=offset,
            limit=request.limit,
            hits=tuple(_hit(article, query, request) for article in ordered[offset:end]),
            generation=GENERATION,
            facets=tuple(
                facet_of(
                    facet,
                    self.articles,
                    request.filters,
                    lambda article: _finds(article, query, request.parts),
                )
                for facet in request.facets
            ),
            next_cursor=None if is_last else f"{_CURSOR}{end}",
            took_ms=self.took_ms,
            timings=TIMINGS,
        )

    def version(self, request: SearchRequest) -> str | None:
        """That of the articles as they are."""
        if self.failure is not None:
            raise self.failure
        return None if request.cursor is not None else f"{GENERATION} {hash(self.articles)}"

    def walk(self, request: SearchRequest) -> Iterator[SearchResult]:
        offset = request.offset
        while True:
            page = self.search(replace(request, offset=offset))
            yield page
            offset += request.limit
            if offset >= page.clusters:
                return

    def timeline(self, request: SearchRequest, interval: Interval) -> Timeline:
        """Without the periods in which nothing was published."""
        self.requests.append(request)
        if self.failure is not None:
            raise self.failure
        found = self._found(request)
        counts = Counter(
            f"{article.published:{_WRITTEN[interval]}}" for article in found if article.published is not None
        )
        return Timeline(
            interval=interval,
            buckets=tuple(Bucket(start, count) for start, count in sorted(counts.items())),
            undated=sum(article.published is None for article in found),
            total=len(found),
            generation=GENERATION,
        )

    def similar(self, article_id: str, request: SimilarRequest) -> SimilarResult:
        """Those of the same category, by id."""
        asked = self._stored(article_id)
        found = sorted(
            (
                article
                for article in self.articles
                if article.id != article_id
                and article.category == asked.category
                and passes(article, request.filters)
            ),
            key=lambda article: article.id,
        )
        return SimilarResult(
            tuple(SimilarArticle(article, 1.5, article.category) for article in found[: request.limit]),
            GENERATION,
        )

    def count(self, request: SearchRequest, _deadline: Deadline) -> int:
        return self.search(replace(request, limit=0)).total

    def article(
        self,
        article_id: str,
        q: str = "",
        match: Match = Match.SMART,
        wording: Wording = Wording.ANY,
        parts: tuple[Part, ...] = EVERYWHERE,
    ) -> ArticleView:
        self.views.append((q, match, wording, parts))
        article, query = self._stored(article_id), _read(q)
        return ArticleView(
            article=article,
            original=self.original or original_of(article),
            highlights=_highlights(article, query, parts),
            highlights_truncated=False,
            read_as=query.read_as,
        )

    def copies(self, _article_id: str, _most: int) -> tuple[CopyView, ...]:
        return ()

    def analyze(self, text: str, use: TextUse) -> TextAnalysis:
        """One word, and no repair."""
        if self.failure is not None:
            raise self.failure
        return TextAnalysis(
            folded=fold(text),
            tokens=(Token(fold(text), (0, len(text)), TokenKind.WORD),),
            characters=len(text),
            repair=RepairLog(text, ()) if use is TextUse.INDEX else None,
            version="v1",
        )

    def readiness(self) -> Readiness:
        if isinstance(self.failure, PolicySearchError):
            return Readiness(ready=False, generation=None, sequence=0, lag=0, reasons=(str(self.failure),))
        return Readiness(
            ready=not self.reasons, generation=GENERATION, sequence=118, lag=2, reasons=self.reasons
        )

    def stats(self) -> CorpusStats:
        dates = [article.published for article in self.articles if article.published is not None]
        return CorpusStats(
            articles=len(self.articles),
            undated=len(self.articles) - len(dates),
            repaired=sum(bool(article.repairs) for article in self.articles),
            sequence=118,
            newest=max(dates, default=None),
        )

    def _stored(self, article_id: str) -> Article:
        if self.failure is not None:
            raise self.failure
        if article_id == DELETED:
            raise ArticleDeleted("it was deleted")
        found = next((article for article in self.articles if article.id == article_id), None)
        if found is None:
            raise ArticleNotFound("no article has this id")
        return found

    def _found(self, request: SearchRequest) -> list[Article]:
        query = _read(request.q)
        return [
            article
            for article in self.articles
            if _finds(article, query, request.parts) and passes(article, request.filters)
        ]


def _offset(cursor: str) -> int:
    if cursor == FIRST_CURSOR:
        return 0
    if not cursor.startswith(_CURSOR):
        raise InvalidCursor("the cursor is damaged")
    return int(cursor.removeprefix(_CURSOR))


def _read(q: str) -> _Query:
    quotes = q.count('"')
    repaired = q.replace('"', "") if quotes % 2 else None
    wanted: list[str] = []
    unwanted: list[str] = []
    read_as: list[ReadPart] = []
    at = 0
    for number, stretch in enumerate((repaired if repaired is not None else q).split('"')):
        words = [stretch] if number % 2 else stretch.split()
        for word in filter(None, words):
            start = q.find(word, at)
            at = start + len(word)
            if word.startswith("-") and not number % 2:
                unwanted.append(fold(word[1:]))
                read_as.append(ReadPart("not", word[1:], (start, len(word))))
            else:
                wanted.append(fold(word))
                read_as.append(ReadPart("phrase" if number % 2 else "word", word, (start, len(word))))
    notices: tuple[Notice, ...] = ()
    if repaired is not None:
        notices = (Notice(NoticeKind.UNBALANCED_QUOTE, '"', (q.rindex('"'), 1)),)
    return _Query(tuple(wanted), tuple(unwanted), tuple(read_as), notices, repaired)


def _finds(article: Article, query: _Query, parts: Iterable[Part]) -> bool:
    text = "\n".join(fold(article.text(part)) for part in parts)
    return all(word in text for word in query.wanted) and not any(word in text for word in query.unwanted)


def _key(article: Article, query: _Query, sort: Sort) -> tuple[bool, float, str]:
    if sort is Sort.RELEVANCE:
        return False, -_score(article, query), article.id
    if article.published is None:
        return True, 0.0, article.id
    seconds = article.published.timestamp()
    return False, -seconds if sort is Sort.NEWEST else seconds, article.id


def _score(article: Article, query: _Query) -> float:
    highlights = _highlights(article, query)
    return sum((3.0 if part is Part.TITLE else 1.0) * len(spans) for part, spans in highlights.items())


def _highlights(
    article: Article, query: _Query, parts: Iterable[Part] = EVERYWHERE
) -> Mapping[Part, tuple[Span, ...]]:
    return {part: spans for part in parts if (spans := _spans(article.text(part), query))}


def _spans(text: str, query: _Query) -> tuple[Span, ...]:
    folded = fold(text)
    spans: list[Span] = []
    for word in query.wanted:
        at = folded.find(word)
        while at >= 0:
            spans.append((at, len(word)))
            at = folded.find(word, at + len(word))
    shown: list[Span] = []
    for start, length in sorted(spans):
        if not shown or start >= shown[-1][0] + shown[-1][1]:
            shown.append((start, length))
    return tuple(shown)


def _hit(article: Article, query: _Query, request: SearchRequest) -> Hit:
    highlights = _highlights(article, query, request.parts)
    spans = highlights.get(Part.BODY, ())
    start = max(0, spans[0][0] - 10) if spans else 0
    text = article.body[start : start + request.snippet_length]
    inside = tuple(span for span in spans if start <= span[0] and span[0] + span[1] <= start + len(text))
    snippets = (Snippet(Part.BODY, start, text, inside),) if text else ()
    return Hit(
        article=article,
        score=_score(article, query),
        highlights=highlights,
        highlights_truncated=False,
        snippets=snippets[: request.snippets],
    )
