"""The vocabulary that another machine has made, fetched and mapped here."""

import hashlib
import logging
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Protocol

from index.durable import write_atomic
from search.suggestions.column_file import ColumnFileInvalid
from search.suggestions.syllables import Syllables
from search.suggestions.vocabulary import Vocabulary
from search.suggestions.vocabulary_file import NAME, VocabularyFile

SHARED_NAME: Final = "vocabulary"
"""What the file is called where machines share it."""

_log = logging.getLogger(__name__)


class SharedFile(Protocol):
    """A file as a whole; `version` tells it from others of its name."""

    @property
    def version(self) -> str: ...

    @property
    def data(self) -> bytes: ...


class SharedFiles(Protocol):
    """Where machines share files; each method may raise PolicySearchError where that does not answer."""

    def version(self, name: str) -> str | None:
        """The version of the file with this name; None where there is none."""
        ...

    def get(self, name: str) -> SharedFile | None:
        """The file with this name; None where there is none."""
        ...


def content_version(data: bytes) -> str:
    """A version for a file of this content. Of the state that a vocabulary was made of there can be several
    files: another version of the program makes another one."""
    return hashlib.sha256(data).hexdigest()[:32]


class FetchedVocabulary:
    """Hands out the newest vocabulary that was fetched, and never waits for one; threads may share it."""

    def __init__(self, files: SharedFiles, syllables: Syllables) -> None:
        self._files = files
        self._syllables = syllables
        self._vocabulary: Vocabulary | None = None
        self._version: str | None = None

    def current(self) -> Vocabulary | None:
        """The newest vocabulary; None while there is none."""
        return self._vocabulary

    def follow(self) -> None:
        """Take up another one, if there is another; called by one thread, again and again.

        One that this program cannot read is told once, and the one before serves on. Raises OSError, and what
        the shared files raise.
        """
        version = self._files.version(SHARED_NAME)
        if version is None or version == self._version:
            return
        file = self._files.get(SHARED_NAME)
        if file is None:
            return
        try:
            self._vocabulary = self._mapped(file.data)
            _log.info("suggestions are those of generation %s", self._vocabulary.state)
        except ColumnFileInvalid as error:
            _log.warning("suggestions stay those of before: %s", error)
        self._version = file.version

    def _mapped(self, data: bytes) -> Vocabulary:
        """The vocabulary of such a file. What is mapped stays when its name is gone."""
        with TemporaryDirectory(prefix="policy-search-") as folder:
            path = Path(folder) / NAME
            write_atomic(path, data)
            return VocabularyFile(path).read(self._syllables)
