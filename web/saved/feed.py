"""The feed of a saved search."""

from index.saved_searches.saved_search import SavedSearch
from web.formats.atom import Feed, FeedLink, atom_document
from web.formats.search_feed import Feeds
from web.parameters.query_string import read_pairs
from web.presenters.links import search_href
from web.saved.news import FoundBySaved
from web.saved.service import FEED_SIZE


def saved_feed(feeds: Feeds, search: SavedSearch, found: FoundBySaved) -> bytes:
    """The articles that came in last as a document of Atom.

    Its own address is left out: it holds the key, and readers hand on what stands in a feed.
    """
    collapse = found.parameters.request.collapse
    entries = tuple(feeds.entry(hit, collapse) for hit in found.result.hits)
    page = feeds.site.absolute(search_href(read_pairs(search.query.encode())))
    return atom_document(
        Feed(
            id=feeds.site.tag_uri(f"saved:{search.id}"),
            title=search.name,
            language=feeds.texts.language.value,
            author=feeds.publisher,
            updated=max((entry.updated for entry in entries), default=search.created),
            links=(FeedLink("alternate", page, "text/html"),),
            entries=entries,
            total=found.result.listed,
            start=1,
            per_page=FEED_SIZE,
        )
    )
