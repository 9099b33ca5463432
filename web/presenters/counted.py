"""Values with the number of articles that have each, as links to these articles."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.regions.tree import Regions
from search.results import FacetResult
from web.parameters.query_string import Pair
from web.presenters.links import search_href


@dataclass(frozen=True, slots=True)
class CountedValue:
    """A value, how many articles have it (written out), and the parameters that find these."""

    name: str
    count: str
    pairs: tuple[Pair, ...]

    @property
    def href(self) -> str:
        return search_href(self.pairs)


def counted_values(facet: FacetResult, kept: Sequence[Pair]) -> tuple[CountedValue, ...]:
    """The values of a facet whose name is that of its filter, in the facet's order; those with articles.

    `kept` is what the links carry beside the value.
    """
    return tuple(
        CountedValue(value.value, f"{value.count:,}", ((facet.field, value.value), *kept))
        for value in facet.values
        if value.count
    )


def counted_regions(facet: FacetResult, regions: Regions, kept: Sequence[Pair]) -> tuple[CountedValue, ...]:
    """The same of regions, which facets give by their codes; units that are no more are left out."""
    return tuple(
        CountedValue(
            regions.unit(value.value).name,
            f"{value.count:,}",
            (("region", value.value), *kept),
        )
        for value in facet.values
        if value.count and regions.find(value.value) is not None
    )
