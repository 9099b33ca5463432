"""What somebody means who asks for a region: by code, name, letter, former name or area."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from index.regions.names import Form, RegionNames
from index.regions.tree import Regions
from index.text.folding import Folding

LONGEST: Final = 40
"""Code points of the longest text that is looked up; the longest full name with all its parents has 28."""

_CODE: Final = re.compile("[0-9]{2}(?:[0-9]{2}){0,2}")
_BETWEEN: Final = re.compile(r"[\s/>·,、|-]+")
_NOTHING: Final = Form()
_NEAREST: Final = 5
_LIKE_ENOUGH: Final = 0.5
"""A name is near if half of the characters agree (the ratio of difflib); chosen by hand on 2026-11-24."""


@dataclass(frozen=True, slots=True)
class Found:
    """The units meant: one, or the members of an area."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that a name can stand for, with the names from its province down."""

    code: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several units have the name; it takes one of these paths, or the code, to say which."""

    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """No unit is called so; these are the names of units that come nearest, the nearest first."""

    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegionResolver:
    """Looks up regions that people ask for. Immutable and safe to share between threads."""

    folding: Folding
    regions: Regions
    names: RegionNames = field(repr=False)

    @classmethod
    def load(cls, folding: Folding, regions: Regions) -> "RegionResolver":
        """A resolver of the names that come with this program."""
        return cls(folding, regions, RegionNames.load(folding, regions))

    def resolve(self, text: str) -> Found | Ambiguous | Unknown:
        """The region that a text names, in either script.

        It can be a code of two, four or six digits, a name with or without suffix and parents (湖北省鄂州市,
        湖北鄂州), a letter (鄂), a former name or an area. A short name belongs to the highest unit that has
        it (吉林 is the province), and a name of today goes before a former one.
        """
        meant = self.find(text)
        if meant is not None:
            return meant
        asked = self._asked(text)
        return Unknown(
            self._nearest_codes(asked) if _CODE.fullmatch(asked) else self._nearest(asked[:LONGEST])
        )

    def find(self, text: str) -> Found | Ambiguous | None:
        """As `resolve`, but None where nothing is called so: which names come near takes milliseconds."""
        asked = self._asked(text)
        if _CODE.fullmatch(asked):
            code = asked.ljust(6, "0")
            return None if self.regions.find(code) is None else Found((code,))
        readings = self._read(asked) if 0 < len(asked) <= LONGEST else ()
        if len(readings) <= 1:
            return Found(readings[0]) if readings else None
        codes = sorted({code for reading in readings for code in reading})
        return Ambiguous(tuple(Candidate(code, self.regions.path(code)) for code in codes))

    def _asked(self, text: str) -> str:
        return _BETWEEN.sub("", self.folding.fold(text.strip()))

    def _nearest_codes(self, digits: str) -> tuple[str, ...]:
        code = digits.ljust(6, "0")
        near = self.regions.find(f"{code[:4]}00") or self.regions.find(f"{code[:2]}0000")
        return () if near is None else (near.name,)

    def _read(self, asked: str) -> tuple[tuple[str, ...], ...]:
        """What the name stands for; of a name with its parents, what lies in them."""
        if direct := self._direct(asked):
            return direct
        for split in range(len(asked) - 1, 0, -1):
            inner = self._all(asked[split:])
            if not inner:
                continue
            outer = {code for reading in self._read(asked[:split]) for code in reading}
            if within := tuple(reading for reading in inner if self._lies_in(reading, outer)):
                return within
        return ()

    def _direct(self, name: str) -> tuple[tuple[str, ...], ...]:
        form = self.names.in_text.get(name, _NOTHING)
        readings = form.readings or self.names.asked_for.get(name, ()) or form.bound
        former = self.names.former.get(name, ())
        return tuple(reading for reading in readings if reading not in former) or readings

    def _all(self, name: str) -> tuple[tuple[str, ...], ...]:
        form = self.names.in_text.get(name, _NOTHING)
        return tuple(dict.fromkeys((*form.readings, *form.bound)))

    def _lies_in(self, reading: Iterable[str], outer: set[str]) -> bool:
        return all(not outer.isdisjoint(self.regions.ancestors(code)) for code in reading)

    def _nearest(self, asked: str) -> tuple[str, ...]:
        matcher = SequenceMatcher(b=asked, autojunk=False)
        scored: list[tuple[float, str, str]] = []
        for unit in self.regions:
            for name in (unit.name, *self.names.aliases(unit.code)[:1]):
                matcher.set_seq1(self.folding.fold(name))
                if matcher.real_quick_ratio() >= _LIKE_ENOUGH and matcher.quick_ratio() >= _LIKE_ENOUGH:
                    scored.append((-matcher.ratio(), unit.code, unit.name))
        near = [name for score, _, name in sorted(scored) if -score >= _LIKE_ENOUGH]
        return tuple(dict.fromkeys(near))[:_NEAREST]
