"""Reads what is published in a generation folder: the newest commit, verified, while others may commit."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.reading import SegmentReader

from index.errors import GenerationDamaged, GenerationStale
from index.generation import Generation, Manifest
from index.whoosh.field_names import ID_VALUE
from index.whoosh.files import INDEX_NAME, FileVerifier
from index.whoosh.schema import schema

FORMAT = "whoosh-2"
"""Engine and layout: schema, part weights, record. A generation of another format is rebuilt."""

OVERTAKEN_TRIES = 5
"""How often reading starts again because a commit replaced the files meanwhile."""

Result = TypeVar("Result")


def read_published(
    generation: Generation, analyzer: str, verifier: FileVerifier, read: Callable[[Manifest], Result]
) -> Result:
    """What `read` makes of the newest commit, all files of which were verified before.

    Raises GenerationDamaged, GenerationStale (made by another format or analyzer), and StorageFailed where
    the files cannot be read now.
    """
    for _ in range(OVERTAKEN_TRIES):
        manifest = generation.manifest()
        if (manifest.format, manifest.analyzer) != (FORMAT, analyzer):
            raise GenerationStale(
                f"{generation.folder.name} was made by another version of this program, {manifest.format} "
                f"with analyzer {manifest.analyzer}; this one is {FORMAT} with analyzer {analyzer}"
            )
        try:
            verifier.verify(generation, manifest)
            with generation.reading():
                return read(manifest)
        except GenerationDamaged as error:
            damage = error
        if generation.manifest().commit == manifest.commit:
            break
    raise damage


def read_toc(folder: Path, manifest: Manifest) -> Any:
    """Whoosh's table of contents of a verified commit. Raises OSError."""
    return TOC.read(_storage(folder), INDEX_NAME, gen=manifest.commit, schema=schema())


def live_ids(folder: Path, manifest: Manifest) -> Iterator[str]:
    """The ids of all articles of a verified commit. Raises OSError."""
    for segment in read_toc(folder, manifest).segments:
        reader = SegmentReader(_storage(folder), schema(), segment)
        try:
            ids = reader.column_reader(ID_VALUE)
            for document in range(segment.doc_count_all()):
                if not segment.is_deleted(document):
                    yield ids[document].decode("utf-8")
        finally:
            reader.close()


def _storage(folder: Path) -> FileStorage:
    return FileStorage(str(folder), readonly=True)
