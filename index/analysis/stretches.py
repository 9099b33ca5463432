"""Tells what a dictionary of Chinese words can cut from words of other scripts."""

import re
from collections.abc import Iterator

from index.analysis.classes import character_set, is_letter

_ASCII = "0-9A-Za-z"
_OTHER = character_set(lambda char: is_letter(char) and not char.isascii())
_RARE = "\u3007\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff"
"""Ideographs at which jieba ends a word, whatever its dictionary says; rjieba does not."""

_OTHER_WORD = re.compile(f"((?<![{_ASCII}])[{_ASCII}]*[{_OTHER}][{_ASCII}{_OTHER}]*|[{_RARE}])")
"""A stretch of letters with at least one that jieba does not know. It knows Han and ASCII, and would take
every other letter for a word: café would be caf and é."""


def stretches(piece: str) -> Iterator[tuple[str, bool]]:
    """The piece in stretches to be cut into words (False) and words of other scripts (True), in turn."""
    for number, stretch in enumerate(_OTHER_WORD.split(piece)):
        yield stretch, number % 2 == 1
