"""Feeds as RFC 4287 describes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element

from web.formats.xml_text import add_element, xml_document, xml_text
from web.presenters.dates import iso_time

ATOM = "http://www.w3.org/2005/Atom"
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
GENERATOR = "regional-policy-search"
CONTENT_TYPE = "application/atom+xml; charset=utf-8"
"""With the charset: Chromium shows a feed as text, and looks for its encoding nowhere else."""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A link of a feed or an entry, to an absolute address."""

    relation: str
    href: str
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """What an entry is about. `scheme` says by an address which list the term is of."""

    term: str
    label: str
    scheme: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article in a feed. `id` never changes; `title` is plain text, `summary` HTML; `language` is theirs.

    `published` is None where nobody knows it; `updated` is when the entry last changed to its readers.
    """

    id: str
    title: str
    language: str
    updated: datetime
    published: datetime | None
    author: str | None
    links: Sequence[FeedLink]
    categories: Sequence[Category]
    summary: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A page of a list of entries. `id` is that of the list and never changes; `author` is who publishes it.

    `total` counts the list; `start` is the number of the first entry in it, from 1; `per_page` is how many a
    page has.
    """

    id: str
    title: str
    language: str
    author: str
    updated: datetime
    links: Sequence[FeedLink]
    entries: Sequence[Entry]
    total: int
    start: int
    per_page: int


def atom_document(feed: Feed) -> bytes:
    """The feed as a document in UTF-8. Characters that XML cannot hold are U+FFFD in it."""
    root = Element("feed", {"xmlns": ATOM, "xmlns:opensearch": OPENSEARCH, "xml:lang": feed.language})
    add_element(root, "id", feed.id)
    add_element(root, "title", feed.title)
    add_element(root, "updated", iso_time(feed.updated))
    add_element(add_element(root, "author"), "name", feed.author)
    add_element(root, "generator", GENERATOR)
    _add_links(root, feed.links)
    add_element(root, "opensearch:totalResults", str(feed.total))
    add_element(root, "opensearch:startIndex", str(feed.start))
    add_element(root, "opensearch:itemsPerPage", str(feed.per_page))
    for entry in feed.entries:
        _add_entry(root, entry)
    return xml_document(root)


def _add_entry(root: Element, entry: Entry) -> None:
    element = add_element(root, "entry")
    element.set("xml:lang", xml_text(entry.language))
    add_element(element, "id", entry.id)
    add_element(element, "title", entry.title)
    add_element(element, "updated", iso_time(entry.updated))
    if entry.published is not None:
        add_element(element, "published", iso_time(entry.published))
    if entry.author is not None:
        add_element(add_element(element, "author"), "name", entry.author)
    _add_links(element, entry.links)
    for category in entry.categories:
        add_element(element, "category", term=category.term, scheme=category.scheme, label=category.label)
    if entry.summary is not None:
        add_element(element, "summary", entry.summary, type="html")


def _add_links(element: Element, links: Sequence[FeedLink]) -> None:
    for link in links:
        add_element(element, "link", rel=link.relation, type=link.media_type, href=link.href)
