"""The kinds of error that the search package raises."""

from index.errors import Cause, PolicySearchError


class QueryTooLong(PolicySearchError):
    """A query with more code points than allowed."""

    kind = "query-too-long"
    cause = Cause.BAD_INPUT


class QueryTooComplex(PolicySearchError):
    """A query with too many clauses or too many levels of brackets."""

    kind = "query-too-complex"
    cause = Cause.BAD_INPUT


class ResultWindow(PolicySearchError):
    """A page further down than paging reaches."""

    kind = "result-window"
    cause = Cause.BAD_INPUT


class ArticleNotFound(PolicySearchError):
    """No article ever had this id."""

    kind = "article-not-found"
    cause = Cause.NOT_FOUND


class ArticleDeleted(PolicySearchError):
    """The article with this id was deleted."""

    kind = "article-deleted"
    cause = Cause.NOT_FOUND


class ArticleDamaged(PolicySearchError):
    """The article with this id is stored, but no longer holds what was written: it is not given out."""

    kind = "article-damaged"
    cause = Cause.NOT_FOUND


class IndexUnavailable(PolicySearchError):
    """No good generation of the index is open yet; it is being built from the articles."""

    kind = "index-unavailable"
    cause = Cause.UNAVAILABLE


class SearchTimeout(PolicySearchError):
    """A search that took longer than it may."""

    kind = "timeout"
    cause = Cause.UNAVAILABLE


class SnapshotGone(PolicySearchError):
    """The state of the index that somebody pages through is no longer kept."""

    kind = "cursor-expired"
    cause = Cause.NOT_FOUND
