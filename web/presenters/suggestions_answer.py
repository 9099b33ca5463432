"""Suggestions as JSON. All spans are [start, length] in code points."""

from collections.abc import Sequence

from search.suggestions.query_help import QueryHelp
from search.suggestions.suggestion import Correction, NoHitsHelp, Suggestion


def suggestions_answer(q: str, suggestions: Sequence[Suggestion]) -> dict[str, object]:
    """The answer of `/api/v1/suggest`: what goes on from `q`."""
    return {"q": q, "items": [_item(suggestion) for suggestion in suggestions]}


def query_help_answer(given: QueryHelp) -> dict[str, object]:
    """What else may have been meant by a query, and where nothing is found, why."""
    return {
        "suggestions": [_correction(correction) for correction in given.corrections],
        "no_hits": None if given.no_hits is None else _no_hits(given.no_hits),
    }


def _item(suggestion: Suggestion) -> dict[str, object]:
    return {
        "text": suggestion.text,
        "kind": suggestion.kind.value,
        "value": suggestion.value,
        "count": suggestion.count,
        "matched": suggestion.matched.value,
        "highlights": suggestion.highlights,
    }


def _correction(correction: Correction) -> dict[str, object]:
    return {
        "kind": "did_you_mean",
        "q": correction.q,
        "count": correction.count,
        "reason": correction.reason.value,
        "highlights": correction.highlights,
    }


def _no_hits(no_hits: NoHitsHelp) -> dict[str, object]:
    return {
        "parts": [
            {"text": part.text, "span": part.span, "q": part.q, "count": part.count} for part in no_hits.parts
        ],
        "filters": [{"name": without.name, "count": without.count} for without in no_hits.filters],
    }
