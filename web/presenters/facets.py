"""The facets beside a list of results: what is counted for them, and the check boxes that come of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from search.planning.filters import MISSING
from search.request import FacetRequest
from search.results import FacetResult
from web.parameters.query_string import Pair
from web.presenters.choices import YEAR, Choice, choices, shown_first
from web.presenters.links import facets_href
from web.presenters.region_labels import RegionLabels
from web.presenters.region_tree import REGION, RegionTree, named_regions, region_tree
from web.presenters.search_form import AFTER, BEFORE
from web.texts.texts import Texts

SHOWN: Final = 10
"""Values of a facet beside the list (page contract); what is chosen is shown in any case."""
SHOWN_OF_DOCUMENTS: Final = 5
"""Of those that few people need; names of agencies are long. Chosen by hand on 2026-11-28."""
COUNTED_REGIONS: Final = 40
COUNTED_YEARS: Final = 200
"""Enough to see all years that articles can have."""

FACETS: Final = ("topic", "source", YEAR)
DOCUMENT_FACETS: Final = ("agency", "level", "document_type")
"""Those that official documents have, out of the way of everybody else."""
PAGE_FACETS: Final = (REGION, *FACETS, *DOCUMENT_FACETS)


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetGroup:
    """A facet with the values that are shown; `more_href` leads to all of them, where there are more."""

    name: str
    legend: str
    choices: tuple[Choice, ...]
    more_href: str | None
    more_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """Everything that can be chosen from beside the list. `is_document_open`: one of the documents' facets
    is chosen from."""

    regions: RegionTree
    regions_more_href: str | None
    groups: tuple[FacetGroup, ...]
    document_groups: tuple[FacetGroup, ...]
    is_document_open: bool

    @property
    def fields(self) -> tuple[str, ...]:
        """The parameters that the form has fields for; one without a value to choose has none to keep."""
        return (*PAGE_FACETS, AFTER, BEFORE)


def facet_requests(pairs: Sequence[Pair], labels: RegionLabels) -> tuple[FacetRequest, ...]:
    """What is to be counted for the page of these pairs."""
    regions = named_regions([value for name, value in pairs if name == REGION], labels)
    return (
        FacetRequest(field=REGION, limit=COUNTED_REGIONS, named=regions),
        *(FacetRequest(field=name, limit=COUNTED_YEARS if name == YEAR else SHOWN) for name in FACETS),
        *(FacetRequest(field=name, limit=SHOWN_OF_DOCUMENTS) for name in DOCUMENT_FACETS),
    )


def facets(
    counted: Sequence[FacetResult], pairs: Sequence[Pair], labels: RegionLabels, texts: Texts
) -> Facets:
    """The facets of a result that `facet_requests` were asked for with."""
    by_name = {facet.field: facet for facet in counted}
    tree = region_tree(by_name[REGION], pairs, labels, texts, most=SHOWN)
    groups = tuple(_group(by_name[name], pairs, labels, texts, SHOWN) for name in FACETS)
    of_documents = tuple(
        _group(by_name[name], pairs, labels, texts, SHOWN_OF_DOCUMENTS) for name in DOCUMENT_FACETS
    )
    return Facets(
        regions=tree,
        regions_more_href=facets_href(REGION, pairs) if tree.has_more else None,
        groups=tuple(group for group in groups if group.choices),
        document_groups=tuple(group for group in of_documents if group.choices),
        is_document_open=any(choice.checked for group in of_documents for choice in group.choices),
    )


def _group(
    facet: FacetResult, pairs: Sequence[Pair], labels: RegionLabels, texts: Texts, most: int
) -> FacetGroup:
    typed = [value for name, value in pairs if name == facet.field]
    known = choices(facet, typed, labels.resolver.folding, texts)
    shown = shown_first(known, most)
    legend = texts.say(f"facet.{facet.field}")
    has_more = facet.other > 0 or len(shown) < len(known)
    return FacetGroup(
        name=facet.field,
        legend=legend,
        choices=shown if any(choice.checked or choice.value != MISSING for choice in shown) else (),
        more_href=facets_href(facet.field, pairs) if has_more else None,
        more_label=texts.say("facet.more_of", facet=legend),
    )
