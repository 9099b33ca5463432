"""Where things lie in a data folder."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from index.durable import fsync_folder
from index.errors import Cause, PolicySearchError


class DataFolderUnusable(PolicySearchError):
    """The data folder cannot be made; the message names the folder and the reason."""

    kind = "data-folder-unusable"
    cause = Cause.MISCONFIGURED


class DataFolderUnsafe(PolicySearchError):
    """Somebody else can write into the data folder; the message says who, and how to change that."""

    kind = "data-folder-unsafe"
    cause = Cause.MISCONFIGURED


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The places in one data folder. Nothing here has to exist."""

    root: Path

    @property
    def articles(self) -> Path:
        """The database of the articles: the truth."""
        return self.root / "articles.db"

    @property
    def index(self) -> Path:
        """The folder of the index generations: a cache."""
        return self.root / "index"

    @property
    def words(self) -> Path:
        """The words that an operator has added to the dictionary."""
        return self.root / "words.txt"

    @property
    def synonyms(self) -> Path:
        """The operator's own synonyms."""
        return self.root / "synonyms.txt"

    @property
    def pinned(self) -> Path:
        """Articles that stand on top for certain queries."""
        return self.root / "pinned.txt"

    @property
    def queries(self) -> Path:
        """The folder of the query log, where it was ever switched on."""
        return self.root / "queries"

    @property
    def saved_searches(self) -> Path:
        """The database of the searches that were saved, where that was ever switched on."""
        return self.root / "saved.db"

    @property
    def alerts_lock(self) -> Path:
        """The file that whoever sends the alerts of saved searches locks."""
        return self.root / "alerts.lock"

    @property
    def replays(self) -> Path:
        """The folder of answers to requests that may be sent again."""
        return self.root / "replays"

    @property
    def jobs(self) -> Path:
        """The folder of how far jobs are that requests have started."""
        return self.root / "jobs"

    @property
    def rules_lock(self) -> Path:
        """The file that whoever changes words or synonyms over HTTP locks until they are taken up."""
        return self.root / "rules.lock"

    @property
    def check_lock(self) -> Path:
        """The file that the process locks which checks the folder once a day."""
        return self.root / "check.lock"

    @property
    def lock(self) -> Path:
        """The file that a writer locks."""
        return self.root / "writer.lock"

    @property
    def index_lock(self) -> Path:
        """The file that whoever brings the index up to date locks; articles can be stored meanwhile."""
        return self.root / "index.lock"

    @property
    def indexer_lock(self) -> Path:
        """The file that a process locks which does nothing but bring the index up to date."""
        return self.root / "indexer.lock"

    @property
    def suggestions(self) -> Path:
        """The folder of the vocabulary that is suggested from: a cache."""
        return self.root / "suggestions"

    @property
    def aside_lock(self) -> Path:
        """The file that a server locks which has a command index for it."""
        return self.root / "aside.lock"

    @property
    def supply_lock(self) -> Path:
        """The file that the process locks which brings into a cluster what other machines need of this
        folder."""
        return self.root / "supply.lock"

    @property
    def vectors(self) -> Path:
        """The file of vectors of what articles mean: a cache."""
        return self.root / "vectors.bin"

    @property
    def vectors_lock(self) -> Path:
        """The file that whoever makes vectors locks; articles can be stored and indexed meanwhile."""
        return self.root / "vectors.lock"

    def create(self) -> None:
        """Make the folder and those above it, durably and for the owner only (0700); an existing one stays.

        Raises DataFolderUnusable.
        """
        missing = [folder for folder in (self.root, *self.root.parents) if not folder.exists()]
        try:
            for folder in reversed(missing):
                folder.mkdir(mode=0o700, exist_ok=True)
                fsync_folder(folder.parent)
        except OSError as error:
            raise DataFolderUnusable(
                f"cannot make the data folder {self.root}: {error.strerror}; name another one with --data"
            ) from error
        if not self.root.is_dir():
            raise DataFolderUnusable(f"{self.root} is a file; name a folder with --data")

    def check_private(self) -> None:
        """Raise DataFolderUnsafe where others can write into the folder, or the one of the index.

        Sums find damage, not what somebody has put there on purpose, such as words or articles. The owner has
        to be this user or root; root may use the folder of anybody. What is not there is no fault.
        """
        for folder in (self.root, self.index):
            try:
                found = folder.stat()
            except OSError:  # opening it gives the reason
                continue
            if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
                raise DataFolderUnsafe(
                    f"others can write into {folder} (mode {stat.S_IMODE(found.st_mode):04o}); "
                    f"take that away with: chmod go-w {folder}"
                )
            if os.geteuid() not in {0, found.st_uid} and found.st_uid != 0:
                raise DataFolderUnsafe(
                    f"{folder} belongs to another user (number {found.st_uid}); run this as that user"
                )
