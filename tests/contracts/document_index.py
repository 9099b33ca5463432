"""What the laws of snapshots are run on: an index of documents that are made by hand."""

from collections.abc import Iterable
from typing import Protocol

from index.documents import IndexDocument
from search.engine import SearchEngine
from tests.plan_checks import DocumentIndex
from tests.plan_oracle import Oracle
from tests.plan_trees import Change, document_id


class MadeIndex(DocumentIndex, Protocol):
    """An index with generations, and readers of it."""

    @property
    def counts_deleted(self) -> bool:
        """Whether deleted documents count among those that hold a word until they are merged away."""
        ...

    @property
    def kept_commits(self) -> int:
        """How many commits later a state is still kept that nobody asked to keep."""
        ...

    def build(self, documents: Iterable[IndexDocument]) -> None:
        """A new generation with these documents and no others."""
        ...

    def engine(self) -> SearchEngine:
        """A reader of its own, which sees each commit at once."""
        ...

    def oracle(self, documents: Iterable[IndexDocument]) -> Oracle:
        """What judges answers about live documents."""
        ...


def change_nothing(index: MadeIndex, times: int) -> None:
    """Commit so often without a change."""
    for _ in range(times):
        index.apply(Change((), (document_id(10**6),)))
