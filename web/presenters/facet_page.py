"""The page with all values of one facet of a search."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.regions.resolve import Ambiguous, Found
from search.request import FacetRequest
from search.results import FacetResult, SearchResult
from web.parameters.facet_page import LISTED, FacetPageParameters
from web.parameters.query_string import Pair
from web.presenters.choices import Choice, choices
from web.presenters.index_state import ShownIndex, shown_index
from web.presenters.links import facets_href, search_href, without
from web.presenters.region_labels import RegionLabels
from web.presenters.region_tree import REGION, RegionTree, named_regions, region_tree
from web.presenters.search_form import SearchForm, search_form
from web.texts.texts import Texts

MOST_LISTED: Final = 500
"""Values on one page, and about 100 KB. Chosen by hand on 2026-11-28."""
MOST_COUNTED: Final = 20_000
"""More values than a field has articles to give them, so that what is sought is found among all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetPage:
    """Everything that the page shows. `tree` is there for regions, `choices` for other fields.

    `kept` is what the form for choosing hands on, `find_pairs` what the form for finding does. `cut` is how
    many are listed where there are more, "" where all are. `all_href` leads from what was found to all.
    """

    form: SearchForm
    name: str
    facet: str
    heading: str
    find: str
    tree: RegionTree | None
    choices: tuple[Choice, ...]
    distinct: str
    cut: str
    kept: tuple[Pair, ...]
    find_pairs: tuple[Pair, ...]
    back_href: str
    all_href: str | None
    index: ShownIndex


def facet_request(parameters: FacetPageParameters, labels: RegionLabels) -> FacetRequest:
    """What is to be counted for this page."""
    named: tuple[str, ...] = ()
    if parameters.field == REGION:
        typed = [value for name, value in parameters.search.pairs if name == REGION]
        named = (*named_regions(typed, labels), *_sought_regions(parameters.find, labels))
    limit = MOST_COUNTED if parameters.find else MOST_LISTED
    return FacetRequest(field=parameters.field, limit=limit, named=named)


def facet_page(
    result: SearchResult, parameters: FacetPageParameters, labels: RegionLabels, texts: Texts
) -> FacetPage:
    """The page of a result that `facet_request` was asked for with."""
    (counted,) = result.facets
    pairs, field = without(parameters.search.pairs, "cursor", "facets"), parameters.field
    found = _found(counted, parameters.find, labels) if parameters.find else counted
    listed = replace(found, values=found.values[:MOST_LISTED])
    is_region = field == REGION
    facet = texts.say(f"facet.{field}")
    return FacetPage(
        form=search_form(pairs),
        name=field,
        facet=facet,
        heading=texts.say("facet.heading", facet=facet),
        find=parameters.find,
        tree=region_tree(listed, pairs, labels, texts, most=MOST_LISTED) if is_region else None,
        choices=() if is_region else _choices(listed, pairs, labels, texts),
        distinct=texts.say("facet.distinct", count=f"{counted.distinct:,}"),
        cut=f"{MOST_LISTED:,}" if _is_cut(found) else "",
        kept=without(pairs, field),
        find_pairs=((LISTED.name, field), *without(pairs)),
        back_href=search_href(pairs),
        all_href=facets_href(field, pairs) if parameters.find else None,
        index=shown_index(result, texts),
    )


def _choices(
    facet: FacetResult, pairs: Sequence[Pair], labels: RegionLabels, texts: Texts
) -> tuple[Choice, ...]:
    typed = [value for name, value in pairs if name == facet.field]
    return choices(facet, typed, labels.resolver.folding, texts)


def _is_cut(facet: FacetResult) -> bool:
    return len(facet.values) > MOST_LISTED or facet.other > 0


def _found(facet: FacetResult, find: str, labels: RegionLabels) -> FacetResult:
    """The values that hold what is sought, and those that are chosen."""
    sought = (
        _regions_found(facet, find, labels) if facet.field == REGION else _values_found(facet, find, labels)
    )
    kept = tuple(value for value in facet.values if value.selected or value.value in sought)
    return replace(facet, values=kept, other=0, missing=0)


def _values_found(facet: FacetResult, find: str, labels: RegionLabels) -> frozenset[str]:
    folded = labels.resolver.folding.fold(find).strip()
    return frozenset(value.value for value in facet.values if folded in value.value)


def _regions_found(facet: FacetResult, find: str, labels: RegionLabels) -> frozenset[str]:
    """The units that are called so, by whatever name, and those above them, which show where they are."""
    regions, folding = labels.regions, labels.resolver.folding
    folded = folding.fold(find).strip()
    counted = [value.value for value in facet.values if regions.find(value.value) is not None]
    named = [code for code in counted if folded in folding.fold(labels.path(code))]
    units = {*named, *_sought_regions(find, labels)}
    return frozenset(code for unit in units for code in (*regions.ancestors(unit), unit))


def _sought_regions(find: str, labels: RegionLabels) -> tuple[str, ...]:
    """The codes of the units that are called so, by whatever name."""
    match labels.resolver.find(find) if find else None:
        case Found(codes):
            return codes
        case Ambiguous(candidates):
            return tuple(candidate.code for candidate in candidates)
        case _:
            return ()
