"""Pinyin: the sounds of texts, and the ways to read typed letters as sounds."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from string import ascii_lowercase, digits

from index.text.rules.readings import Readings, toneless
from search.cursors import fingerprint

MAX_READINGS = 3
"""Readings of one character that count, the commonest first; further ones are rare and old."""

VARIED = 6
"""Characters at the start of a text that may have another than their commonest reading, one at a time: enough
for a name (重庆市), and a title does not get dozens of keys."""

MAX_WAYS = 24
"""Ways in which letters are read. Real names have one or two (xian: xi'an, xian)."""

LONGEST = 6
"""Letters of the longest syllables: chuang, shuang, zhuang."""

_CHINESE = range(0x4E00, 0xA000)
_SYLLABLE = re.compile("[a-z]+")
_TYPED = re.compile("(?P<head>[^a-z]*)(?P<letters>[a-z][a-z' ]*)")

_FIRST_SOUND = 0x100
"""Sounds are characters from here on, in the order of spelling: those that begin alike stand together."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to read typed letters: whole sounds, and the letters that the next one begins with."""

    sounds: str
    beginning: str

    @property
    def length(self) -> int:
        """How many sounds it covers."""
        return len(self.sounds) + 1


@dataclass(frozen=True, slots=True)
class TypedSounds:
    """Typed letters behind `head`, which is text as it stands (浙j; mostly empty).

    `ways` read them as syllables, the last of them possibly incomplete; `initials` are the letters, each of
    which may begin a syllable, empty where some cannot; `mixed` are the ways that have syllables cut short.
    """

    head: str
    ways: tuple[Way, ...]
    initials: str
    mixed: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Syllables:
    """Sounds are toneless syllables, single letters and digits, each written as one character.

    Immutable and safe to share between threads. Texts are folded ones.
    """

    _spellings: tuple[str, ...]
    """Of each sound, rising: the sound is the character at _FIRST_SOUND + its place."""
    _sounds: Mapping[str, str] = field(repr=False)
    """The sounds of each character, the commonest reading first."""
    _syllables: frozenset[str] = field(repr=False)

    @classmethod
    def load(cls, readings: Readings) -> "Syllables":
        """The readings of all Chinese characters of the basic block; takes about a quarter of a second."""
        read = {char: _spelled(readings.of(char)) for char in map(chr, _CHINESE)}
        syllables = frozenset(spelling for spellings in read.values() for spelling in spellings)
        spellings = tuple(sorted({*syllables, *ascii_lowercase, *digits}))
        number = {spelling: chr(_FIRST_SOUND + place) for place, spelling in enumerate(spellings)}
        sounds = {
            char: "".join(map(number.__getitem__, read_as)) for char, read_as in read.items() if read_as
        }
        sounds |= {char: number[char] for char in ascii_lowercase + digits}
        return cls(spellings, sounds, syllables)

    @cached_property
    def version(self) -> str:
        """What differs where any reading or sound does."""
        return fingerprint((self._spellings, sorted(self._sounds.items()))).hex()

    def of(self, char: str) -> str:
        """The sounds that a character can have; empty for marks and what has no known reading."""
        return self._sounds.get(char, "")

    def key(self, text: str) -> str:
        """The commonest sound of each character of the text that has any."""
        return "".join(sounds[0] for char in text if (sounds := self.of(char)))

    def keys(self, text: str) -> tuple[str, ...]:
        """The text's key, and those with another reading of one of its first characters."""
        voiced = [sounds for char in text if (sounds := self.of(char))]
        key = "".join(sounds[0] for sounds in voiced)
        varied = (
            f"{key[:at]}{sound}{key[at + 1 :]}"
            for at, sounds in enumerate(voiced[:VARIED])
            for sound in sounds[1:]
        )
        return (key, *varied)

    def sound_alike(self, text: str, other: str) -> bool:
        """Whether two texts of one length sound the same, character by character: in the commonest reading of
        one of the two characters."""
        return len(text) == len(other) and all(
            char == beside or self._is_alike(self.of(char), self.of(beside))
            for char, beside in zip(text, other, strict=True)
        )

    def homophones(self, char: str) -> str:
        """All characters that sound the same in that sense, itself too."""
        sounds = self.of(char)
        alike = (self._by_sound.get(sound, "") for sound in sounds[:1])
        rarely = (self._by_first_sound.get(sound, "") for sound in sounds[1:])
        return "".join((*alike, *rarely))

    def _is_alike(self, sounds: str, others: str) -> bool:
        return bool(sounds and others) and (sounds[0] in others or others[0] in sounds)

    def spelling(self, sound: str) -> str:
        """How a sound is spelled."""
        return self._spellings[ord(sound) - _FIRST_SOUND]

    def beginning(self, letters: str) -> tuple[str, str]:
        """The first sound that begins with these letters, and the one behind the last."""
        low = bisect_left(self._spellings, letters)
        high = bisect_right(self._spellings, letters + "\x7f")
        return chr(_FIRST_SOUND + low), chr(_FIRST_SOUND + high)

    @cached_property
    def initials(self) -> Mapping[int, str]:
        """For `str.translate`: a text of sounds becomes one of their first letters."""
        return {_FIRST_SOUND + place: spelling[0] for place, spelling in enumerate(self._spellings)}

    def covered(self, text: str, length: int) -> int:
        """How many characters of the text hold its first `length` sounds."""
        voiced = (at + 1 for at, char in enumerate(text) if self.of(char))
        return next(islice(voiced, length - 1, None), len(text))

    def read(self, typed: str) -> TypedSounds | None:
        """What was typed as sounds; None where it does not end in letters, or has letters before others."""
        match = _TYPED.fullmatch(typed.replace("ü", "v"))
        if match is None:
            return None
        letters = "".join(char for char in match["letters"] if char in ascii_lowercase)
        pieces = islice(splits(letters, self._starts, self._starts), MAX_WAYS)
        return TypedSounds(
            head=match["head"],
            ways=tuple(
                Way("".join(map(self._sound, way[:-1])), way[-1])
                for way in islice(splits(letters, self._syllables, self._starts), MAX_WAYS)
            ),
            initials=letters if self._starts.issuperset(letters) else "",
            mixed=tuple(way for way in pieces if self._is_mixed(way)),
        )

    def whole(self, letters: str) -> tuple[str, ...]:
        """The ways to read letters as nothing but whole syllables, long ones first."""
        ways = islice(splits(letters, self._syllables, self._syllables), MAX_WAYS)
        return tuple("".join(map(self._sound, way)) for way in ways)

    def _is_mixed(self, way: tuple[str, ...]) -> bool:
        """Whether it is neither whole syllables before the last piece nor nothing but first letters."""
        is_spelled = self._syllables.issuperset(way[:-1])
        return not is_spelled and any(len(piece) > 1 for piece in way)

    def _sound(self, spelling: str) -> str:
        return chr(_FIRST_SOUND + bisect_left(self._spellings, spelling))

    @cached_property
    def _starts(self) -> frozenset[str]:
        return frozenset(
            syllable[:end] for syllable in self._syllables for end in range(1, len(syllable) + 1)
        )

    @cached_property
    def _by_sound(self) -> Mapping[str, str]:
        return _grouped((sound, char) for char, sounds in self._sounds.items() for sound in sounds)

    @cached_property
    def _by_first_sound(self) -> Mapping[str, str]:
        return _grouped((sounds[0], char) for char, sounds in self._sounds.items())


def load_syllables() -> Syllables:
    """Those of the readings that this program has; takes about a quarter of a second."""
    return Syllables.load(Readings.load())


def _grouped(chars: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """The characters of each sound."""
    found: dict[str, list[str]] = {}
    for sound, char in chars:
        found.setdefault(sound, []).append(char)
    return {sound: "".join(alike) for sound, alike in found.items()}


def splits(letters: str, inner: AbstractSet[str], last: AbstractSet[str]) -> Iterator[tuple[str, ...]]:
    """The ways to cut letters into pieces of `inner` and one of `last` at the end, long pieces first.

    The first ways come at once: no piece is tried from which the end cannot be reached.
    """
    reaches = [False] * len(letters)
    for start in reversed(range(len(letters))):
        reaches[start] = letters[start:] in last or any(
            reaches[end] and letters[start:end] in inner
            for end in range(start + 1, min(start + LONGEST, len(letters) - 1) + 1)
        )

    def walk(start: int) -> Iterator[tuple[str, ...]]:
        for end in range(min(start + LONGEST, len(letters)), start, -1):
            piece = letters[start:end]
            if end == len(letters):
                if piece in last:
                    yield (piece,)
            elif reaches[end] and piece in inner:
                yield from ((piece, *rest) for rest in walk(end))

    yield from walk(0)


def _spelled(readings: tuple[str, ...]) -> tuple[str, ...]:
    """The readings without tones as they are typed (nv for nü), each once."""
    typed = (toneless(reading).replace("ü", "v").replace("ê", "e") for reading in readings)
    return tuple(dict.fromkeys(filter(_SYLLABLE.fullmatch, typed)))[:MAX_READINGS]
