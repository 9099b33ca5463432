"""Added words that no dictionary of Chinese words holds, since it has signs or spaces: A+H, Model Y."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_EDGE = "[0-9a-z]"


@dataclass(frozen=True, slots=True)
class MixedWords:
    """Finds such words in folded text, the longest first, and never within other letters and digits."""

    pattern: re.Pattern[str] | None = None

    @classmethod
    def of(cls, words: Iterable[str]) -> "MixedWords":
        """`words` are folded and without white space; between any two characters there may be some."""
        longest_first = sorted(set(words), key=lambda word: (-len(word), word))
        if not longest_first:
            return cls()
        return cls(re.compile("|".join(map(_pattern, longest_first))))

    def places(self, folded: str) -> Iterator[range]:
        """Where the words stand, in code points, in order and without overlaps."""
        if self.pattern is not None:
            for match in self.pattern.finditer(folded):
                yield range(*match.span())


def _pattern(word: str) -> str:
    before = f"(?<!{_EDGE})" if re.match(_EDGE, word) else ""
    after = f"(?!{_EDGE})" if re.match(_EDGE, word[-1]) else ""
    return before + r"\s*".join(map(re.escape, word)) + after
