"""The feed of a search, and articles as its entries."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from types import MappingProxyType
from typing import Final

from index.article import Article
from index.describe.times import CHINA
from index.regions.tree import Regions
from search.request import Collapse
from search.results import Hit, SearchResult
from web.formats.atom import Category, Entry, Feed, FeedLink
from web.formats.format import Format
from web.formats.links import Link, Listing, links
from web.http.site_address import SiteAddress
from web.parameters.query_string import Pair, canonical_pairs
from web.presenters.article_fields import region_path
from web.presenters.links import article_href, outside_href
from web.presenters.marks import snippet_html
from web.presenters.notices import copies_message
from web.texts.texts import Texts

OF_THE_PAGE: Final = ("page", "per_page", "cursor", "lang")
OF_THE_ENTRIES: Final = ("fields", "facets", "snippets", "snippet_length", "highlight", "explain")
NOT_OF_THE_LIST: Final = frozenset((*OF_THE_PAGE, *OF_THE_ENTRIES))
"""Parameters that do not change which articles a feed lists, or in which order."""

UNKNOWN: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""When something changed of which nothing is known: Atom must have a time, and it has to be the same each
time."""

RELATIONS: Final[Mapping[str, str]] = MappingProxyType(
    {"first": "first", "prev": "previous", "next": "next", "self": "self"}
)
"""What RFC 5005 calls the pages of a feed."""


@dataclass(frozen=True, slots=True)
class Feeds:
    """Makes feeds that lead to a site, in a language. `publisher` is the name of the site."""

    site: SiteAddress
    publisher: str
    regions: Regions
    texts: Texts

    def search_feed(
        self, result: SearchResult, listing: Listing, filters: Sequence[str], collapse: Collapse
    ) -> Feed:
        """The feed of this page of hits, which is one of the pages of a list; its title names the filters."""
        entries = tuple(self.entry(hit, collapse) for hit in result.hits)
        return Feed(
            id=self.site.tag_uri(f"search:{_list_digest(listing.pairs)}"),
            title=self._title(result.q, filters),
            language=self.texts.language.value,
            author=self.publisher,
            updated=max((entry.updated for entry in entries), default=result.committed or UNKNOWN),
            links=tuple(self._feed_links(links(listing))),
            entries=entries,
            total=result.listed,
            start=result.offset + 1,
            per_page=listing.per_page,
        )

    def entry(self, hit: Hit, collapse: Collapse) -> Entry:
        """A hit as an entry; the summary is its snippets, and how many copies there are.

        Where it stands for all copies its id is that of the earliest: who has seen a text does not see it
        again as a new one when somebody reposts it.
        """
        article = hit.article
        folded = hit.copies if collapse is Collapse.DUPLICATES else None
        named = article.id if folded is None else folded.earliest
        summary = [snippet_html(snippet, article) for snippet in hit.snippets]
        if copies := copies_message(article.id, hit.copies, self.texts):
            summary.append(escape(copies))
        return Entry(
            id=self.site.tag_uri(f"article:{named}"),
            title=article.title,
            language=f"zh-{article.script.value}",
            updated=_changed(hit),
            published=article.published,
            author=article.source,
            links=tuple(self._entry_links(article)),
            categories=tuple(self._categories(article)),
            summary="".join(f"<p>{part}</p>" for part in summary) or None,
        )

    def _title(self, q: str, filters: Sequence[str]) -> str:
        """What a feed reader lists: feeds of one query with other filters have to be told apart there."""
        what = q.strip() or self.texts.say("search.heading_all")
        if filters:
            listed = self.texts.say("feed.separator").join(filters)
            what = self.texts.say("feed.filtered", what=what, filters=listed)
        return self.texts.say("feed.title", what=what, site=self.publisher)

    def _feed_links(self, found: tuple[Link, ...]) -> Iterator[FeedLink]:
        for link in found:
            if link.relation in RELATIONS:
                relation, media_type = RELATIONS[link.relation], Format.ATOM.media_type
            else:
                relation, media_type = link.relation, link.media_type or ""
            yield FeedLink(relation, self.site.absolute(link.href), media_type)

    def _entry_links(self, article: Article) -> Iterator[FeedLink]:
        yield FeedLink("alternate", self.site.absolute(article_href(article.id)), "text/html")
        if (source := outside_href(article.url)) is not None:
            yield FeedLink("via", source)

    def _categories(self, article: Article) -> Iterator[Category]:
        for topic in article.topics:
            yield Category(topic.name, topic.name)
        scheme = self.site.absolute("/api/v1/regions")
        # An article may be both of a region and about it.
        for code in dict.fromkeys(region.code for region in article.regions):
            if path := region_path(code, self.regions):
                yield Category(code, "".join(path), scheme)


def _list_digest(pairs: Sequence[Pair]) -> str:
    """The same for all pages and languages of a list."""
    asked = canonical_pairs(pair for pair in pairs if pair[0] not in NOT_OF_THE_LIST)
    return hashlib.sha256(asked.encode()).hexdigest()[:32]


def _changed(hit: Hit) -> datetime:
    """When an article came out, as far as it is known; else when it came in."""
    article = hit.article
    if article.published is not None:
        return article.published
    if article.document.signed is not None:
        return datetime.combine(article.document.signed, datetime.min.time(), CHINA)
    return hit.added or UNKNOWN
