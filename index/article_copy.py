"""What of the stored articles goes into a copy of them elsewhere, for machines that have no database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.reposts.cluster import Cluster, CopyCount


@dataclass(frozen=True, slots=True)
class Packed:
    """The stored rows of something, every byte as it is in the database, checksums among them.

    `data` is None where those rows are damaged already: then `fault` says what a reader of the database is
    told.
    """

    data: bytes | None
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:
    """A stored article, as its journal entry `sequence` brought it.

    `key` is the number it is stored under: the smaller, the earlier. `cluster`: the number of the cluster of
    copies that it is in, None where it has none. The rest says without unpacking what is asked of many
    articles at once: `added` when it was first stored and `published` when it was published, as ISO, None
    where there is no such time or it is damaged; `order` what sorts it by that, in microseconds since 1970
    UTC; the title, empty where it is damaged; whether a searched part was repaired.
    """

    id: str
    sequence: int
    key: int
    cluster: int | None
    article: Packed
    original: Packed
    added: str | None
    published: str | None
    order: int | None
    title: str
    is_repaired: bool


@dataclass(frozen=True, slots=True)
class DeletedRecord:
    """An article that was deleted, by the journal entry `sequence`."""

    id: str
    sequence: int


Record = ArticleRecord | DeletedRecord


@dataclass(frozen=True, slots=True)
class ClusterRecord:
    """The cluster of copies with this number. `cluster` and `count` as an ArticleReader gives them for each
    member; `fault`: why the cluster is damaged, where it is."""

    number: int
    cluster: Cluster | None
    count: CopyCount | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Clusters:
    """Those that there are of the clusters that were asked for, when the newest journal entry was
    `sequence`."""

    sequence: int
    found: Sequence[ClusterRecord]


class CopySource(Protocol):
    """Reads what goes into a copy.

    Laws: as those of a Journal; a cluster has changed only where an article that is or was in it has a newer
    journal entry, or `copies_found` has become another.
    """

    def last_sequence(self) -> int:
        """Number of the newest journal entry; 0 when the journal is empty."""
        ...

    def entry(self, sequence: int) -> str | None:
        """As `Journal.entry`."""
        ...

    def records(self, after: int, limit: int, max_bytes: int) -> Sequence[Record]:
        """The newest states with a sequence above `after`, oldest first, all of one moment.

        At most `limit` of them, and no further one once those before are packed into `max_bytes`. One
        whose very id is damaged comes as deleted, under the id that reports show: nobody can ask for it.
        """
        ...

    def clusters(self, numbers: Iterable[int]) -> Clusters:
        """The clusters with these numbers, all of one moment."""
        ...

    def cluster_numbers(self, after: int, limit: int) -> Sequence[int]:
        """The next numbers of clusters above `after`, rising, at most `limit` of them."""
        ...

    def copies_found(self) -> str | None:
        """What the copies were found by; None while they are being looked for anew, article by article."""
        ...
