"""What is known of an article besides its text, as a list of terms with their values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.article import Article, Level, RegionTag, Relation, TopicTag
from index.regions.tree import Regions
from web.parameters.query_string import Pair
from web.parameters.regions import region_name
from web.presenters.article_fields import region_path
from web.presenters.dates import shown_day
from web.presenters.links import search_href
from web.texts.texts import Texts

SHOWN_EVIDENCE = 3
"""Phrases that are shown for a topic; the JSON has all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactValue:
    """A value; `href` leads to the articles that share it, `machine` is a date for the `datetime` attribute.

    `evidence` are the words of the article that it comes from, in their language.
    `is_said`: the text is in the language of the page, as no content is.
    """

    text: str
    href: str | None = None
    machine: str | None = None
    evidence: str = ""
    is_said: bool = False


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


def described(article: Article, regions: Regions, texts: Texts, kept: Sequence[Pair]) -> tuple[Fact, ...]:
    """The facts that are known of an article, in the order in which people read them.

    `kept` is what their links carry beside the value.
    """
    return tuple(_facts(article, regions, texts, kept))


def _facts(article: Article, regions: Regions, texts: Texts, kept: Sequence[Pair]) -> Iterator[Fact]:
    facts = article.document
    if facts.number is not None:
        yield Fact(texts.say("fact.number"), (FactValue(text=facts.number),), is_quoted=True)
    if facts.agency is not None:
        yield Fact(texts.say("fact.agency"), (_value("agency", facts.agency, kept),), is_quoted=True)
    if facts.level is not None:
        yield Fact(texts.say("fact.level"), (_level(facts.level, texts, kept),))
    if facts.type is not None:
        yield Fact(texts.say("fact.type"), (_value("document_type", facts.type, kept),))
    if facts.signed is not None:
        yield Fact(texts.say("fact.signed"), (_day(facts.signed, texts),))
    if facts.effective is not None:
        yield Fact(texts.say("fact.effective"), (_day(facts.effective, texts),))
    for relation in Relation:
        tags = [tag for tag in article.regions if tag.relation is relation]
        shown = [region for tag in tags if (region := shown_region(tag, regions)) is not None]
        if shown:
            yield Fact(
                texts.say(f"fact.region.{relation.value}"),
                tuple(_value("region", region, kept) for region in shown),
                is_wide=True,
            )
    if article.topics:
        yield Fact(
            texts.say("fact.topics"),
            tuple(_topic(topic, texts, kept) for topic in article.topics),
            is_wide=True,
        )


def _day(day: date, texts: Texts) -> FactValue:
    return FactValue(text=shown_day(day, texts), machine=day.isoformat())


def _value(name: str, text: str, kept: Sequence[Pair]) -> FactValue:
    """A value that the filter of this name takes."""
    return FactValue(text=text, href=search_href(((name, text), *kept)))


def _level(level: Level, texts: Texts, kept: Sequence[Pair]) -> FactValue:
    value = _value("level", level.value, kept)
    return replace(value, text=texts.say(f"level.{level.value}"), is_said=True)


def _topic(topic: TopicTag, texts: Texts, kept: Sequence[Pair]) -> FactValue:
    value = _value("topic", topic.name, kept)
    return replace(value, evidence=texts.join(topic.evidence[:SHOWN_EVIDENCE]))
