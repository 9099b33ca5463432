"""Regions as the API tells them."""

from dataclasses import dataclass

from msgspec import UNSET, UnsetType

from index.regions.resolve import Ambiguous, Found, RegionResolver, Unknown
from index.regions.tree import Regions
from search.request import FacetRequest, Filters, SearchRequest
from search.results import FacetResult
from web.api.answers.counts import RegionEntry, RegionsAnswer
from web.parameters.lookups import RegionsParameters


@dataclass(frozen=True, slots=True)
class Listed:
    """The codes of the regions at the top of a list, in their order.

    `nearest` are names that come near where nothing is called as was asked for.
    """

    codes: tuple[str, ...]
    nearest: tuple[str, ...] = ()

    def with_units_below(self, depth: int, regions: Regions) -> tuple[str, ...]:
        """These codes and those of the units below them, of so many levels in all."""
        codes = list(self.codes)
        level = self.codes
        for _ in range(depth - 1):
            level = tuple(child for code in level for child in regions.children(code))
            codes += level
        return tuple(codes)


def listed(asked: RegionsParameters, resolver: RegionResolver) -> Listed:
    """What is asked for by name or, without one, below the parent; by name it lies in the parent too."""
    regions = resolver.regions
    if not asked.q:
        return Listed(regions.children(asked.parent))
    match resolver.resolve(asked.q):
        case Found(codes):
            named = codes
        case Ambiguous(candidates):
            named = tuple(candidate.code for candidate in candidates)
        case Unknown(nearest):
            return Listed((), nearest)
    return Listed(
        tuple(code for code in named if asked.parent is None or asked.parent in regions.ancestors(code))
    )


def counting(codes: tuple[str, ...], filters: Filters) -> SearchRequest:
    """A search for the counts of these regions and for no hits."""
    facet = FacetRequest(field="region", limit=0, named=codes)
    return SearchRequest(filters=filters, limit=0, snippets=0, facets=(facet,))


def regions_answer(
    found: Listed,
    asked: RegionsParameters,
    resolver: RegionResolver,
    counts: FacetResult | None = None,
    generation: str | None = None,
) -> RegionsAnswer:
    """The answer of `/api/v1/regions`; `counts` are those of a state of the index, where they are wanted."""
    by_code = None if counts is None else {value.value: value.count for value in counts.values}
    return RegionsAnswer(
        regions=tuple(
            _entry(code, asked.depth, resolver, by_code, is_named=bool(asked.q)) for code in found.codes
        ),
        nearest=found.nearest if asked.q else UNSET,
        missing=UNSET if counts is None else counts.missing,
        generation=UNSET if generation is None else generation,
    )


def _entry(
    code: str, depth: int, resolver: RegionResolver, counts: dict[str, int] | None, *, is_named: bool
) -> RegionEntry:
    regions = resolver.regions
    unit = regions.unit(code)
    children = regions.children(code)
    below: tuple[RegionEntry, ...] | UnsetType = UNSET
    if depth > 1:
        below = tuple(_entry(child, depth - 1, resolver, counts, is_named=False) for child in children)
    return RegionEntry(
        code=code,
        name=unit.name,
        level=unit.level,
        aliases=resolver.names.aliases(code),
        children=len(children),
        path=regions.path(code) if is_named else UNSET,
        count=UNSET if counts is None else counts[code],
        regions=below,
    )
