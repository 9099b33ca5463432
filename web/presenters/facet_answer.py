"""Facets and timelines as the API tells them."""

from collections.abc import Sequence

from msgspec import UNSET

from index.regions.tree import Regions
from search.results import FacetResult, SearchResult
from search.timeline import Timeline
from web.api.answers.counts import (
    BucketAnswer,
    FacetAnswer,
    FacetValueAnswer,
    OneFacetAnswer,
    TimelineAnswer,
)
from web.presenters.article_fields import region_path


def facet_answers(facets: Sequence[FacetResult], regions: Regions) -> dict[str, FacetAnswer]:
    """The facets of a search by their fields."""
    return {
        facet.field: FacetAnswer(
            values=_values(facet, regions),
            distinct=facet.distinct,
            other=facet.other,
            missing=facet.missing,
            missing_selected=facet.missing_selected,
        )
        for facet in facets
    }


def one_facet_answer(result: SearchResult, regions: Regions) -> OneFacetAnswer:
    """The answer of `/api/v1/facets`, of a search for one facet."""
    (facet,) = result.facets
    return OneFacetAnswer(
        facet=facet.field,
        values=_values(facet, regions),
        total_values=facet.distinct,
        other=facet.other,
        missing=facet.missing,
        missing_selected=facet.missing_selected,
        total=result.total,
        generation=result.generation,
    )


def timeline_answer(timeline: Timeline) -> TimelineAnswer:
    """The answer of `/api/v1/timeline`."""
    return TimelineAnswer(
        interval=timeline.interval,
        buckets=tuple(BucketAnswer(bucket.start, bucket.count) for bucket in timeline.buckets),
        undated=timeline.undated,
        total=timeline.total,
        generation=timeline.generation,
    )


def _values(facet: FacetResult, regions: Regions) -> tuple[FacetValueAnswer, ...]:
    return tuple(
        FacetValueAnswer(
            value=value.value,
            count=value.count,
            selected=value.selected,
            path=region_path(value.value, regions) if facet.field == "region" else UNSET,
        )
        for value in facet.values
    )
