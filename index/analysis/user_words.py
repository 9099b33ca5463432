"""Words that an operator adds to the dictionary, one a line: a word, and its weight behind a tab."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from index.errors import Cause, LineFault, LinesInvalid

MAX_WORDS: Final = 100_000
MAX_WORD: Final = 32
"""Code points of a word; a longer one is a sentence."""
MAX_WEIGHT: Final = 10**9
NAMED_FAULTS: Final = 5
MAX_FAULTS: Final = 100
"""How many faults a message names, and how many an error has with it."""

_WEIGHT = re.compile("[1-9][0-9]{0,9}")


class UserWordsInvalid(LinesInvalid):
    """A file of words that cannot be used; the message names its lines. The words before it stay in use."""

    kind: ClassVar[str] = "user-words-invalid"
    cause: ClassVar[Cause] = Cause.BAD_INPUT


@dataclass(frozen=True, slots=True)
class UserWord:
    """`text` as it was written. `weight` is its frequency in the dictionary; None: enough to be a word."""

    text: str
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class UserWords:
    """The words in their order; of one that stands there twice, the later line counts."""

    words: tuple[UserWord, ...] = ()

    @property
    def digest(self) -> str:
        """Names the words and weights; empty without words."""
        if not self.words:
            return ""
        lines = "\n".join(f"{word.text}\t{word.weight}" for word in self.words)
        return hashlib.sha256(lines.encode("utf-8")).hexdigest()[:12]


def read_user_words(data: bytes, name: str) -> UserWords:
    """The words of the file of this name, in UTF-8. Empty lines and those that begin with # are passed over.

    Raises UserWordsInvalid with the faults of all lines: none of the words is used then.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fault = LineFault(data[: error.start].count(b"\n") + 1, "this is not UTF-8; save the file as UTF-8")
        raise UserWordsInvalid(f"{name}, line {fault.line}: {fault.reason}", (fault,)) from error
    words: dict[str, UserWord] = {}
    faults: list[LineFault] = []
    for number, written in _lines(text):
        try:
            word = _word(written)
        except ValueError as error:
            faults.append(LineFault(number, str(error)))
        else:
            words.pop(word.text, None)
            words[word.text] = word
    if len(words) > MAX_WORDS:
        faults.append(LineFault(None, f"there are {len(words):,} words; at most {MAX_WORDS:,} can be added"))
    if faults:
        more = f"; and {len(faults) - NAMED_FAULTS} more" if len(faults) > NAMED_FAULTS else ""
        named = "; ".join(map(str, faults[:NAMED_FAULTS]))
        raise UserWordsInvalid(f"{name}: {named}{more}", tuple(faults[:MAX_FAULTS]))
    return UserWords(tuple(words.values()))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, line


def _word(line: str) -> UserWord:
    text, tab, given = line.partition("\t")
    text, given = text.strip(), given.strip()
    if not text:
        raise ValueError("there is no word before the tab")
    if not text.isprintable():
        raise ValueError(f"{text!r} has a character that nobody sees")
    if len(text) > MAX_WORD:
        raise ValueError(f"a word has at most {MAX_WORD} characters")
    if not any(char.isalnum() for char in text):
        raise ValueError(f"{text!r} has no letter, digit or Chinese character")
    if not tab:
        return UserWord(text)
    if not _WEIGHT.fullmatch(given) or int(given) > MAX_WEIGHT:
        raise ValueError(f"the weight {given!r} is no whole number from 1 to {MAX_WEIGHT}")
    return UserWord(text, int(given))
