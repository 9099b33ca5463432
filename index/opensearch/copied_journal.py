"""A journal whose changes are given out once the cluster has their articles."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from index.journal import Change, Journal


class Copying(Protocol):
    """Brings articles to where readers read them; `ArticleCopier` does."""

    def cover(self, sequence: int) -> None:
        """Return when readers can read all articles that the journal has up to this entry."""
        ...


class CopiedJournal:
    """A Journal for an indexer whose readers have no database.

    Law: of nothing that this gives out, or says is there, an article is missing in the cluster. So an index
    never names one that its readers cannot read yet, whenever it commits; and where there is nothing to
    index, what is missing is copied all the same. Every method but `entry` raises what copying raises.
    """

    def __init__(self, journal: Journal, copying: Copying) -> None:
        self._journal = journal
        self._copying = copying

    def last_sequence(self) -> int:
        """Number of the newest entry, 0 when the journal is empty; copies what is not yet."""
        last = self._journal.last_sequence()
        self._copying.cover(last)
        return last

    def entry(self, sequence: int) -> str | None:
        """As the journal says."""
        return self._journal.entry(sequence)

    def states(self, ids: Iterable[str]) -> Iterator[Change]:
        """The newest state of each of these articles, in their order (see Journal)."""
        for change in self._journal.states(ids):
            self._copying.cover(change.sequence)
            yield change

    def changes(self, after: int, limit: int, max_characters: int) -> Sequence[Change]:
        """The next changes with a sequence above `after`, oldest first (see Journal)."""
        changes = self._journal.changes(after, limit, max_characters)
        if changes:
            self._copying.cover(changes[-1].sequence)
        return changes
