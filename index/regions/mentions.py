"""Finds the names of regions in a text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final

from index.regions.names import Form, RegionNames
from index.regions.tree import RegionLevel, Regions

_STREET: Final = re.compile(
    "[东西南北中]?(?:路(?![网况桥政灯段线面径由演易程])|大街|大道|街(?![头景区巷面拍舞]))"
)
_SCHOOL: Final = re.compile(
    "[师范理工交通科技农林牧业财经医药政法商海洋民族外国语中电子体育音乐美术艺石油建筑]{0,6}(?:大学(?![生城])|学院(?!路))"
)
_BARE: Final = re.compile("[^省市县区州盟旗]$")
_NO_DISTRICT: Final = frozenset({"区域", "区间", "区块", "区段", "区位"})
"""Words whose first character is no suffix of the name before it: 中原区域."""

_HEAD: Final = 2


class MentionKind(Enum):
    """What sort of name it is that mentions a region."""

    UNIT = "unit"
    SITE = "site"
    """A zone or an area: it has no government that is the region's."""
    SCHOOL = "school"
    """The name of a university begins with it."""
    WORD = "word"
    """An ordinary word too: it names the region only if something else says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name at `start`, half-open, in code points; `readings` are what it can stand for.

    The units named right before it, in which it lies, belong to it and are kept in `within`: 湖北省鄂州市 is
    one mention of 鄂州.
    """

    start: int
    end: int
    readings: tuple[tuple[str, ...], ...]
    kind: MentionKind = MentionKind.UNIT
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MentionFinder:
    """Reads from left to right and takes the longest name at each place; linear in the text's length."""

    regions: Regions
    _forms: Mapping[str, Form] = field(repr=False)
    _sizes: Mapping[str, tuple[int, ...]] = field(repr=False)
    """By the first two code points: how long the forms are that begin with them, the longest first."""

    @classmethod
    def over(cls, names: RegionNames, regions: Regions) -> "MentionFinder":
        """A finder of these names."""
        sizes: dict[str, set[int]] = {}
        for form in names.in_text:
            sizes.setdefault(form[:_HEAD], set()).add(len(form))
        return cls(
            regions, names.in_text, {head: tuple(sorted(each, reverse=True)) for head, each in sizes.items()}
        )

    def find(self, text: str) -> tuple[Mention, ...]:
        """The regions that a folded text names, in the order of the text."""
        found: list[Mention] = []
        at, last = 0, len(text) - _HEAD
        sizes_of = self._sizes.get
        while at <= last:
            sizes = sizes_of(text[at : at + _HEAD])
            if sizes is None:
                at += 1
                continue
            before = found[-1] if found and found[-1].end == at else None
            at = self._read(text, at, sizes, before, found)
        return tuple(found)

    def _read(
        self, text: str, at: int, sizes: tuple[int, ...], before: Mention | None, found: list[Mention]
    ) -> int:
        """Takes the longest form at a place, if any; where to read on."""
        for size in sizes:
            end = at + size
            form = self._forms.get(text[at:end])
            if form is None or end > len(text) or text[end - 1 : end + 1] in _NO_DISTRICT:
                continue
            if before is not None and (near := self._inside(form, before)):
                outer = (*before.within, *_single(before.readings))
                found[-1] = Mention(start=before.start, end=end, readings=near, within=outer)
                return end
            if form.ordinary:
                if form.readings:
                    found.append(Mention(start=at, end=end, readings=form.readings, kind=MentionKind.WORD))
                return end
            if form.readings:
                return self._take(text, at, end, self._beside(form, before), found)
        return at + 1

    def _take(self, text: str, at: int, end: int, form: Form, found: list[Mention]) -> int:
        """Notes a name, unless a street is called after it; where to read on."""
        kind = MentionKind.SITE if form.site else MentionKind.UNIT
        stop = end
        if _BARE.search(text, at, end):
            if street := _STREET.match(text, end):
                return street.end()
            if school := _SCHOOL.match(text, end):
                kind, stop = MentionKind.SCHOOL, school.end()
        if form.readings:
            found.append(Mention(start=at, end=stop, readings=form.readings, kind=kind))
        return stop

    def _inside(self, form: Form, before: Mention) -> tuple[tuple[str, ...], ...]:
        """The readings of a form that lie in what was named right before it."""
        outer = {code for codes in before.readings for code in codes}
        return tuple(
            reading
            for reading in dict.fromkeys((*form.readings, *form.bound))
            if len(reading) == 1 and not outer.isdisjoint(self.regions.ancestors(reading[0]))
        )

    def _beside(self, form: Form, before: Mention | None) -> Form:
        """The form as it can be read here: right behind another place, a county of several owners is none."""
        if before is None or len(form.readings) == 1:
            return form
        levels = {reading: self.regions.unit(reading[0]).level for reading in form.readings}
        higher = (reading for reading in form.readings if levels[reading] is not RegionLevel.COUNTY)
        return replace(form, readings=tuple(higher))


def _single(readings: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return readings[0] if len(readings) == 1 else ()
