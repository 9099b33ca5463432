"""Files, folders and streams to rows."""

import io
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import filterfalse
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from index.readers.archives import MAX_ARCHIVE, read_archive
from index.readers.contents import read_contents, read_whole
from index.readers.json_lines import read_json_lines
from index.readers.kinds import KINDS, Form, Kind, form_of
from index.readers.mapping import FieldMap
from index.readers.objects import mapped_objects
from index.readers.refusal import Refusal, RefusedRecord
from index.readers.rows import Location, RefusedRow, Row, SkippedRow

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_AT_ONCE: Final = 2**18
"""Bytes that are read of a file at once: a line of 2 GB is read past in 2 s, with the usual 8 KiB in 6 s."""

OnBytes = Callable[[int], None]
"""Is told how many more bytes of the files were read (as they lie on disk, so packed ones where packed)."""


def read_paths(
    paths: Iterable[Path],
    on_bytes: OnBytes = lambda _: None,
    field_map: FieldMap | None = None,
    within: Path | None = None,
) -> Iterator[Row]:
    """The rows of these files and, sorted by name, of the files in these folders and in the folders inside.

    Without a field map columns have the names that are known (docs/articles.md), and objects the keys of a
    record. Hidden files and folders inside a folder are passed over. Everything else that is not read is a
    row of its own: refused if it was named, is missing, cannot be read or may hold articles all the same;
    skipped if it only lies in a folder. What a link inside a folder leads to has to lie in that folder;
    `within` is the folder of files that were found in one, so that the same holds for them.
    """
    fields = field_map or FieldMap.parse(())
    for found in _walk(paths, within):
        if isinstance(found, _Found):
            yield from _read_file(found, on_bytes, fields)
        else:
            yield found


def read_stream(stream: BinaryIO, name: str, field_map: FieldMap | None = None) -> Iterator[Row]:
    """The rows of a stream of JSON lines; `name` is what reports call it."""
    return read_json_lines(stream, name, mapped_objects(field_map or FieldMap.parse(())))


def measure(paths: Iterable[Path]) -> int:
    """How many bytes `read_paths` will tell its `on_bytes` of, as far as that is known beforehand."""
    total = 0
    for found in _walk(paths, None):
        if isinstance(found, _Found):
            try:
                total += found.path.stat().st_size
            except OSError:  # reading will report it; here it is nothing to be counted
                continue
    return total


@dataclass(frozen=True, slots=True)
class _Found:
    """A file that is to be read."""

    path: Path
    form: Form


def _walk(paths: Iterable[Path], within: Path | None) -> Iterator[_Found | RefusedRow | SkippedRow]:
    for path in paths:
        mode = _mode(path)
        if within is not None and _leads_out(path, within.resolve()):
            yield _stray(path)
        elif stat.S_ISDIR(mode):
            yield from _walk_folder(path)
        elif not isinstance(found := _found(path), SkippedRow):
            yield found
        elif mode:
            yield RefusedRow(found.location, f"{Refusal.UNKNOWN_KIND}: {found.reason}")
        else:
            yield RefusedRow(found.location, f"{Refusal.MISSING}: there is no such file or folder")


def _walk_folder(folder: Path) -> Iterator[_Found | RefusedRow | SkippedRow]:
    """Links to folders are not followed, so that no ring of links is walked.

    Memory holds the names of one folder at each depth: with a million files in one, 150 MB.
    """
    root = folder.resolve()
    waiting = [iter([folder])]
    while waiting:
        path = next(waiting[-1], None)
        if path is None:
            waiting.pop()
        elif stat.S_ISDIR(_mode(path)):
            if path.is_symlink() and path != folder:
                yield SkippedRow(_location(path), "a link to a folder; name it to have it read")
                continue
            try:
                names = sorted(child.name for child in path.iterdir())
            except OSError as error:
                yield RefusedRow(_location(path), f"{Refusal.UNREADABLE}: {error.strerror}")
                continue
            waiting.append(map(path.joinpath, filterfalse(_is_hidden, names)))
        elif _leads_out(path, root):
            yield _stray(path)
        else:
            yield _found(path)


def _is_hidden(name: str) -> bool:
    return name.startswith(".")


def _leads_out(path: Path, root: Path) -> bool:
    """Whether this is a link to something that is there and does not lie below `root`, a resolved folder."""
    return path.is_symlink() and path.exists() and not path.resolve().is_relative_to(root)


def _stray(path: Path) -> RefusedRow | SkippedRow:
    """Refused as a file would be: who may write into a folder could have any file published otherwise."""
    found = _found(path)
    explanation = f"{Refusal.LINK_LEADS_OUT}: the link leads out of its folder; name it to have it read"
    return RefusedRow(_location(path), explanation) if isinstance(found, _Found) else found


def _found(path: Path) -> _Found | RefusedRow | SkippedRow:
    """What a file is by its name."""
    try:
        form = form_of(path.name)
    except RefusedRecord as error:
        return RefusedRow(_location(path), str(error))
    if form is None:
        return SkippedRow(_location(path), f"not one of {', '.join(KINDS)}")
    return _Found(path, form)


def _mode(path: Path) -> int:
    """Kind and rights of what lies there, links followed; 0 where nothing can be seen."""
    try:
        return path.stat().st_mode
    except OSError:  # missing, out of reach or a ring of links: opening it gives the reason
        return 0


def _read_file(found: _Found, on_bytes: OnBytes, field_map: FieldMap) -> Iterator[Row]:
    location = _location(found.path)
    mode = _mode(found.path)
    if mode and not stat.S_ISREG(mode):
        yield RefusedRow(location, f"{Refusal.UNREADABLE}: not a regular file; use `-` to read a stream")
        return
    try:
        with io.BufferedReader(_CountedFile(found.path, on_bytes), _AT_ONCE) as stream:
            if found.form.kind is Kind.ZIP:
                yield from read_archive(read_whole(stream, MAX_ARCHIVE), location.source, field_map)
            else:
                yield from read_contents(stream, found.form, location, field_map)
    except RefusedRecord as error:
        yield RefusedRow(location, str(error))
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
