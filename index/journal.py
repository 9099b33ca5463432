"""What an indexer sees of the truth: changes since a number, in order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from index.article import Article
from index.article_reader import DamagedArticle


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article with what the truth knows of it beside its content.

    `added`: when it was first stored, aware. `cluster`: the number of the cluster of copies that it is in,
    equal for copies of one text and for no others; None where it has no copies.
    """

    article: Article
    added: datetime
    cluster: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """The newest state of one article: `state` is None when it was deleted.

    `sequence` is the number of the journal entry that brought this state: new content, or another cluster. A
    damaged article is a change like any other, so that those behind it are reached.
    """

    sequence: int
    id: str
    state: StoredArticle | DamagedArticle | None


class Journal(Protocol):
    """The order in which the truth changed.

    Laws: sequences are positive, rise strictly and are never reused; of several changes of one article
    only the newest is returned, so replaying any prefix and then the rest gives the same index.
    """

    def last_sequence(self) -> int:
        """Number of the newest entry; 0 when the journal is empty."""
        ...

    def entry(self, sequence: int) -> str | None:
        """What tells the entry with this number from that of any other journal; None where there is none.

        It stays as it is when newer entries come. So an index that was made from an entry goes on only with
        the journal that has the same one: not with one that was restored, or put in its place.
        """
        ...

    def states(self, ids: Iterable[str]) -> Iterator[Change]:
        """The newest state of each of these articles, in their order; that of one that never was is None.

        Each is read when it is asked for, so they may be of several moments.
        """
        ...

    def changes(self, after: int, limit: int, max_characters: int) -> Sequence[Change]:
        """The next changes with a sequence above `after`, oldest first.

        At most `limit` of them, and no further one once their texts hold `max_characters` code points.
        Empty exactly when there are none.
        """
        ...
