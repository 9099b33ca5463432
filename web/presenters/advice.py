"""Ways on from a search that found little or nothing, as links with what they lead to."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.suggestions.query_help import QueryHelp
from search.suggestions.suggestion import Correction, FilterCount, PartCount
from web.parameters.query_string import Pair
from web.presenters.chips import shown_value
from web.presenters.links import search_href, without
from web.presenters.marks import Segment, segments
from web.presenters.region_labels import RegionLabels
from web.texts.texts import Texts


@dataclass(frozen=True, slots=True)
class OtherQuery:
    """A query that was probably meant; what is new in it is marked."""

    text: tuple[Segment, ...]
    count: str
    href: str


@dataclass(frozen=True, slots=True)
class Try:
    """Another search, in words, with the articles that it finds; `href` is None where it finds none."""

    label: str
    count: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Advice:
    """Other queries, the likeliest first, parts of the query alone, and the same search without a filter."""

    others: tuple[OtherQuery, ...]
    parts: tuple[Try, ...]
    filters: tuple[Try, ...]


def advice(given: QueryHelp, pairs: Sequence[Pair], labels: RegionLabels, texts: Texts) -> Advice:
    """The help with the search of these pairs."""
    no_hits = given.no_hits
    return Advice(
        others=tuple(_other(correction, pairs) for correction in given.corrections),
        parts=() if no_hits is None else tuple(_part(part, pairs) for part in no_hits.parts),
        filters=()
        if no_hits is None
        else tuple(_without(one, pairs, labels, texts) for one in no_hits.filters),
    )


def _other(correction: Correction, pairs: Sequence[Pair]) -> OtherQuery:
    return OtherQuery(
        text=segments(correction.q, correction.highlights),
        count=f"{correction.count:,}",
        href=_asking(correction.q, pairs),
    )


def _part(part: PartCount, pairs: Sequence[Pair]) -> Try:
    return _try(part.text, part.count, _asking(part.q, pairs))


def _without(one: FilterCount, pairs: Sequence[Pair], labels: RegionLabels, texts: Texts) -> Try:
    values = tuple(shown_value(name, value, labels, texts) for name, value in pairs if name == one.name)
    label = texts.say("nothing.without", label=texts.say(f"chips.{one.name}", value=values))
    return _try(label, one.count, search_href(without(pairs, one.name)))


def _try(label: str, count: int, href: str) -> Try:
    return Try(label, f"{count:,}", href if count else None)


def _asking(q: str, pairs: Sequence[Pair]) -> str:
    return search_href((("q", q), *without(pairs, "q")))
