"""Finds the parts of a run that can be written otherwise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from index.text.folding import Folding
from search.expansion.expansion import Expansion
from search.expansion.folded_run import FoldedRun
from search.expansion.source import AlternativeSource, Found
from search.language.query import Span

MAX_PARTS: Final = 16
"""Of one run; chosen by hand: a sentence of forty characters seldom has more than five."""


@dataclass(frozen=True, slots=True)
class Expander:
    """Immutable and safe to share between threads."""

    folding: Folding
    sources: tuple[AlternativeSource, ...]

    def expand(self, run: str, words: Sequence[Span] = ()) -> Expansion:
        """What this run can become. It is taken as text: who must find it as it stands does not ask here.

        Of parts that overlap the longest counts, of equally long ones the first, and of the same part what
        the first source says. `words` are the words that the run is cut into, as spans (start, length);
        without them a short part may be found across the border of two words.
        """
        folded = FoldedRun.of(run, self.folding, words)
        return Expansion(folded, _chosen(found for source in self.sources for found in source.found(folded)))


def _chosen(found: Iterable[Found]) -> tuple[Found, ...]:
    parts: list[Found] = []
    for part in sorted(found, key=lambda part: (part.start - part.end, part.start)):
        if len(parts) < MAX_PARTS and all(part.end <= one.start or one.end <= part.start for one in parts):
            parts.append(part)
    return tuple(parts)
