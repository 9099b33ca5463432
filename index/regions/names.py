"""What regions are called: each form of a name with the units that it can stand for."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from index.regions.tables import rows
from index.regions.tree import RegionLevel, Regions, Unit
from index.text.folding import Folding

_PROVINCE: Final = re.compile("(?:省|市|(?:维吾尔|壮族|回族)?自治区|特别行政区)$")
_PREFECTURE: Final = re.compile("(?:自治州|地区|林区|市|盟|自治县|县)$")
_COUNTY: Final = re.compile("(?:自治县|自治旗|林区|特区|市|县|区|旗)$")
_PEOPLES: Final = re.compile(
    "(?:(?:回|藏|苗|彝|壮|满|侗|瑶|白|傣|黎|佤|畲|水|土|羌|怒)族|各族|"
    "(?:蒙古|维吾尔|布依|朝鲜|土家|哈尼|哈萨克|傈僳|拉祜|东乡|纳西|景颇|柯尔克孜|达斡尔|仫佬|布朗|撒拉|毛南|仡佬|"
    "锡伯|塔吉克|普米|鄂温克|裕固|保安|独龙|鄂伦春)族?)+$"
)
"""The peoples whose names stand in those of autonomous units, cut off from the end."""

_NO_NAME: Final = re.compile("(?:新|矿|左|右|前|后|中|联合)$")
"""What is left of 浦东新区, 井陉矿区 and 科尔沁左翼中旗 without the suffix is no name."""

_SHORTEST: Final = 3
"""A county's name counts alone from three code points on: 和县 and 和平 are words far more often."""


@dataclass(frozen=True, slots=True)
class Form:
    """What one spelling can stand for; every reading is a code, or the codes of an area's members.

    `bound` readings count only right behind a unit that they lie in (北京朝阳, 邯郸魏县). Where the spelling
    is an `ordinary` word, that goes for all of them. A `site` is a zone or an area, and issues nothing.
    """

    readings: tuple[tuple[str, ...], ...] = ()
    bound: tuple[tuple[str, ...], ...] = ()
    ordinary: bool = False
    site: bool = False


@dataclass(frozen=True, slots=True)
class RegionNames:
    """All names, folded. Immutable and safe to share between threads."""

    in_text: Mapping[str, Form] = field(repr=False)
    """What is looked for in articles."""
    asked_for: Mapping[str, tuple[tuple[str, ...], ...]] = field(repr=False)
    """Names understood only where a region is asked for: letters, literary names, areas of many provinces."""
    former: Mapping[str, tuple[tuple[str, ...], ...]] = field(repr=False)
    """Names of units that are no more."""
    _aliases: Mapping[str, tuple[str, ...]] = field(repr=False)

    def aliases(self, code: str) -> tuple[str, ...]:
        """Other names of a unit (浙江, 浙; 襄樊市), today's first; none for most counties."""
        return self._aliases.get(code, ())

    @classmethod
    def load(cls, folding: Folding, regions: Regions) -> "RegionNames":
        """The names that come with this program."""
        return _Collector(folding.fold, regions).names()


class _Collector:
    """Puts the lists together, one after the other."""

    def __init__(self, fold: Callable[[str], str], regions: Regions) -> None:
        self._fold = fold
        self._regions = regions
        self._readings: dict[str, dict[tuple[str, ...], None]] = {}
        self._bound: dict[str, dict[tuple[str, ...], None]] = {}
        self._asked_for: dict[str, dict[tuple[str, ...], None]] = {}
        self._former: dict[str, dict[tuple[str, ...], None]] = {}
        self._aliases: dict[str, dict[str, None]] = {}
        self._sites: set[str] = set()

    def names(self) -> RegionNames:
        self._add_units()
        for name, code, use, _ in rows("regions_aliases.tsv"):
            self._add_listed(name, (code,), use)
        for table in ("regions_areas.tsv", "regions_zones.tsv"):
            for name, codes, use, _ in rows(table):
                self._add_listed(name, tuple(codes.split()), use)
                self._sites.add(self._fold(name))
        for name, within, code, _, short, _ in rows("regions_former.tsv"):
            self._add_former(name, within, short, code)
        ordinary = {self._fold(word) for (word,) in rows("regions_words.tsv")}
        spellings = self._readings.keys() | self._bound.keys() | ordinary
        return RegionNames(
            in_text={
                spelling: Form(
                    tuple(self._readings.get(spelling, ())),
                    tuple(self._bound.get(spelling, ())),
                    spelling in ordinary,
                    spelling in self._sites,
                )
                for spelling in spellings
            },
            asked_for={spelling: tuple(codes) for spelling, codes in self._asked_for.items()},
            former={spelling: tuple(codes) for spelling, codes in self._former.items()},
            _aliases={code: tuple(names) for code, names in self._aliases.items()},
        )

    def _add_units(self) -> None:
        short: dict[str, list[Unit]] = {}
        for unit in self._regions:
            self._add_name(unit.name, unit)
            for form in _short_forms(unit):
                short.setdefault(form, []).append(unit)
        for form, units in short.items():
            highest = min(_HEIGHTS[unit.level] for unit in units)
            for unit in units:
                if _HEIGHTS[unit.level] == highest:
                    self._add_name(form, unit)
                    if unit.level is not RegionLevel.COUNTY:
                        self._also_called(unit.code, form)
                else:
                    self._put(self._bound, form, (unit.code,))

    def _add_name(self, form: str, unit: Unit) -> None:
        alone = unit.level is not RegionLevel.COUNTY or len(form) >= _SHORTEST
        self._put(self._readings if alone else self._bound, form, (unit.code,))

    def _add_listed(self, name: str, codes: tuple[str, ...], use: str) -> None:
        self._put(self._readings if use == "text" else self._asked_for, name, codes)
        if len(codes) == 1:
            self._also_called(codes[0], name)

    def _add_former(self, name: str, within: str, short: str, code: str) -> None:
        forms = {name, within + name, _PROVINCE.sub("", _PREFECTURE.sub("", within)) + name, short} - {""}
        for form in sorted(forms):
            alone = len(form) >= _SHORTEST or form == short
            self._put(self._readings if alone else self._bound, form, (code,))
            self._put(self._former, form, (code,))
        self._also_called(code, name)

    def _put(self, forms: dict[str, dict[tuple[str, ...], None]], form: str, codes: tuple[str, ...]) -> None:
        forms.setdefault(self._fold(form), {})[codes] = None

    def _also_called(self, code: str, name: str) -> None:
        if name != self._regions.unit(code).name:
            self._aliases.setdefault(code, {})[name] = None


_HEIGHTS: Final = {level: height for height, level in enumerate(RegionLevel)}


def _short_forms(unit: Unit) -> Iterator[str]:
    match unit.level:
        case RegionLevel.PROVINCE:
            yield _PROVINCE.sub("", unit.name)
        case RegionLevel.PREFECTURE:
            yield from _without_suffix(unit.name, _PREFECTURE)
        case RegionLevel.COUNTY:
            yield from _without_suffix(unit.name, _COUNTY)


def _without_suffix(name: str, suffixes: re.Pattern[str]) -> Iterator[str]:
    """恩施 and 恩施州, 长阳 and 长阳县, 鄂州; nothing where no name is left."""
    suffix = suffixes.search(name)
    if suffix is None:
        return
    bare = _PEOPLES.sub("", name[: suffix.start()])
    if len(bare) > 1 and not _NO_NAME.search(bare):
        yield bare
        if len(bare) + len(suffix[0]) < len(name) or suffix[0].startswith("自治"):
            yield bare + suffix[0].removeprefix("自治")
