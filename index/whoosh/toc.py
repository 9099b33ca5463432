"""Whoosh's table of contents of a commit: schema, segments and their deleted documents."""

from collections.abc import Iterable
from pathlib import Path

from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC

from index.errors import GenerationDamaged, GenerationStale
from index.generation import Manifest
from index.whoosh.codec.segment import INDEX_NAME, ColumnarSegment
from index.whoosh.schema import schema


def toc_name(commit: int) -> str:
    """The name under which Whoosh keeps the table of a commit."""
    return f"_{INDEX_NAME}_{commit}.toc"


def toc_bytes(commit: int, segments: Iterable[ColumnarSegment]) -> bytes:
    """The table as Whoosh writes it."""
    # In memory, since Whoosh never syncs a file, and leaves it open where writing fails.
    storage = RamStorage()
    TOC(schema(), list(segments), commit).write(storage, INDEX_NAME)
    data: bytes = storage.files[toc_name(commit)]
    return data


def read_segments(folder: Path, manifest: Manifest) -> tuple[ColumnarSegment, ...]:
    """The segments of a verified commit; none before the first one.

    Raises OSError, GenerationDamaged, and GenerationStale where another version pickled them.
    """
    if manifest.commit == 0:
        return ()
    name = toc_name(manifest.commit)
    storage = RamStorage()
    storage.files[name] = (folder / name).read_bytes()
    try:
        return tuple(TOC.read(storage, INDEX_NAME, gen=manifest.commit, schema=schema()).segments)
    except GenerationStale:
        raise
    except Exception as error:  # bytes that are no table can make unpickling raise anything
        raise GenerationDamaged(folder, f"{name} cannot be read ({error})") from error
