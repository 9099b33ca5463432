"""Whoosh's table of contents of a commit: schema, segments and their deleted documents."""

import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import RamStorage
from whoosh.filedb.structfile import BufferFile
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

    Raises OSError, GenerationDamaged, and GenerationStale where another version pickled them. Of what is
    pickled nothing but a segment is made: sums tell damage, and not what somebody has planted.
    """
    if manifest.commit == 0:
        return ()
    name = toc_name(manifest.commit)
    storage = _OneTable((folder / name).read_bytes())
    try:
        return tuple(TOC.read(storage, INDEX_NAME, gen=manifest.commit, schema=schema()).segments)
    except GenerationStale:
        raise
    except Exception as error:  # bytes that are no table can make unpickling raise anything
        raise GenerationDamaged(folder.name, f"{name} cannot be read ({error})") from error


class _OneTable(RamStorage):  # type: ignore[misc]  # whoosh has no annotations
    """Has one file, whatever it is asked for."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._data = data

    def open_file(self, name: str, **_options: Any) -> "_TableFile":
        return _TableFile(self._data, name=name)


class _TableFile(BufferFile):  # type: ignore[misc]  # whoosh has no annotations
    """Reads pickled objects as `_Segments` does."""

    def read_pickle(self) -> object:
        return _Segments(self.file).load()


class _Segments(pickle.Unpickler):
    """Knows one class."""

    def find_class(self, module: str, name: str) -> type[ColumnarSegment]:
        if (module, name) != (ColumnarSegment.__module__, ColumnarSegment.__qualname__):
            raise pickle.UnpicklingError(f"{module}.{name} is no segment")
        return ColumnarSegment
