"""Follows the journal: gives what was stored since the last time its vectors."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.article import Article
from index.errors import StorageFailed
from index.indexer import IndexingStopped, never
from index.journal import Change, Journal, StoredArticle
from index.vectors.block import Block, Covered, Entry, Recipe
from index.vectors.compacting import compacted, is_worth_it
from index.vectors.embedder import Embedder, Vectors
from index.vectors.file import append, create, cut, open_file
from index.vectors.passages import PassageRule, digest_of
from index.vectors.quantised import Quantised
from index.vectors.table import NOTHING_COVERED, VectorTable

BATCH_CHANGES = 128
"""Changes whose vectors are stored at once: seconds of work, which is what a kill costs."""
BATCH_CHARACTERS = 4_000_000
TEXTS = 8
"""Texts that the embedder gets at once, so that whoever wants to stop waits for no more."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Filled:
    """How many changes were followed, and how many vectors were made for them."""

    changes: int
    vectors: int


OnFilled = Callable[[Filled], None]


@dataclass(frozen=True, slots=True)
class Filler:
    """Brings the file of vectors up to date with the journal. Runs under the lock of the file.

    Damaged articles get no vectors. A file of another recipe or another journal is made anew, and one that is
    damaged goes on from its last whole block in front of the damage. `should_stop` is asked before each few
    texts; once it is true, IndexingStopped is raised. `threads` is how many texts are worked on at once.
    """

    path: Path
    journal: Journal
    embedder: Embedder
    rule: PassageRule
    should_stop: Callable[[], bool] = never
    threads: int = 1

    def catch_up(self, on_filled: OnFilled) -> Filled | None:
        """Give vectors to all changes since the last time; None if there were none.

        `on_filled` is told of each batch once it is on the disk. Raises StorageFailed, IndexingStopped, and
        what the embedder raises.
        """
        try:
            return self._catch_up(on_filled)
        except OSError as error:
            raise StorageFailed(
                f"the vectors in {self.path} cannot be read or written: {error.strerror or error}"
            ) from error

    def _catch_up(self, on_filled: OnFilled) -> Filled | None:
        table = self._begun()
        changed = made = 0
        while changes := self.journal.changes(table.covered.sequence, BATCH_CHANGES, BATCH_CHARACTERS):
            block = self._block(changes, table)
            append(self.path, block)
            table = table.with_blocks([block])
            filled = Filled(len(changes), len(block.vectors))
            changed, made = changed + filled.changes, made + filled.vectors
            on_filled(filled)
        if is_worth_it(table):
            create(self.path, self._recipe, compacted(table, self.embedder.model.dimension))
        return Filled(changed, made) if changed else None

    @property
    def _recipe(self) -> Recipe:
        return Recipe(self.embedder.model, self.rule)

    def _begun(self) -> VectorTable:
        """What is there and can be gone on with; the file is whole afterwards."""
        opened = open_file(self.path, self._recipe)
        if opened is None:
            return self._anew("there is none of this embedder")
        mismatch = self._mismatch(opened.table.covered)
        if mismatch is not None:
            return self._anew(mismatch)
        if not opened.is_whole:
            _log.warning("the vectors behind byte %d of %s are lost and made anew", opened.end, self.path)
            cut(self.path, opened)
        return opened.table

    def _anew(self, reason: str) -> VectorTable:
        _log.info("a file of vectors is begun: %s", reason)
        create(self.path, self._recipe)
        return VectorTable()

    def _mismatch(self, covered: Covered) -> str | None:
        last = self.journal.last_sequence()
        if covered.sequence > last:
            return f"the old one covers the journal up to {covered.sequence}, which ends at {last}"
        if covered != NOTHING_COVERED and covered.entry != self.journal.entry(covered.sequence):
            return f"the old one was made from another journal, whose entry {covered.sequence} differs"
        return None

    def _block(self, changes: Sequence[Change], table: VectorTable) -> Block:
        """What the changes say; the vectors of passages that stay as they are, are taken over."""
        entries: list[Entry] = []
        texts: list[str] = []
        for change in changes:
            passages = self._passages(change)
            digest = digest_of(passages)
            if table.digest(change.id) == (digest if passages else None):
                continue
            entries.append(Entry(change.id, len(passages), digest))
            texts.extend(passages)
        last = changes[-1].sequence
        return Block(Covered(last, self.journal.entry(last)), entries, self._vectors(texts))

    def _passages(self, change: Change) -> tuple[str, ...]:
        match change.state:
            case StoredArticle(article=Article() as article):
                return self.rule.passages(article)
            case _:
                return ()

    def _vectors(self, texts: Sequence[str]) -> Quantised:
        chunks = [texts[start : start + TEXTS] for start in range(0, len(texts), TEXTS)]
        rows = [np.empty((0, self.embedder.model.dimension), dtype=np.float32)]
        with ThreadPoolExecutor(self.threads, thread_name_prefix="vectors") as executor:
            rows.extend(executor.map(self._chunk, chunks))
        return Quantised.of(np.concatenate(rows))

    def _chunk(self, texts: Sequence[str]) -> Vectors:
        if self.should_stop():
            raise IndexingStopped("making vectors was stopped; it goes on with the next run")
        return self.embedder.passages(texts)
