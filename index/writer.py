"""The Protocols of an engine's writing half."""

from dataclasses import dataclass
from typing import Protocol

from index.documents import IndexDocument
from index.generations_kept import KeptGeneration

START_AVERAGE_LENGTH = 700.0
"""Weighted words of an average article, for a generation begun before there is anything to measure.

From the team's OpenSearch notes (news and policy pages); a rebuild measures the real value. A constant
per generation, so that scores do not move with each commit.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexContents:
    """What the live generation, as `folder.commit`, holds: the articles with these ids, as they were when the
    newest journal entry was `sequence`; `entry` as in `IndexWriter`."""

    generation: str
    sequence: int
    ids: frozenset[str]
    entry: str | None = None


class IndexWriter(Protocol):
    """Writes one generation of an index.

    Laws: nothing is visible to readers before `commit` returns; it is durable when it returns, and atomic:
    after a crash readers see all of it or nothing; `put` replaces the document with the same id; `delete` of
    an unknown id does nothing; of several changes of one document the last wins, and they come with rising
    sequences, equal ones allowed; after an error the writer is of no more use than `close`. What was not
    committed may be kept where no reader sees it: the next writer follows the journal from the last commit,
    so the same changes come again. What a generation matches, counts and orders does not depend on how it is
    cut into segments, but for scores: deleted documents count in the statistics of words until a merge.
    """

    @property
    def sequence(self) -> int:
        """The journal sequence that the last commit covers; 0 for a new generation."""
        ...

    @property
    def entry(self) -> str | None:
        """Which journal entry that is (`Journal.entry`); None where no commit was told."""
        ...

    @property
    def average_length(self) -> float:
        """The average length that the generation scores with."""
        ...

    @property
    def documents(self) -> int:
        """How many documents the last commit holds, without deleted ones."""
        ...

    @property
    def measured_average(self) -> float:
        """The average length of those documents, or START_AVERAGE_LENGTH where they have no words.

        An engine that had to know it before the first of them says what it was told then.
        """
        ...

    def put(self, document: IndexDocument, sequence: int) -> None:
        """Index a document in the state that the journal entry `sequence` brought.

        By that number an engine that is asked over a network knows what comes late, or again.
        """
        ...

    def delete(self, document_id: str, sequence: int) -> None:
        """Delete a document, as the journal entry `sequence` says."""
        ...

    def optimise(self) -> None:
        """Let the next commit merge all segments, as far as the engine's caps allow.

        A merged segment holds no deleted document. Doing it twice changes nothing more.
        """
        ...

    def commit(self, sequence: int, average_length: float, entry: str | None = None) -> str:
        """Publish all changes since the last commit, covering the journal up to `sequence`, its `entry`.

        Without an entry that of the last commit stays, which is right only where the sequence does. An engine
        that had to know the average length before the first document keeps that.

        Returns the generation as `folder.commit`, such as `3.118`. Raises StorageFailed, and
        GenerationDamaged where a segment that is to be merged does not hold what was written.
        """
        ...

    def close(self) -> None:
        """Drop what was not committed and let go of all that is held; what was committed stays."""
        ...


@dataclass(frozen=True, slots=True)
class Succession:
    """A writer on a new generation that begins with the documents of the live one.

    `stale` are the ids of those that hold a word by which the analyzers differ, and so may have other words
    now. All other documents are as they would be, were they analysed again.
    """

    writer: IndexWriter
    stale: frozenset[str]


class IndexStore(Protocol):
    """Where the generations of an index lie. All but `verify`, `generations`
    and `count_stale` is for the holder of the index lock alone.

    Every method raises StorageFailed where the place cannot be read or written now: that is no damage, and
    may pass.
    """

    @property
    def is_shared(self) -> bool:
        """Whether other machines can reach the place, so that an index of another journal may be theirs."""
        ...

    def live(self) -> IndexWriter:
        """A writer on the live generation.

        Raises GenerationMissing, GenerationStale (made by another format or analyzer) and
        GenerationDamaged (after which `set_aside` takes it out of use).
        """
        ...

    def create(self) -> IndexWriter:
        """A writer on a new, empty generation that no reader sees yet; what earlier ones left is removed."""
        ...

    def resume(self) -> IndexWriter | None:
        """A writer on the newest generation that was begun and not finished, as its last commit left it.

        None where there is none with a commit, made by this format and analyzer, and whole.
        """
        ...

    def succeed(self) -> Succession | None:
        """Begin a new generation with what the live one holds, which another analyzer made.

        No reader sees it yet, and what earlier ones left is removed. Its first commit has to hold the new
        state of every stale document. None where it is not known by which words the analyzers differ, where
        they differ in more than words, or where too much would be stale for one commit. Raises
        GenerationMissing and GenerationDamaged.
        """
        ...

    def count_stale(self) -> int | None:
        """How many documents of the live generation `succeed` would find stale; None where it would find
        none to begin with. Nothing is written, and others may write meanwhile.

        Raises GenerationMissing and GenerationDamaged.
        """
        ...

    def generations(self) -> tuple[KeptGeneration, ...]:
        """The live generation and those that are kept beside it, the live one first; others may write."""
        ...

    def roll_back(self, name: str) -> None:
        """Switch readers to the kept generation of this name, once all of it has been read and found whole.

        Raises GenerationUnknown, GenerationStale (it was made by another format or analyzer) and
        GenerationDamaged, with nothing changed.
        """
        ...

    def remove_unfinished(self) -> None:
        """Remove what was begun and not made live, as far as that can be done now."""
        ...

    def make_live(self, writer: IndexWriter) -> None:
        """Switch readers to the committed generation of `writer`, and remove those no longer needed.

        The writer can go on afterwards.
        """
        ...

    def set_aside(self) -> None:
        """Take the live generation out of use, so that readers fall back to the last good one."""
        ...

    def scrub(self) -> tuple[str, ...]:
        """Read all of each kept generation, whoever made it, and take those out of use that are damaged.

        Gives what is wrong with each. Readers fall back to the last good one.
        """
        ...

    def verify(self) -> IndexContents:
        """Read all of the live generation and say what it holds; nothing is written, and others may write.

        Raises GenerationMissing, GenerationStale and GenerationDamaged.
        """
        ...
