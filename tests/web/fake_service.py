"""A search service over a tuple of articles: plain loops, the same types as the real one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.article import Article, Original, Part
from index.article_reader import CorpusStats
from index.errors import PolicySearchError
from search.errors import ArticleDeleted, ArticleNotFound
from search.request import Filters, Match, SearchRequest, Sort, Wording
from search.results import (
    ArticleView,
    Hit,
    Notice,
    NoticeKind,
    Readiness,
    ReadPart,
    SearchResult,
    Snippet,
    Span,
)
from search.text_analysis import RepairLog, TextAnalysis, TextUse, Token, TokenKind
from tests.web.fake_articles import ARTICLES, original_of

GENERATION = "3.118"
DELETED = "deleted-1"
_FOLD = str.maketrans("創動產發業計劃區務將擴臺聞網", "创动产发业计划区务将扩台闻网")


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
        self.views: list[tuple[str, Match, Wording]] = []

    def search(self, request: SearchRequest) -> SearchResult:
        self.requests.append(request)
        if self.failure is not None:
            raise self.failure
        query = _read(request.q)
        sort = request.sort or (Sort.RELEVANCE if query.wanted else Sort.NEWEST)
        found = [article for article in self.articles if _matches(article, query, request.filters)]
        ordered = sorted(found, key=lambda article: _key(article, query, sort))
        shown = ordered[request.offset : request.offset + request.limit]
        return SearchResult(
            q=request.q,
            read_as=query.read_as,
            notices=query.notices,
            repaired=query.repaired,
            sort=sort,
            total=len(found),
            clusters=len(found),
            offset=request.offset,
            limit=request.limit,
            hits=tuple(_hit(article, query, request) for article in shown),
            generation=GENERATION,
            took_ms=self.took_ms,
        )

    def article(
        self, article_id: str, q: str = "", match: Match = Match.SMART, wording: Wording = Wording.ANY
    ) -> ArticleView:
        self.views.append((q, match, wording))
        if self.failure is not None:
            raise self.failure
        if article_id == DELETED:
            raise ArticleDeleted("it was deleted")
        for article in self.articles:
            if article.id == article_id:
                query = _read(q)
                return ArticleView(
                    article=article,
                    original=self.original or original_of(article),
                    highlights=_highlights(article, query),
                    highlights_truncated=False,
                    read_as=query.read_as,
                )
        raise ArticleNotFound("no article has this id")

    def analyze(self, text: str, use: TextUse) -> TextAnalysis:
        """One word, and no repair."""
        if self.failure is not None:
            raise self.failure
        return TextAnalysis(
            folded=_fold(text),
            tokens=(Token(_fold(text), (0, len(text)), TokenKind.WORD),),
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


def _fold(text: str) -> str:
    return text.lower().translate(_FOLD)


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
                unwanted.append(_fold(word[1:]))
                read_as.append(ReadPart("not", word[1:], (start, len(word))))
            else:
                wanted.append(_fold(word))
                read_as.append(ReadPart("phrase" if number % 2 else "word", word, (start, len(word))))
    notices: tuple[Notice, ...] = ()
    if repaired is not None:
        notices = (Notice(NoticeKind.UNBALANCED_QUOTE, '"', (q.rindex('"'), 1)),)
    return _Query(tuple(wanted), tuple(unwanted), tuple(read_as), notices, repaired)


def _matches(article: Article, query: _Query, filters: Filters) -> bool:
    text = "\n".join(_fold(article.text(part)) for part in Part)
    if any(word not in text for word in query.wanted) or any(word in text for word in query.unwanted):
        return False
    if filters.source and article.source not in filters.source:
        return False
    if article.source in filters.exclude_source:
        return False
    if filters.region and not _lies_in(article, filters.region):
        return False
    if _lies_in(article, filters.exclude_region):
        return False
    if filters.published_after is None and filters.published_before is None:
        return True
    if article.published is None:
        return False
    after, before = filters.published_after, filters.published_before
    return (after is None or article.published >= after) and (before is None or article.published < before)


def _lies_in(article: Article, codes: Iterable[str]) -> bool:
    """A code without its zeros at the end is the beginning of all codes below it."""
    stems = tuple(code.removesuffix("00").removesuffix("00") for code in codes)
    return any(tag.code.startswith(stems) for tag in article.regions)


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


def _highlights(article: Article, query: _Query) -> Mapping[Part, tuple[Span, ...]]:
    return {part: spans for part in Part if (spans := _spans(article.text(part), query))}


def _spans(text: str, query: _Query) -> tuple[Span, ...]:
    folded = _fold(text)
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
    highlights = _highlights(article, query)
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
