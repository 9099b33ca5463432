"""One vocabulary for all processes on a data folder: one of them has it made, and all map the same file."""

import logging
import shutil
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from index.errors import WriterBusy
from index.file_state import FileState
from index.writer_lock import LockUnusable, WriterLock
from search.engine import Snapshot
from search.suggestions.column_file import ColumnFileInvalid
from search.suggestions.making import VocabularyClosed
from search.suggestions.syllables import Syllables
from search.suggestions.vocabulary import Vocabulary
from search.suggestions.vocabulary_file import VocabularyFile

_log = logging.getLogger(__name__)


class FileMaker(Protocol):
    """Makes a vocabulary of the newest state of the index as a file."""

    def make(self, places: Sequence[Path], is_closed: Callable[[], bool]) -> Path:
        """Write it to the first of these places that takes it, else into a temporary folder of its own, which
        the caller removes; returns where. Raises VocabularyClosed once `is_closed`, and PolicySearchError or
        OSError where it cannot be made or written."""
        ...


class SharedVocabulary:
    """Follows the file of a data folder, and has it made anew by the process that got its lock first.

    When that process ends, another one gets the lock. Where the folder cannot be written to, each process has
    a temporary file of its own made, whose name is gone once it is mapped.
    """

    def __init__(self, file: VocabularyFile, maker: FileMaker, syllables: Callable[[], Syllables]) -> None:
        """`syllables` loads them, for the first file."""
        self._file = file
        self._maker = maker
        self._load_syllables = syllables
        self._syllables: Syllables | None = None
        self._lock = WriterLock(file.lock, wait=0.0)
        self._is_elected = False
        self._seen: FileState | None = None
        self._reading = threading.Lock()
        self._making = threading.Lock()
        self._closed = threading.Event()

    def newest(self) -> Vocabulary | None:
        """What is in the file, if it was not looked at yet. One that cannot be used is told once."""
        with self._reading:
            try:
                state = FileState.of(self._file.path)
                if state == self._seen:
                    return None
                self._seen = state
                return self._read(self._file)
            except FileNotFoundError:
                return None
            except (ColumnFileInvalid, OSError) as error:
                _log.warning("suggestions are not read: %s", error)
                return None

    def make(self, _snapshot: Snapshot) -> Vocabulary | None:
        """One of the newest state; None where another process makes it, or where `newest` has given it out
        already. Raises PolicySearchError, OSError, and VocabularyClosed."""
        with self._making:
            if self._closed.is_set():
                raise VocabularyClosed("the vocabulary was closed")
            try:
                if not self._elect():
                    return None
            except (LockUnusable, OSError) as error:
                _log.warning("suggestions are made for this process alone: %s", error)
                return self._made()
            return self._made(self._file.path)

    def close(self) -> None:
        """End the process that makes one, and leave it to another one to go on."""
        self._closed.set()
        with self._making:
            self._lock.__exit__(None, None, None)
            self._is_elected = False

    def _elect(self) -> bool:
        """Whether this is the process that makes it."""
        if not self._is_elected:
            self._file.make_folder()
            try:
                self._lock.__enter__()
            except WriterBusy:
                return False
            self._is_elected = True
        self._file.clean()
        return True

    def _made(self, *places: Path) -> Vocabulary | None:
        written = self._maker.make(places, self._closed.is_set)
        if written in places:
            return self.newest()
        if places:
            _log.warning("suggestions cannot be kept in %s", self._file.path.parent)
        try:
            return self._read(VocabularyFile(written))
        finally:
            # What is mapped stays; a folder that stays too is only untidy.
            shutil.rmtree(written.parent, ignore_errors=True)

    def _read(self, file: VocabularyFile) -> Vocabulary:
        if self._syllables is None:
            self._syllables = self._load_syllables()
        return file.read(self._syllables)
