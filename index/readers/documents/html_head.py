"""What the head of a web page says of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from index.readers.record import MAX_NAME, MAX_TITLE, MAX_URL

_LONGEST: Final = {
    "articletitle": MAX_TITLE,
    "headline": MAX_TITLE,
    "og:title": MAX_TITLE,
    "twitter:title": MAX_TITLE,
    "keywords": MAX_TITLE,
    "og:url": MAX_URL,
    "url": MAX_URL,
}
"""Code points of a statement that is believed; of all others, MAX_NAME."""

_ADDRESS = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_KEYWORD_ENDS = re.compile(r"[\s,，;；、|]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadFacts:
    """Texts without white space around them; None or () where the head does not say.

    `article_title` is the title alone, `page_titles` are such as may have the site's name in them too.
    """

    article_title: str | None
    page_titles: tuple[str, ...]
    site: str | None
    source: str | None
    columns: tuple[str, ...]
    keywords: tuple[str, ...]
    published: str | None
    url: str | None


@dataclass(slots=True)
class HeadCollector:
    """Takes the elements of a head in their order; the first that says something counts."""

    _named: dict[str, str] = field(default_factory=dict)
    _columns: dict[str, None] = field(default_factory=dict)
    _title: str | None = None
    _canonical: str | None = None

    def title(self, text: str) -> None:
        title = _tidy(text)
        if title is not None and len(title) <= MAX_TITLE:
            self._title = self._title or title

    def meta(self, attributes: Mapping[str, str]) -> None:
        name = (
            attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
        ).lower()
        content = _tidy(attributes.get("content", ""))
        if not name or content is None or len(content) > _LONGEST.get(name, MAX_NAME):
            return
        if name == "columnname":
            self._columns[content] = None
        self._named.setdefault(name, content)

    def link(self, attributes: Mapping[str, str]) -> None:
        if "canonical" in attributes.get("rel", "").lower().split():
            self._canonical = self._canonical or _address(attributes.get("href"))

    def facts(self) -> HeadFacts:
        """What was said. The names are those of the rules for government sites (ArticleTitle, PubDate,
        ContentSource, ColumnName, Keywords, SiteName, Url), of Open Graph and of schema.org. Keywords count
        only beside an ArticleTitle: elsewhere they are the site's.
        """
        article_title = self._first("articletitle", "headline")
        titles = dict.fromkeys(filter(None, (self._first("og:title", "twitter:title"), self._title)))
        section = self._first("article:section")
        site = self._first("sitename", "og:site_name")
        return HeadFacts(
            article_title=article_title,
            page_titles=tuple(titles),
            site=site,
            source=self._first("contentsource", "source"),
            columns=tuple(self._columns) or ((section,) if section else ()),
            keywords=_keywords(self._first("keywords") or "", site) if article_title else (),
            published=self._first(
                "pubdate", "article:published_time", "og:release_date", "datepublished", "publishdate"
            ),
            url=self._canonical or _address(self._first("og:url")) or _address(self._first("url")),
        )

    def _first(self, *names: str) -> str | None:
        return next((self._named[name] for name in names if name in self._named), None)


def _keywords(text: str, site: str | None) -> tuple[str, ...]:
    words = dict.fromkeys(filter(None, _KEYWORD_ENDS.split(text)))
    return tuple(word for word in words if word != site)


def _address(text: str | None) -> str | None:
    """A whole address of the web; None for any other text."""
    address = (text or "").strip()
    return address if len(address) <= MAX_URL and _ADDRESS.fullmatch(address) else None


def _tidy(text: str) -> str | None:
    return " ".join(text.split()) or None
