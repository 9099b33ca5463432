"""The fields of an article as JSON writes them."""

from collections.abc import Iterable

from index.article import Article, RegionTag, TopicTag
from index.regions.tree import Regions
from web.presenters.dates import iso_time


def article_fields(article: Article, names: Iterable[str], regions: Regions) -> dict[str, object]:
    """The named fields in the order of the names. Raises KeyError for a name that is no field."""
    published = None if article.published is None else iso_time(article.published)
    facts = article.document
    values: dict[str, object] = {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "source": article.source,
        "origin": article.origin,
        "published_at": published,
        "region": [_region(tag, regions) for tag in article.regions],
        "topic": [_topic(tag) for tag in article.topics],
        "document_number": facts.number,
        "agency": facts.agency,
        "level": None if facts.level is None else facts.level.value,
        "document_type": facts.type,
        "signed": None if facts.signed is None else facts.signed.isoformat(),
        "effective": None if facts.effective is None else facts.effective.isoformat(),
        "lead": article.lead,
        "body": article.body,
        "tags": article.tags,
        "category": article.category,
        "script": article.script.value,
    }
    return {name: values[name] for name in names}


def region_path(code: str, regions: Regions) -> tuple[str, ...]:
    """The names from the province down to the unit; empty for a code of a unit that is no more."""
    return () if regions.find(code) is None else regions.path(code)


def _region(tag: RegionTag, regions: Regions) -> dict[str, object]:
    return {
        "code": tag.code,
        "path": region_path(tag.code, regions),
        "relation": tag.relation.value,
        "weight": round(tag.weight, 2),
    }


def _topic(tag: TopicTag) -> dict[str, object]:
    return {"name": tag.name, "weight": round(tag.weight, 2), "evidence": tag.evidence}
