"""Suggestions as the API tells them."""

from collections.abc import Sequence

from msgspec import UNSET

from search.suggestions.query_help import QueryHelp
from search.suggestions.suggestion import Correction, NoHitsHelp, Suggestion
from web.api.answers.suggestions import (
    CorrectionAnswer,
    FilterCountAnswer,
    NoHitsAnswer,
    PartCountAnswer,
    SuggestionAnswer,
    SuggestionsAnswer,
)


def suggestions_answer(
    q: str, suggestions: Sequence[Suggestion], given: QueryHelp | None = None
) -> SuggestionsAnswer:
    """The answer of `/api/v1/suggest`: what goes on from `q`; with help, what else may have been meant."""
    return SuggestionsAnswer(
        q=q,
        items=tuple(map(_item, suggestions)),
        suggestions=UNSET if given is None else corrections_answer(given),
        no_hits=UNSET if given is None else no_hits_answer(given.no_hits),
    )


def corrections_answer(given: QueryHelp) -> tuple[CorrectionAnswer, ...]:
    """What else may have been meant by a query."""
    return tuple(map(_correction, given.corrections))


def no_hits_answer(no_hits: NoHitsHelp | None) -> NoHitsAnswer | None:
    """Why nothing is found; None where that is not so."""
    if no_hits is None:
        return None
    return NoHitsAnswer(
        parts=tuple(
            PartCountAnswer(text=part.text, span=part.span, q=part.q, count=part.count)
            for part in no_hits.parts
        ),
        filters=tuple(FilterCountAnswer(without.name, without.count) for without in no_hits.filters),
    )


def _item(suggestion: Suggestion) -> SuggestionAnswer:
    return SuggestionAnswer(
        text=suggestion.text,
        kind=suggestion.kind,
        value=suggestion.value,
        count=suggestion.count,
        matched=suggestion.matched,
        highlights=suggestion.highlights,
    )


def _correction(correction: Correction) -> CorrectionAnswer:
    return CorrectionAnswer(
        kind="did_you_mean",
        q=correction.q,
        count=correction.count,
        reason=correction.reason,
        highlights=correction.highlights,
    )
