"""IndexWriter on Whoosh: documents become segments, deletes tombstones, and our manifest publishes both."""

import logging
from dataclasses import replace
from datetime import UTC, datetime

from index.documents import IndexDocument
from index.durable import fsync_folder
from index.errors import GenerationDamaged, StorageFailed
from index.generation import Generation, IndexFile, Manifest
from index.whoosh.codec.errors import SegmentDamaged
from index.whoosh.files import described, sweep, written
from index.whoosh.merge_policy import MergePolicy, all_merges, due_merges
from index.whoosh.segments import WriterSegment, in_batches, merged_segment, opened, written_segment
from index.whoosh.toc import read_segments, toc_bytes, toc_name
from index.writer import START_AVERAGE_LENGTH

_log = logging.getLogger(__name__)


class WhooshWriter:
    """Writes one generation folder; see `IndexWriter` for the laws. Not for use by several threads.

    The segments stay open between commits. A commit reads none of the old bytes but what it merges. It waits
    for the disk once for each new segment, and four times more: for the table of contents, the names of both,
    the manifest, and its name.
    """

    def __init__(self, generation: Generation, manifest: Manifest) -> None:
        """Go on from a verified commit. Nothing is written before the next one.

        Raises OSError and SegmentDamaged.
        """
        self.generation = generation
        self._manifest = manifest
        self._segments = tuple(
            opened(generation.folder, segment) for segment in read_segments(generation.folder, manifest)
        )
        self._puts: dict[str, IndexDocument] = {}
        self._deletes: set[str] = set()
        self._merges: MergePolicy = due_merges
        self._has_begun = False

    @property
    def sequence(self) -> int:
        return self._manifest.sequence

    @property
    def entry(self) -> str | None:
        return self._manifest.entry

    @property
    def average_length(self) -> float:
        return self._manifest.average_length

    @property
    def documents(self) -> int:
        return self._manifest.articles

    @property
    def measured_average(self) -> float:
        total = sum(segment.live_length() for segment in self._segments)
        return total / self.documents if total else START_AVERAGE_LENGTH

    def put(self, document: IndexDocument, sequence: int) -> None:  # noqa: ARG002 - what comes last is newest
        self._puts[document.id] = document
        self._deletes.add(document.id)

    def delete(self, document_id: str, sequence: int) -> None:  # noqa: ARG002 - see put
        self._puts.pop(document_id, None)
        self._deletes.add(document_id)

    def optimise(self) -> None:
        self._merges = all_merges

    def commit(self, sequence: int, average_length: float, entry: str | None = None) -> str:
        try:
            segments = self._write_segments()
            manifest = replace(
                self._described(segments),
                sequence=sequence,
                average_length=average_length,
                entry=entry or self.entry,
            )
            self.generation.publish(manifest)
        except SegmentDamaged as error:
            raise GenerationDamaged(self.generation.folder.name, str(error)) from error
        except OSError as error:
            raise StorageFailed(
                f"the index in {self.generation.folder} could not be written ({error}); "
                "the articles are safe: free some space, then run `policy-search rebuild`"
            ) from error
        self._manifest = manifest
        self._segments = segments
        self._merges = due_merges
        self._puts.clear()
        self._deletes.clear()
        try:
            sweep(self.generation.folder, manifest)
        except OSError as error:
            _log.warning("files of older commits stay until the next one: %s", error)
        return self.generation.name_of(manifest)

    def close(self) -> None:
        self._puts.clear()
        self._deletes.clear()
        self._segments = ()

    def _write_segments(self) -> tuple[WriterSegment, ...]:
        """The segments of the next commit, their files on the disk but their names not yet."""
        folder = self.generation.folder
        if not self._has_begun:
            # What an interrupted commit left behind may be what fills the disk.
            sweep(folder, self._manifest)
            self._has_begun = True
        kept = (segment.without(self._deletes) for segment in self._segments)
        fresh = (written_segment(folder, batch) for batch in in_batches(self._puts.values()))
        segments = [segment for segment in (*kept, *fresh) if segment.size.live]
        groups = self._merges([segment.size for segment in segments])
        members = {at for group in groups for at in group}
        return (
            *(segment for at, segment in enumerate(segments) if at not in members),
            *(merged_segment(folder, [segments[at] for at in group]) for group in groups),
        )

    def _described(self, segments: tuple[WriterSegment, ...]) -> Manifest:
        """The last manifest with what the next commit holds, all that it names on the disk."""
        folder = self.generation.folder
        commit = self._manifest.commit + 1
        table = toc_bytes(commit, (segment.entry for segment in segments))
        files: tuple[IndexFile, ...] = (
            written(folder / toc_name(commit), table),
            *described((segment.entry.path(folder) for segment in segments), self._manifest.files),
        )
        fsync_folder(folder)
        return replace(
            self._manifest,
            commit=commit,
            articles=sum(segment.size.live for segment in segments),
            files=files,
            committed=datetime.now(UTC),
        )
