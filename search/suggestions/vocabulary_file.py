"""The vocabulary as a file: written by the process that makes it, mapped by all."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index.data_folder import DataFolder
from index.durable import TEMPORARY_SUFFIX, write_atomic
from search.suggestions.column_file import ColumnFile, ColumnFileInvalid, open_columns, pack
from search.suggestions.syllables import Syllables
from search.suggestions.vocabulary import Vocabulary

NAME: Final = "vocabulary.bin"


@dataclass(frozen=True, slots=True)
class VocabularyFile:
    """A vocabulary at a place; nothing has to be there."""

    path: Path

    @classmethod
    def of(cls, folder: DataFolder) -> "VocabularyFile":
        """That of a data folder."""
        return cls(folder.suggestions / NAME)

    @property
    def lock(self) -> Path:
        """The file that the process locks which makes this one."""
        return self.path.with_name("maker.lock")

    def read(self, syllables: Syllables) -> Vocabulary:
        """The vocabulary, verified and mapped. Raises FileNotFoundError, OSError, and ColumnFileInvalid, also
        where its texts were read by other syllables."""
        found = open_columns(self.path)
        if found.sounds != syllables.version:
            raise ColumnFileInvalid(self.path, "it was made with other readings of the characters")
        try:
            return Vocabulary.from_columns(found.state, found.columns, syllables)
        except KeyError as error:
            raise ColumnFileInvalid(self.path, f"it has no column {error}") from error

    def write(self, vocabulary: Vocabulary) -> None:
        """Replace the file by this vocabulary, all of it or nothing, for the owner only (0600). Who has the
        one before mapped reads on in that. Raises OSError."""
        content = ColumnFile(vocabulary.state, vocabulary.syllables.version, vocabulary.columns)
        write_atomic(self.path, pack(content))

    def make_folder(self) -> None:
        """Make the folder of the file (0700) where it is missing. Raises OSError."""
        self.path.parent.mkdir(mode=0o700, exist_ok=True)

    def clean(self) -> None:
        """Remove what killed makers have left unfinished; for who holds the lock. Raises OSError."""
        for left in self.path.parent.glob(f".{self.path.name}.*{TEMPORARY_SUFFIX}"):
            left.unlink(missing_ok=True)
