"""Counts: facets, hits by time, regions, and what there is in all."""

from msgspec import UNSET, Struct, UnsetType

from index.regions.tree import RegionLevel
from search.plan import Interval


class FacetValueAnswer(Struct, frozen=True, kw_only=True):
    """A value with how many articles have it; `selected`: a filter chooses it.

    `path` has the names of a region from the province down.
    """

    value: str
    count: int
    selected: bool
    path: tuple[str, ...] | UnsetType = UNSET


class FacetAnswer(Struct, frozen=True, kw_only=True):
    """The values of a field, under all filters but the one that chooses among them.

    `distinct` counts all values that there are, `other` is the sum of the counts of those that are not given,
    `missing` articles have none; `missing_selected`: a filter chooses these.
    """

    values: tuple[FacetValueAnswer, ...]
    distinct: int
    other: int
    missing: int
    missing_selected: bool


class OneFacetAnswer(Struct, frozen=True, kw_only=True):
    """One facet of a search; `total` articles are found with all filters, `total_values` begin with the
    prefix."""

    facet: str
    values: tuple[FacetValueAnswer, ...]
    total_values: int
    other: int
    missing: int
    missing_selected: bool
    total: int
    generation: str


class BucketAnswer(Struct, frozen=True):
    """The articles of a period, which is written `2024`, `2024-03` or `2024-03-05`."""

    start: str
    count: int


class TimelineAnswer(Struct, frozen=True, kw_only=True):
    """The articles of a search by the period of publication; `undated` have no date."""

    interval: Interval
    buckets: tuple[BucketAnswer, ...]
    undated: int
    total: int
    generation: str


class RegionEntry(Struct, frozen=True, kw_only=True):
    """A region; `children` counts those directly below it, which are `regions` down to the depth asked for.

    `count` is there where counts were asked for: the articles of the region and of all below it. `path` is
    there where regions were looked for by name.
    """

    code: str
    name: str
    level: RegionLevel
    aliases: tuple[str, ...]
    children: int
    path: tuple[str, ...] | UnsetType = UNSET
    count: int | UnsetType = UNSET
    regions: tuple["RegionEntry", ...] | UnsetType = UNSET


class RegionsAnswer(Struct, frozen=True, kw_only=True):
    """Regions in the order of their codes; `nearest` are names that come near where nothing is called so.

    Where counts were asked for, `missing` articles have no region.
    """

    regions: tuple[RegionEntry, ...]
    nearest: tuple[str, ...] | UnsetType = UNSET
    missing: int | UnsetType = UNSET
    generation: str | UnsetType = UNSET


class StatsAnswer(Struct, frozen=True, kw_only=True):
    """What is stored, and how far the index is: `stale` changes are not indexed yet.

    `dictionary_version` changes whenever any text would be read differently.
    """

    articles: int
    undated: int
    repaired: int
    duplicate_groups: int
    newest: str | None
    generation: str | None
    sequence: int
    stale: int
    dictionary_version: str
