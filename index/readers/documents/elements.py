"""What the elements of a web page mean for its text."""

from collections.abc import Mapping
from typing import Final

Attributes = Mapping[str, str]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BLOCKS: Final = _words(
    "address article aside blockquote body caption center dd details dialog dir div dl fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main marquee menu nav ol p "
    "plaintext pre search section summary table tbody tfoot thead ul xmp"
)
"""Elements that begin and end a line. Rows and cells of tables and terms (dt) have rules of their own."""

SKIPPED: Final = _words(
    "applet audio button canvas datalist embed frameset iframe input math meter noframes noscript object "
    "progress script select style svg template textarea video"
)
"""Elements without text of the page: programs, styles, controls, and what stands in for a missing feature."""

VERBATIM: Final = frozenset({"listing", "plaintext", "pre", "xmp"})
"""Elements whose line ends are line ends."""

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

_ARTICLE_ELEMENTS = frozenset({"article", "main"})

_ARTICLE_NAMES = _words(
    # Systems that most government sites are made with: TRS, the national portal's, webplus and others.
    "trs_editor trs_ueditor trs_word trs_preappend pages_content zoom zoomcon ucap-content ucapcontent "
    "vsb_content vsb_newscontent v_news_content wp_articlecontent easysite-news-text "
    # News portals and public accounts.
    "rm_txt_con artibody endtext js_content rich_media_content main-article "
    # Names that say it.
    "article-body article-content article-text article_body article_content article_text articlebody "
    "articlecontent articletext news-content news_content newscontent newstext news-text news_text "
    "entry-content post-content detail-content detail_content"
)
"""Identifiers and classes that are given to the text of an article, in lower case."""

_FRAME_ELEMENTS = frozenset({"aside", "footer", "nav"})
_FRAME_ROLES = frozenset({"complementary", "contentinfo", "navigation"})
_FRAME_NAMES = _words(
    "foot footer main-nav nav navbar page-footer page_footer sidebar site-footer site-nav topnav"
)

_CRUMB_NAMES = _words(
    "bread-crumb bread_crumb breadcrumb breadcrumb-nav breadcrumbnav breadcrumbs crumb crumbs dqwz mbx weizhi"
)


def is_article(tag: str, attributes: Attributes) -> bool:
    """True for an element that says of itself that it holds the article."""
    return (
        tag in _ARTICLE_ELEMENTS
        or attributes.get("role") == "main"
        or attributes.get("itemprop") == "articleBody"
        or not _ARTICLE_NAMES.isdisjoint(_names(attributes))
    )


def is_crumb(attributes: Attributes) -> bool:
    """True for an element that holds the breadcrumb."""
    return not _CRUMB_NAMES.isdisjoint(_names(attributes))


def is_frame(tag: str, attributes: Attributes) -> bool:
    """True for an element that belongs to the site: navigation, side column, foot."""
    return (
        tag in _FRAME_ELEMENTS
        or attributes.get("role") in _FRAME_ROLES
        or not _FRAME_NAMES.isdisjoint(_names(attributes))
    )


def _names(attributes: Attributes) -> frozenset[str]:
    return frozenset(f"{attributes.get('id', '')} {attributes.get('class', '')}".lower().split())
