"""Files, folders and streams to rows."""

import io
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from index.readers.json_lines import read_gzip_json_lines, read_json_lines
from index.readers.pages import read_page
from index.readers.refusal import Refusal
from index.readers.rows import Location, RefusedRow, Row, SkippedRow

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

OnBytes = Callable[[int], None]
"""Is told how many more bytes of the files were read (as they lie on disk, so packed ones where packed)."""

KINDS = (".txt", ".jsonl", ".jsonl.gz")
"""The endings of the files that are read; upper and lower case are alike."""


def read_paths(paths: Iterable[Path], on_bytes: OnBytes = lambda _: None) -> Iterator[Row]:
    """The rows of these files and, sorted by name, of the files in these folders and in the folders inside.

    Hidden files and folders inside a folder are passed over. Everything else that is not read is a row of
    its own: refused if it was named, is missing or cannot be read, skipped if it only lies in a folder.
    """
    for found in _walk(paths):
        if isinstance(found, Path):
            yield from _read_file(found, on_bytes)
        else:
            yield found


def read_stream(stream: BinaryIO, name: str) -> Iterator[Row]:
    """The rows of a stream of JSON lines; `name` is what reports call it."""
    return read_json_lines(stream, name)


def measure(paths: Iterable[Path]) -> int:
    """How many bytes `read_paths` will tell its `on_bytes` of, as far as that is known beforehand."""
    total = 0
    for found in _walk(paths):
        if isinstance(found, Path):
            try:
                total += found.stat().st_size
            except OSError:  # reading will report it; here it is nothing to be counted
                continue
    return total


def _walk(paths: Iterable[Path]) -> Iterator[Path | RefusedRow | SkippedRow]:
    for path in paths:
        mode = _mode(path)
        if stat.S_ISDIR(mode):
            yield from _walk_folder(path)
        elif _is_known(path):
            yield path
        elif mode:
            yield RefusedRow(_location(path), f"{Refusal.UNKNOWN_KIND}: only {', '.join(KINDS)} can be read")
        else:
            yield RefusedRow(_location(path), f"{Refusal.MISSING}: there is no such file or folder")


def _walk_folder(folder: Path) -> Iterator[Path | RefusedRow | SkippedRow]:
    """Links to folders are not followed, so that no ring of links is walked."""
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if stat.S_ISDIR(_mode(path)):
            if path.is_symlink() and path != folder:
                yield SkippedRow(_location(path), "a link to a folder; name it to have it read")
                continue
            try:
                inside = sorted(path.iterdir(), reverse=True)
            except OSError as error:
                yield RefusedRow(_location(path), f"{Refusal.UNREADABLE}: {error.strerror}")
                continue
            waiting += [child for child in inside if not child.name.startswith(".")]
        elif _is_known(path):
            yield path
        else:
            yield SkippedRow(_location(path), f"not one of {', '.join(KINDS)}")


def _mode(path: Path) -> int:
    """Kind and rights of what lies there, links followed; 0 where nothing can be seen."""
    try:
        return path.stat().st_mode
    except OSError:  # missing, out of reach or a ring of links: opening it gives the reason
        return 0


def _is_known(path: Path) -> bool:
    return path.name.lower().endswith(KINDS)


def _read_file(path: Path, on_bytes: OnBytes) -> Iterator[Row]:
    location = _location(path)
    mode = _mode(path)
    if mode and not stat.S_ISREG(mode):
        yield RefusedRow(location, f"{Refusal.UNREADABLE}: not a regular file; use `-` to read a stream")
        return
    try:
        with io.BufferedReader(_CountedFile(path, on_bytes)) as stream:
            match path.suffix.lower():
                case ".txt":
                    yield read_page(stream, location)
                case ".gz":
                    yield from read_gzip_json_lines(stream, location.source)
                case _:
                    yield from read_json_lines(stream, location.source)
    except FileNotFoundError:
        yield RefusedRow(location, f"{Refusal.MISSING}: there is no such file")
    except OSError as error:
        yield RefusedRow(location, f"{Refusal.UNREADABLE}: {error.strerror or error}")


def _location(path: Path) -> Location:
    """Bytes of a name that are not UTF-8 are shown as escapes, so that every report can be printed."""
    return Location(str(path).encode("utf-8", "backslashreplace").decode("utf-8"))


class _CountedFile(io.FileIO):
    """A file that tells how much of it was read."""

    def __init__(self, path: Path, on_bytes: OnBytes) -> None:
        super().__init__(path)
        self._on_bytes = on_bytes

    def readinto(self, buffer: "WriteableBuffer", /) -> int | None:
        count = super().readinto(buffer)
        self._on_bytes(count or 0)
        return count
