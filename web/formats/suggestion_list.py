"""Suggestions as browsers take them (the extension of OpenSearch for suggestions)."""

from collections.abc import Sequence
from typing import Final

from search.suggestions.suggestion import Suggestion
from web.http.site_address import SiteAddress
from web.presenters.links import search_href
from web.texts.texts import Texts

SUGGESTIONS: Final = "application/x-suggestions+json"
SUGGEST_SUFFIX: Final = "opensearch"
SUGGEST_PATH: Final = f"/api/v1/suggest.{SUGGEST_SUFFIX}"
"""Browsers do not ask for the media type, so the address alone has to say it."""

SuggestionList = tuple[str, Sequence[str], Sequence[str], Sequence[str]]
"""What was typed; the texts, what is said of each, and where each leads to."""


def suggestion_list(
    typed: str, suggestions: Sequence[Suggestion], site: SiteAddress, texts: Texts
) -> SuggestionList:
    """What goes on from what was typed. A text of several kinds is there once, with its first count."""
    counts: dict[str, int] = {}
    for suggestion in suggestions:
        counts.setdefault(suggestion.text, suggestion.count)
    return (
        typed,
        tuple(counts),
        [texts.say("opensearch.found", count=count) for count in counts.values()],
        [site.absolute(search_href((("q", text),))) for text in counts],
    )
