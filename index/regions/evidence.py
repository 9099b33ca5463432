"""Decides what an ambiguous name stands for, by the other places that an article names."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from index.regions.mentions import Mention, MentionKind
from index.regions.tree import RegionLevel, Regions

NOTHING: Final[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True)
class KnownPlaces:
    """The units that a page names beyond doubt, with all that they lie in.

    `near` are those of title, source, lead, agency and hint, `far` those of the body.
    """

    regions: Regions
    near: frozenset[str]
    far: frozenset[str]

    @classmethod
    def of(cls, regions: Regions, *, near: Iterable[Mention], far: Iterable[Mention]) -> "KnownPlaces":
        """What these mentions leave no doubt of."""
        return cls(regions, _beyond_doubt(regions, near), _beyond_doubt(regions, far))

    def meaning(self, mention: Mention) -> tuple[str, ...]:
        """The codes that a mention stands for; none where it stays in doubt, or is only a word.

        A province wins over its namesakes, then the unit whose city, then whose province is named elsewhere.
        """
        if mention.kind is MentionKind.WORD:
            return self._of_word(mention)
        readings = mention.readings
        if len(readings) == 1:
            return readings[0]
        for reading in readings:
            if self._is_a(RegionLevel.PROVINCE, reading):
                return reading
        for known in (self.near, self.far):
            for kin in (self._parents, self._ancestors):
                close = [reading for reading in readings if not known.isdisjoint(kin(reading))]
                if len(close) == 1:
                    return close[0]
                if close:
                    break
        return NOTHING

    def _of_word(self, mention: Mention) -> tuple[str, ...]:
        """A prefecture whose province is named near; a word that a county is called after stays a word."""
        for reading in mention.readings:
            if self._is_a(RegionLevel.PREFECTURE, reading) and not self.near.isdisjoint(
                self._parents(reading)
            ):
                return reading
        return NOTHING

    def _is_a(self, level: RegionLevel, reading: tuple[str, ...]) -> bool:
        return len(reading) == 1 and self.regions.unit(reading[0]).level is level

    def _parents(self, reading: tuple[str, ...]) -> set[str]:
        return {parent for code in reading if (parent := self.regions.unit(code).parent) is not None}

    def _ancestors(self, reading: tuple[str, ...]) -> set[str]:
        return {ancestor for code in reading for ancestor in self.regions.ancestors(code)}


def _beyond_doubt(regions: Regions, mentions: Iterable[Mention]) -> frozenset[str]:
    named: set[str] = set()
    for mention in mentions:
        named.update(mention.within)
        if mention.kind is not MentionKind.WORD and len(mention.readings) == len(mention.readings[0]) == 1:
            named.add(mention.readings[0][0])
    return frozenset(named.union(*(regions.ancestors(code) for code in named)))
