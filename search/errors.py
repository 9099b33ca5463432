"""The kinds of error that the search package raises."""

from collections.abc import Iterable

from index.errors import Cause, PolicySearchError


class QueryTooLong(PolicySearchError):
    """A query with more code points than allowed."""

    kind = "query-too-long"
    cause = Cause.BAD_INPUT


class QueryTooComplex(PolicySearchError):
    """A query with too many clauses or too many levels of brackets."""

    kind = "query-too-complex"
    cause = Cause.BAD_INPUT


class QuerySyntax(PolicySearchError):
    """A query that cannot be read as it is written, where that was asked for.

    `text` is the first such part, `span` (start, length) where it stands in the query.
    """

    kind = "query-syntax"
    cause = Cause.BAD_INPUT

    def __init__(self, text: str, span: tuple[int, int]) -> None:
        start, length = span
        super().__init__(
            f"{text!r} ({length} characters from {start} on) cannot be read as it is written; correct it, or "
            "allow it to be read as text"
        )
        self.text = text
        self.span = span


class UnknownField(QuerySyntax):
    """A query that names a field which does not exist, where that was asked to be refused."""

    kind = "unknown-field"


class WildcardTooBroad(QuerySyntax):
    """A query with a `*` that stands for too much, where that was asked to be refused."""

    kind = "wildcard-too-broad"


class FilterInvalid(PolicySearchError):
    """A filter by a value that its field cannot have; `field` is its name, `value` what was given."""

    kind = "invalid-filter"
    cause = Cause.BAD_INPUT

    def __init__(self, field: str, value: str) -> None:
        super().__init__(f"{value!r} is no value of {field}; see the list of its values")
        self.field = field
        self.value = value


class TooManyBuckets(PolicySearchError):
    """A timeline of more periods than are given at once."""

    kind = "too-many-buckets"
    cause = Cause.BAD_INPUT


class InvalidCursor(PolicySearchError):
    """A cursor that is damaged, or was given for another search."""

    kind = "invalid-cursor"
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

    @classmethod
    def without_state(cls, reasons: Iterable[str], begun: int | None) -> "IndexUnavailable":
        """For these reasons there is no state to search. `begun`: the journal entry that is covered by the
        index that is being made; None where none is."""
        told = [*reasons] or ["no index has been built yet"]
        if begun is not None:
            told.append(f"a new index is being built, and covers the journal up to entry {begun:,} so far")
        return cls("; ".join(told))


class SearchTimeout(PolicySearchError):
    """A search that took longer than it may."""

    kind = "timeout"
    cause = Cause.UNAVAILABLE


class SnapshotGone(PolicySearchError):
    """The state that somebody pages through is no longer kept, or no longer searched as it was."""

    kind = "cursor-expired"
    cause = Cause.NOT_FOUND
