"""The fields of an article as JSON writes them."""

from collections.abc import Iterable

from index.article import Article
from web.presenters.dates import iso_time


def article_fields(article: Article, names: Iterable[str]) -> dict[str, object]:
    """The named fields in the order of the names. Raises KeyError for a name that is no field."""
    published = None if article.published is None else iso_time(article.published)
    values: dict[str, object] = {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "source": article.source,
        "origin": article.origin,
        "published_at": published,
        "lead": article.lead,
        "body": article.body,
        "tags": article.tags,
        "category": article.category,
        "script": article.script.value,
    }
    return {name: values[name] for name in names}
