"""IndexWriter on Whoosh: our documents through its segment writer, published by our manifest."""

import logging
from dataclasses import replace
from typing import Any

from whoosh.index import TOC, FileIndex
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.writing import SegmentWriter

from index.documents import IndexDocument
from index.errors import StorageFailed
from index.generation import Generation, Manifest, abandon
from index.whoosh.field_names import ID
from index.whoosh.files import INDEX_NAME, KeepingStorage, live_names, seal, sweep
from index.whoosh.schema import fields, schema

_log = logging.getLogger(__name__)


class WhooshWriter:
    """Writes one generation folder; see `IndexWriter` for the laws. Not for use by several threads."""

    def __init__(self, generation: Generation, manifest: Manifest) -> None:
        """Go on from a verified commit. Nothing is written before the next one."""
        self.generation = generation
        self._manifest = manifest
        self._schema = schema()
        self._puts: dict[str, IndexDocument] = {}
        self._deletes: set[str] = set()
        self._has_begun = False

    @property
    def sequence(self) -> int:
        return self._manifest.sequence

    @property
    def average_length(self) -> float:
        return self._manifest.average_length

    def put(self, document: IndexDocument) -> None:
        self._puts[document.id] = document
        self._deletes.add(document.id)

    def delete(self, document_id: str) -> None:
        self._puts.pop(document_id, None)
        self._deletes.add(document_id)

    def commit(self, sequence: int, average_length: float) -> str:
        try:
            manifest = self._write(sequence, average_length)
            self.generation.publish(manifest)
        except OSError as error:
            raise StorageFailed(
                f"the index in {self.generation.folder} could not be written ({error}); "
                "the articles are safe: free some space, then run `policy-search rebuild`"
            ) from error
        self._manifest = manifest
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
        try:
            abandon(self.generation)
        except OSError as error:
            _log.warning("what was built stays until the next rebuild: %s", error)

    def _write(self, sequence: int, average_length: float) -> Manifest:
        """Write the changes as a Whoosh commit; the manifest that describes it is not published yet."""
        storage = KeepingStorage(str(self.generation.folder))
        try:
            if not self._has_begun:
                self._begin(storage)
            index = FileIndex(storage, self._schema, INDEX_NAME)
            # The writer lock of the data folder is held, so Whoosh's own lock is left out.
            writer = SegmentWriter(index, _lk=False)
            self._delete_all(writer)
            for document in self._puts.values():
                writer.add_document(**fields(document))
            writer.commit()
        finally:
            storage.close_files()
        toc = TOC.read(storage, INDEX_NAME, schema=self._schema)
        return replace(
            self._manifest,
            commit=toc.generation,
            sequence=sequence,
            articles=sum(segment.doc_count() for segment in toc.segments),
            average_length=average_length,
            files=seal(self.generation.folder, live_names(toc), self._manifest.files),
        )

    def _begin(self, storage: KeepingStorage) -> None:
        """Remove what an interrupted commit left behind, before Whoosh can take it for the newest one."""
        sweep(self.generation.folder, self._manifest)
        if self._manifest.commit == 0:
            TOC.create(storage, self._schema, INDEX_NAME)
        self._has_begun = True

    def _delete_all(self, writer: Any) -> None:
        base = 0
        for segment in writer.segments:
            reader = SegmentReader(writer.storage, self._schema, segment)
            try:
                for document_id in self._deletes:
                    try:
                        matcher = reader.postings(ID, document_id)
                    except TermNotFound:
                        continue
                    while matcher.is_active():
                        writer.delete_document(base + matcher.id())
                        matcher.next()
            finally:
                reader.close()
            base += segment.doc_count_all()
