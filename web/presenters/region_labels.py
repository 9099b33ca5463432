"""Names of regions for people: those that several units share come with the unit above them."""

from collections import Counter
from dataclasses import dataclass

from index.regions.resolve import Found, RegionResolver
from index.regions.tree import Regions
from search.planning.filters import MISSING, ONLY_UNIT
from web.parameters.regions import region_name
from web.texts.texts import Texts


@dataclass(frozen=True, slots=True)
class RegionLabels:
    """Labels of the units of a tree. Immutable and safe to share between threads."""

    resolver: RegionResolver
    shared: frozenset[str]

    @classmethod
    def of(cls, resolver: RegionResolver) -> "RegionLabels":
        names = Counter(unit.name for unit in resolver.regions)
        return cls(resolver, frozenset(name for name, count in names.items() if count > 1))

    @property
    def regions(self) -> Regions:
        return self.resolver.regions

    def unit(self, code: str, texts: Texts) -> str:
        """The name of a unit, such as 鼓楼区（南京市） where there are several 鼓楼区."""
        unit = self.regions.unit(code)
        if unit.name not in self.shared or unit.parent is None:
            return unit.name
        return texts.say("facet.in_city", name=unit.name, city=self.regions.unit(unit.parent).name)

    def path(self, code: str) -> str:
        """The name with all units above, which a request can give as the region."""
        return region_name(self.regions.path(code))

    def code_of(self, typed: str) -> str | None:
        """The code of the one unit that a value of a request names with all units below it; None for others:
        an area, a unit without those below it, articles without a region."""
        match self.resolver.find(typed):
            case Found((code,)):
                return code
            case _:
                return None

    def typed(self, typed: str, texts: Texts) -> str:
        """A value of a request as it is shown: codes by their names, all else as it was written."""
        if typed == MISSING:
            return texts.say("facet.missing")
        plain = typed.removesuffix(ONLY_UNIT)
        code = self.code_of(plain)
        name = self.path(code) if code is not None and plain.isdecimal() else plain
        return name if plain == typed else texts.say("facet.only_unit", name=name)
