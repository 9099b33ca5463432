"""What every rule of the repair is."""

from collections.abc import Sequence
from typing import Protocol

from index.text.edits import Edit


class Rule(Protocol):
    """Immutable and safe to share between threads."""

    def find(self, page: str) -> Sequence[Edit]:
        """What the rule wants changed in a whole page, in order and without overlaps; empty for clean text.

        What the rule would find in its own outcome it takes with it at once: a second run finds nothing.
        """
        ...
