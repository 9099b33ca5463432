"""The page about the site: what is here, from whom, how fresh it is, and whom to write to."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.article_reader import CorpusStats
from search.results import FacetResult, Readiness
from web.parameters.query_string import Pair
from web.presenters.counted import CountedValue, counted_values
from web.presenters.dates import ShownTime, shown_time
from web.presenters.links import outside_href
from web.texts.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Something that is counted, in words, and how much of it there is; `time` in its place for a time."""

    term: str
    value: str
    time: ShownTime | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to write to: an address of mail or of a page, and where a link to it leads."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPage:
    """Everything that the page shows; `contact` is None where the operator gave none."""

    holdings: tuple[Holding, ...]
    sources: tuple[CountedValue, ...]
    contact: Contact | None


def about_page(
    stats: CorpusStats,
    readiness: Readiness,
    sources: FacetResult | None,
    *,
    contact: str | None,
    texts: Texts,
    kept: Sequence[Pair],
) -> AboutPage:
    """The page of this corpus; `sources` has the commonest ones, None where no index can be searched.

    `kept` is what links carry beside their own parameters.
    """
    return AboutPage(
        holdings=_holdings(stats, readiness, sources, texts),
        sources=() if sources is None else counted_values(sources, kept),
        contact=None if contact is None else _contact(contact),
    )


def _holdings(
    stats: CorpusStats, readiness: Readiness, sources: FacetResult | None, texts: Texts
) -> tuple[Holding, ...]:
    say = texts.say
    holdings = [Holding(term=say("about.articles"), value=f"{stats.articles:,}")]
    if sources is not None:
        holdings.append(Holding(term=say("about.sources_count"), value=f"{sources.distinct:,}"))
    if stats.newest is not None:
        newest = shown_time(stats.newest, texts)
        holdings.append(Holding(term=say("about.newest"), value=newest.day, time=newest))
    holdings.append(Holding(term=say("about.undated"), value=f"{stats.undated:,}"))
    holdings.append(Holding(term=say("about.repaired"), value=f"{stats.repaired:,}"))
    if readiness.generation is not None:
        holdings.append(Holding(term=say("about.generation"), value=readiness.generation))
    holdings.append(Holding(term=say("about.lag"), value=f"{readiness.lag:,}"))
    return tuple(holdings)


def _contact(contact: str) -> Contact:
    return Contact(contact, contact if outside_href(contact) else f"mailto:{contact}")
