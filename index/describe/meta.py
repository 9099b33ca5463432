"""What the markup of a page says of it, as stretches of the repaired page."""

import re
from dataclasses import dataclass
from datetime import datetime

from index.describe.lines import Span
from index.describe.times import find_dates, parse_published
from index.readers.documents.parsed import PageMeta, Stretch
from index.text.edits import RepairedText

_YEAR = "((?:19|20)[0-9]{2})"
_ADDRESS_DATE = re.compile(
    rf"(?<=/)(?:t{_YEAR}([0-9]{{2}})([0-9]{{2}})_[0-9]|{_YEAR}[-/]?([0-9]{{2}})[-/]?([0-9]{{2}})/"
    rf"|{_YEAR}/([0-9]{{1,2}})/([0-9]{{1,2}})/)"
)
"""`/202410/t20241014_5012.html` (TRS), `/2024-10/14/`, `/2024/1014/`, `/20241014/`, `/2024/1/5/`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHints:
    """What stands beside the lines of a page; the default knows nothing.

    `lines_end` is where the page's own lines end; None where there is nothing else. `title` is proved,
    `fallback_title` is for a page whose lines show none. `article` holds the text; `frame` is the site's.
    """

    lines_end: int | None = None
    title: Span | None = None
    fallback_title: Span | None = None
    source: Span | None = None
    category: tuple[Span, ...] = ()
    keywords: tuple[Span, ...] = ()
    article: Span | None = None
    frame: tuple[Span, ...] = ()
    published: datetime | None = None


def hints_of(meta: PageMeta, repaired: RepairedText) -> PageHints:
    """The hints of a parsed page whose text was repaired; a date that cannot be read is none."""

    def span(stretch: Stretch) -> Span:
        return Span(repaired.repaired_offset(stretch.start), repaired.repaired_offset(stretch.end))

    def given(stretch: Stretch | None) -> Span | None:
        return None if stretch is None else span(stretch)

    return PageHints(
        lines_end=repaired.repaired_offset(meta.lines_end),
        title=given(meta.title),
        fallback_title=given(meta.fallback_title),
        source=given(meta.source),
        category=tuple(map(span, meta.category)),
        keywords=tuple(map(span, meta.keywords)),
        article=given(meta.article),
        frame=tuple(map(span, meta.frame)),
        published=published_of(meta.published) or published_by_address(meta.url),
    )


def published_of(text: str | None) -> datetime | None:
    """The first date in a text of any form, aware; None where there is none."""
    if text is None:
        return None
    try:
        return parse_published(text.strip())
    except ValueError:
        return next((date.moment for date in find_dates(text.lower())), None)


def published_by_address(url: str | None) -> datetime | None:
    """The day that an address names, midnight in China; None where it names none."""
    for found in _ADDRESS_DATE.finditer(url or ""):
        day = "-".join(filter(None, found.groups()))
        moment = next((date.moment for date in find_dates(day)), None)
        if moment is not None:
            return moment
    return None
