"""Pages that follow one another through all hits of a search, in one state of the index."""

from dataclasses import dataclass

from search.cursors import Cursor, read_cursor, request_fingerprint, write_cursor
from search.engine import SearchEngine, Snapshot
from search.errors import InvalidCursor, SnapshotGone
from search.request import FIRST_CURSOR, SearchRequest


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: behind `offset` hits of a state.

    `moment` is when the first page was asked for, in seconds since 1970 UTC: what was new then is new on all
    pages. `planned` is the fingerprint of how the search was planned on the page before; None where there was
    none.
    """

    snapshot: Snapshot
    offset: int
    moment: float
    planned: bytes | None = None


def place_of(cursor: str, request: SearchRequest, engine: SearchEngine, now: float) -> Place:
    """Where a cursor leads; its state is kept from now on. Raises InvalidCursor, SnapshotGone and
    IndexUnavailable."""
    if cursor == FIRST_CURSOR:
        snapshot = engine.snapshot()
        return Place(engine.pin(snapshot.generation), 0, int(now))
    read = read_cursor(cursor)
    if read.asked != request_fingerprint(request):
        raise InvalidCursor("the cursor is of another search; start again from the first page")
    return Place(engine.pin(read.generation), read.offset, read.moment, read.planned)


def cursor_behind(place: Place, request: SearchRequest, planned: bytes, hits: int) -> str | None:
    """The cursor of the next page, `request.limit` hits further; None where that is behind all `hits`.

    Raises SnapshotGone where the search is now planned otherwise than on the page before.
    """
    if place.planned not in {None, planned}:
        raise SnapshotGone(
            "synonyms or pinned results were changed meanwhile; start again from the first page"
        )
    offset = place.offset + request.limit
    if offset >= hits or not request.limit:
        return None
    return write_cursor(
        Cursor(
            generation=place.snapshot.generation,
            asked=request_fingerprint(request),
            planned=planned,
            offset=offset,
            moment=int(place.moment),
        )
    )
