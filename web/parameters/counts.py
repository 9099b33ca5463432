"""The pairs of a request to the counts asked for: one facet, or hits by time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from index.regions.resolve import RegionResolver
from search.plan import FacetOrder, Interval
from search.request import FACET_FIELDS, FacetRequest, SearchRequest
from web.parameters.defined import counting
from web.parameters.defined.counting import ValueOrder
from web.parameters.filters import read_filters
from web.parameters.query_string import Pair
from web.parameters.reader import ParameterReader
from web.parameters.requests import read_query, reader_of, refuse
from web.parameters.table import FACET_PARAMETERS, TIMELINE_PARAMETERS

_ORDERS: Mapping[ValueOrder, FacetOrder] = MappingProxyType(
    {ValueOrder.COUNT: FacetOrder.COMMONEST, ValueOrder.VALUE: FacetOrder.BY_VALUE}
)


@dataclass(frozen=True, slots=True)
class TimelineParameters:
    """The search whose hits are counted by periods of this length."""

    request: SearchRequest
    interval: Interval


def read_facet(pairs: Sequence[Pair], regions: RegionResolver) -> SearchRequest:
    """A search for the counts of one facet and for no hits. Raises BadParameters with every fault."""
    reader = reader_of(pairs, FACET_PARAMETERS)
    facet = FacetRequest(
        # Where none is given, that is a fault, and the request is refused below.
        field=reader.choice(counting.FACET) or FACET_FIELDS[0],
        limit=reader.integer(counting.FACET_LIMIT),
        prefix=reader.text(counting.PREFIX),
        order=_ORDERS[ValueOrder(reader.choice(counting.FACET_SORT))],
    )
    return replace(_counted(reader, regions), facets=(facet,))


def read_timeline(pairs: Sequence[Pair], regions: RegionResolver) -> TimelineParameters:
    """The timeline that these pairs ask for. Raises BadParameters with every fault."""
    reader = reader_of(pairs, TIMELINE_PARAMETERS)
    interval = Interval(reader.choice(counting.INTERVAL))
    return TimelineParameters(_counted(reader, regions), interval)


def _counted(reader: ParameterReader, regions: RegionResolver) -> SearchRequest:
    """The search whose articles are counted. Raises BadParameters."""
    asked = read_query(reader)
    read = read_filters(reader, regions)
    refuse((*reader.faults, *read.faults))
    return replace(asked, filters=read.filters, limit=0, snippets=0)
