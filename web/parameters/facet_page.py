"""The pairs of a page that lists the values of one facet: the search that they are of, which facet, and what
to find among the values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from index.regions.resolve import RegionResolver
from search.planning.filters import VALUE_FILTERS
from web.parameters.defined.counting import MAX_PREFIX
from web.parameters.kinds import ChoiceParameter, TextParameter
from web.parameters.query_string import Pair
from web.parameters.reader import ParameterReader
from web.parameters.requests import SearchParameters, read_search, refuse
from web.texts.text import Text

LISTED = ChoiceParameter(
    name="facet",
    choices=VALUE_FILTERS,
    default=None,
    is_needed=True,
    meaning=Text("列出哪个字段的取值", "列出哪個欄位的值", "the field whose values are listed"),
)
FIND = TextParameter(
    name="find",
    longest=MAX_PREFIX,
    meaning=Text("在取值中查找", "在值中尋找", "what to find among the values"),
)
OWN: Final = frozenset({LISTED.name, FIND.name})


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetPageParameters:
    """A facet of a search; `find` is what its values have to hold, "" for all."""

    field: str
    find: str
    search: SearchParameters


def read_facet_page(pairs: Sequence[Pair], regions: RegionResolver) -> FacetPageParameters:
    """The facet that these pairs ask for. Raises BadParameters."""
    reader = ParameterReader(tuple(pair for pair in pairs if pair[0] in OWN), (LISTED, FIND))
    field, find = reader.choice(LISTED), reader.text(FIND).strip()
    refuse(reader.faults)
    search = read_search(tuple(pair for pair in pairs if pair[0] not in OWN), regions)
    return FacetPageParameters(field=field or VALUE_FILTERS[0], find=find, search=search)
