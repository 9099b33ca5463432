"""What is known of an article besides its text, as a list of terms with their values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from index.article import Article, RegionTag, Relation, TopicTag
from index.regions.tree import Regions
from web.parameters.regions import region_name
from web.presenters.article_fields import region_path
from web.presenters.dates import shown_day
from web.presenters.links import search_href
from web.texts import say

SHOWN_EVIDENCE = 3
"""Phrases that are shown for a topic; the JSON has all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactValue:
    """A value; `href` leads to the articles that share it, `machine` is a date for the `datetime` attribute.

    `note` says where the value comes from.
    """

    text: str
    href: str | None = None
    machine: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A term in words with at least one value.

    `is_quoted`: the values are the page's own words; `is_wide`: there may be many.
    """

    term: str
    values: tuple[FactValue, ...]
    is_quoted: bool = False
    is_wide: bool = False


def shown_region(tag: RegionTag, regions: Regions) -> str | None:
    """The full name of a tag's region, which a search takes too; None for a unit that is no more."""
    path = region_path(tag.code, regions)
    return region_name(path) if path else None


def region_of(article: Article, regions: Regions) -> str | None:
    """The name of the region that an article is tied to most; None where it has none."""
    shown = (shown_region(tag, regions) for tag in article.regions)
    return next((region for region in shown if region is not None), None)


def described(article: Article, regions: Regions) -> tuple[Fact, ...]:
    """The facts that are known of an article, in the order in which people read them."""
    return tuple(_facts(article, regions))


def _facts(article: Article, regions: Regions) -> Iterator[Fact]:
    facts = article.document
    if facts.number is not None:
        yield Fact(say("fact.number"), (FactValue(text=facts.number),), is_quoted=True)
    if facts.agency is not None:
        yield Fact(say("fact.agency"), (FactValue(text=facts.agency),), is_quoted=True)
    if facts.level is not None:
        yield Fact(say("fact.level"), (FactValue(text=say(f"level.{facts.level.value}")),))
    if facts.type is not None:
        yield Fact(say("fact.type"), (FactValue(text=facts.type),))
    if facts.signed is not None:
        yield Fact(say("fact.signed"), (_day(facts.signed),))
    if facts.effective is not None:
        yield Fact(say("fact.effective"), (_day(facts.effective),))
    for relation in Relation:
        tags = [tag for tag in article.regions if tag.relation is relation]
        shown = [region for tag in tags if (region := shown_region(tag, regions)) is not None]
        if shown:
            yield Fact(say(f"fact.region.{relation.value}"), tuple(map(_region, shown)), is_wide=True)
    if article.topics:
        yield Fact(say("fact.topics"), tuple(map(_topic, article.topics)), is_wide=True)


def _day(day: date) -> FactValue:
    return FactValue(text=shown_day(day), machine=day.isoformat())


def _region(name: str) -> FactValue:
    return FactValue(text=name, href=search_href((("region", name),)))


def _topic(topic: TopicTag) -> FactValue:
    phrases = "、".join(topic.evidence[:SHOWN_EVIDENCE])
    return FactValue(text=topic.name, note=say("fact.evidence", phrases=phrases) if phrases else None)
