"""How an article is cited: as GB/T 7714—2015 writes an electronic resource, and as a record in RIS."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from index.article import Article
from index.describe.times import CHINA
from web.presenters.links import outside_href

ELECTRONIC: Final = "[EB/OL]"
"""The sign of GB/T 7714—2015 for a text that is read online."""

RIS_TYPE: Final = "application/x-research-info-systems"

_LINE_END: Final = "\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What a citation is made of; every text is one line.

    `responsible` is the agency that issued the document, or where none is known the source. `published` is
    the day in China, `accessed` the day on which it was read here. `address` is that of the publisher, or
    where none is known that of our own page; None where neither is.
    """

    title: str
    responsible: str | None
    publisher: str | None
    number: str | None
    published: date | None
    accessed: date
    address: str | None
    keywords: tuple[str, ...]


def citation_of(article: Article, accessed: date, own_address: str | None) -> Citation:
    """What is cited of this article; `own_address` is that of its page here, None where no site has one."""
    facts = article.document
    published = None if article.published is None else article.published.astimezone(CHINA).date()
    address = outside_href(article.url) or own_address
    return Citation(
        title=_line(article.title) or article.id,
        responsible=_known(facts.agency) or _known(article.source),
        publisher=_known(article.source),
        number=_known(facts.number),
        published=published,
        accessed=accessed,
        address=None if address is None else _address(address),
        keywords=tuple(filter(None, map(_line, (topic.name for topic in article.topics)))),
    )


def gb_t_7714(citation: Citation) -> str:
    """The citation as a reference list has it: what is not known is left out with its signs.

    The standard wants half-width signs: `责任者. 题名: 文号[EB/OL]. (发布日期)[引用日期]. 地址.`
    """
    title = citation.title if citation.number is None else f"{citation.title}: {citation.number}"
    published = "" if citation.published is None else f"({citation.published.isoformat()})"
    parts = (
        citation.responsible,
        f"{title}{ELECTRONIC}",
        f"{published}[{citation.accessed.isoformat()}]",
        citation.address,
    )
    return ". ".join(part for part in parts if part) + "."


def ris_record(citation: Citation) -> str:
    """The citation for programs that manage references: a line for each tag, the last one ends the record."""
    lines = (f"{tag}  - {value}" for tag, value in _ris_fields(citation))
    return "".join(f"{line}{_LINE_END}" for line in lines)


def _ris_fields(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "TY", "ELEC"
    yield "TI", citation.title
    if citation.responsible is not None:
        yield "AU", citation.responsible
    if citation.publisher is not None:
        yield "PB", citation.publisher
    if citation.number is not None:
        yield "M1", citation.number
    if citation.published is not None:
        yield "PY", f"{citation.published:%Y}"
        yield "DA", f"{citation.published:%Y/%m/%d}"
    yield "Y2", f"{citation.accessed:%Y/%m/%d}"
    for keyword in citation.keywords:
        yield "KW", keyword
    if citation.address is not None:
        yield "UR", citation.address
    yield "ER", ""


def _known(text: str | None) -> str | None:
    return None if text is None else _line(text) or None


def _line(text: str) -> str:
    """The text on one line: a line break in a value would begin another field of RIS."""
    spaced = "".join(" " if _ends_or_controls(char) else char for char in text)
    return " ".join(filter(None, spaced.split(" ")))


def _ends_or_controls(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Zl", "Zp"}


def _address(url: str) -> str:
    """The address without what would end a line; browsers leave these out too."""
    return "".join(char for char in url if not _ends_or_controls(char) and char != " ")
