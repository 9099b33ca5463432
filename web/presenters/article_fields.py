"""The fields of an article as the API tells them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from index.article import Article, RegionTag, TopicTag
from index.regions.tree import Regions
from web.api.answers.articles import RegionAnswer, TopicAnswer
from web.presenters.dates import iso_time


def article_fields(article: Article, names: Iterable[str], regions: Regions) -> dict[str, Any]:
    """The named fields, as ArticleFields takes them. Raises KeyError for a name that is no field."""
    return {name: _FIELDS[name](article, regions) for name in names}


def published_at(article: Article) -> str | None:
    """When it was published, in ISO 8601; None where it is not known."""
    return None if article.published is None else iso_time(article.published)


def region_path(code: str, regions: Regions) -> tuple[str, ...]:
    """The names from the province down to the unit; empty for a code of a unit that is no more."""
    return () if regions.find(code) is None else regions.path(code)


def _region(tag: RegionTag, regions: Regions) -> RegionAnswer:
    return RegionAnswer(
        code=tag.code,
        path=region_path(tag.code, regions),
        relation=tag.relation,
        weight=round(tag.weight, 2),
    )


def _topic(tag: TopicTag) -> TopicAnswer:
    return TopicAnswer(tag.name, round(tag.weight, 2), tag.evidence)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _level(article: Article) -> str | None:
    level = article.document.level
    return None if level is None else level.value


_FIELDS: Mapping[str, Callable[[Article, Regions], object]] = MappingProxyType(
    {
        "id": lambda article, _: article.id,
        "title": lambda article, _: article.title,
        "url": lambda article, _: article.url,
        "source": lambda article, _: article.source,
        "origin": lambda article, _: article.origin,
        "published_at": lambda article, _: published_at(article),
        "region": lambda article, regions: tuple(_region(tag, regions) for tag in article.regions),
        "topic": lambda article, _: tuple(map(_topic, article.topics)),
        "document_number": lambda article, _: article.document.number,
        "agency": lambda article, _: article.document.agency,
        "level": lambda article, _: _level(article),
        "document_type": lambda article, _: article.document.type,
        "signed": lambda article, _: _day(article.document.signed),
        "effective": lambda article, _: _day(article.document.effective),
        "lead": lambda article, _: article.lead,
        "body": lambda article, _: article.body,
        "tags": lambda article, _: article.tags,
        "category": lambda article, _: article.category,
        "script": lambda article, _: article.script.value,
    }
)
