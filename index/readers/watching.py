"""A folder whose files are read as they come."""

import os
from collections.abc import Iterator
from pathlib import Path

from index.file_state import FileState
from index.readers.kinds import form_of
from index.readers.refusal import RefusedRecord


class FolderWatch:
    """Tells which files of a folder, and of the folders in it, are new or changed.

    A file counts once it was the same at two looks, so that none is read while it is being written. What was
    told once is told again only after it has changed. Hidden files, and files that are no articles, are
    passed over; links to folders are not followed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last: dict[Path, FileState] = {}
        self._told: dict[Path, FileState] = {}

    def look(self) -> tuple[Path, ...]:
        """The files to read now, sorted by path. Raises OSError where the folder itself cannot be read."""
        now = dict(_states(self._folder))
        settled = tuple(
            path
            for path, state in sorted(now.items())
            if self._last.get(path) == state and self._told.get(path) != state
        )
        self._last = now
        self._told = {path: state for path, state in self._told.items() if path in now}
        return settled

    def is_read(self, path: Path) -> None:
        """Do not tell of this file again in the state in which it was found last."""
        if path in self._last:
            self._told[path] = self._last[path]


def _states(folder: Path) -> Iterator[tuple[Path, FileState]]:
    def refuse(error: OSError) -> None:
        # A folder inside that went away meanwhile is no fault; the one that is followed has to be there.
        if error.filename == str(folder):
            raise error

    for place, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.startswith(".") or not _may_hold_articles(name):
                continue
            path = Path(place, name)
            try:
                state = FileState.of(path)
            except OSError:  # it went away meanwhile, or is a link to nothing
                continue
            yield path, state


def _may_hold_articles(name: str) -> bool:
    try:
        return form_of(name) is not None
    except RefusedRecord:  # reading it says what to save it as
        return True
