"""The newest vectors that are on the disk."""

from pathlib import Path

from index.errors import StorageFailed
from index.vectors.block import Recipe
from index.vectors.file import Opened, open_file
from index.vectors.table import VectorTable


class VectorReader:
    """Follows a file of vectors as it grows and is replaced; safe to share between threads."""

    def __init__(self, path: Path, recipe: Recipe) -> None:
        self._path = path
        self._recipe = recipe
        self._opened: Opened | None = None

    def table(self) -> VectorTable:
        """The state that the file has now; an empty one where there is no file of this recipe.

        Costs a look at the file where nothing has changed. Raises StorageFailed.
        """
        # Two threads that look at once read the same file twice; either result is right.
        try:
            self._opened = opened = open_file(self._path, self._recipe, self._opened)
        except OSError as error:
            raise StorageFailed(
                f"the vectors in {self._path} cannot be read: {error.strerror or error}"
            ) from error
        return VectorTable() if opened is None else opened.table
