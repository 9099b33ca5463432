"""The administrative units of China: codes, names, and which lies in which."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from index.regions.tables import rows

_PROVINCE_DIGITS = 2
_PREFECTURE_DIGITS = 4


class RegionLevel(Enum):
    """How high a unit stands; county-level cities directly under a province count as prefectures."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit of today. `code` has six digits (GB/T 2260); `parent` is the next unit up."""

    code: str
    name: str
    level: RegionLevel
    parent: str | None


@dataclass(frozen=True, slots=True)
class Regions:
    """The tree of units. Immutable and safe to share between threads."""

    _units: Mapping[str, Unit] = field(repr=False)
    _children: Mapping[str | None, tuple[str, ...]] = field(repr=False)

    @classmethod
    def load(cls) -> "Regions":
        """The units that come with this program, in the order of their codes."""
        levels = {code: RegionLevel(level) for code, level, _ in rows("regions.tsv")}
        units = {
            code: Unit(code, name, levels[code], _parent(code, levels))
            for code, _, name in rows("regions.tsv")
        }
        below: dict[str | None, list[str]] = {}
        for unit in units.values():
            below.setdefault(unit.parent, []).append(unit.code)
        return cls(units, {code: tuple(codes) for code, codes in below.items()})

    def __iter__(self) -> Iterator[Unit]:
        return iter(self._units.values())

    def find(self, code: str) -> Unit | None:
        """The unit with this code of six digits, None where there is none today."""
        return self._units.get(code)

    def unit(self, code: str) -> Unit:
        """The unit with this code, which must be one of the tree's; KeyError otherwise."""
        return self._units[code]

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The codes of the units that a unit lies in, from the province down; itself is not among them."""
        parent = self._units[code].parent
        return () if parent is None else (*self.ancestors(parent), parent)

    def children(self, code: str | None) -> tuple[str, ...]:
        """The codes of the units directly below one, in their order; those of the provinces for None."""
        return self._children.get(code, ())

    def path(self, code: str) -> tuple[str, ...]:
        """The names from the province down to the unit itself."""
        return tuple(self._units[each].name for each in (*self.ancestors(code), code))


def province_of(code: str) -> str:
    """The code of the province that a unit lies in; of a province, its own."""
    return code[:_PROVINCE_DIGITS].ljust(len(code), "0")


def _parent(code: str, levels: Mapping[str, RegionLevel]) -> str | None:
    if levels[code] is RegionLevel.PROVINCE:
        return None
    prefecture = code[:_PREFECTURE_DIGITS].ljust(len(code), "0")
    return prefecture if prefecture != code and prefecture in levels else province_of(code)
