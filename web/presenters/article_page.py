"""The page of one article: its text with numbered marks and repaired places, or what came in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from index.article import TAG_SEPARATOR, Article, Original, Part, Repair
from search.results import ArticleView, Span
from web.params import ArticleParameters, TextForm
from web.presenters.dates import ShownTime, shown_time
from web.presenters.links import api_article_href, article_href, outside_href, search_href
from web.presenters.marks import Segment, segments
from web.presenters.passages import Passage, Stretch, paragraphs, passages
from web.presenters.result_item import language
from web.query_string import Pair
from web.texts import TEXTS, say

MAX_LISTED_REPAIRS = 200
"""Repairs listed on the page; chosen by hand on 2026-11-24: more is for machines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRepair:
    """One repair. `has_place`: the text shows where it was; an empty `after`: text was only taken out."""

    number: int
    has_place: bool
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RepairGroup:
    """The repairs that one rule made, in the order of the log."""

    rule: str
    repairs: tuple[ShownRepair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownOriginal:
    """What came in, as text; where a repair happened later it is marked, if offsets into it are known."""

    note: str
    encoding: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """Everything that the page of an article shows."""

    id: str
    q: str
    lang: str
    plain_title: str
    title: tuple[Passage, ...]
    source: str | None
    source_href: str | None
    origin: str | None
    category: tuple[str, ...]
    published: ShownTime | None
    link: str | None
    address: str | None
    lead: tuple[tuple[Passage, ...], ...]
    body: tuple[tuple[Passage, ...], ...]
    tags: tuple[tuple[Passage, ...], ...]
    notice: tuple[str, ...]
    related: tuple[str, ...]
    mark_count: int
    marks_truncated: bool
    repair_groups: tuple[RepairGroup, ...]
    repair_count: int
    unlisted_repairs: int
    original: ShownOriginal | None
    repaired_href: str
    original_href: str
    json_href: str
    back_href: str


def article_page(view: ArticleView, parameters: ArticleParameters, back: Sequence[Pair]) -> ArticlePage:
    """The page of this view; `back` is the search that the reader came from, empty if unknown."""
    article = view.article
    query = (("q", parameters.q),) if parameters.q else ()
    marks = _numbered_marks(view.highlights)
    repairs = _numbered_repairs(article)
    return ArticlePage(
        id=article.id,
        q=parameters.q,
        lang=language(article),
        plain_title=article.title,
        title=passages(article.title, 0, marks[Part.TITLE], repairs[Part.TITLE]),
        source=article.source,
        source_href=search_href((("source", article.source),)) if article.source else None,
        origin=article.origin if article.origin != article.source else None,
        category=article.category,
        published=None if article.published is None else shown_time(article.published),
        link=outside_href(article.url),
        address=article.url,
        lead=paragraphs(article.lead, marks[Part.LEAD], repairs[Part.LEAD]),
        body=paragraphs(article.body, marks[Part.BODY], repairs[Part.BODY]),
        tags=_tags(article, marks[Part.TAGS], repairs[Part.TAGS]),
        notice=tuple(line for line in article.notice.split("\n") if line.strip()),
        related=article.related,
        mark_count=sum(len(numbered) for numbered in marks.values()),
        marks_truncated=view.highlights_truncated,
        repair_groups=_grouped(article.repairs, repairs),
        repair_count=len(article.repairs),
        unlisted_repairs=max(0, len(article.repairs) - MAX_LISTED_REPAIRS),
        original=_original(view) if parameters.text is TextForm.ORIGINAL else None,
        repaired_href=article_href(article.id, query),
        original_href=article_href(article.id, (*query, ("text", TextForm.ORIGINAL.value))),
        json_href=api_article_href(article.id, query),
        back_href=search_href(back or query),
    )


def _numbered_marks(highlights: Mapping[Part, Sequence[Span]]) -> dict[Part, tuple[Stretch, ...]]:
    spans = [highlights.get(part, ()) for part in Part]
    before = accumulate((len(of_part) for of_part in spans), initial=1)
    return {
        part: tuple(
            Stretch(number, start, start + length)
            for number, (start, length) in enumerate(of_part, start=first)
        )
        for part, of_part, first in zip(Part, spans, before, strict=False)
    }


def _numbered_repairs(article: Article) -> dict[Part, tuple[Stretch, ...]]:
    """Where each repair shows, numbered as in the log.

    One that only took text out shows on the character before it. One that falls on a place already shown,
    or outside the searched parts, is in the list alone.
    """
    shown: dict[Part, list[Stretch]] = {part: [] for part in Part}
    numbered = enumerate(article.repairs, start=1)
    for number, repair in sorted(numbered, key=lambda entry: (entry[1].start, entry[0])):
        if repair.part is None:
            continue
        of_part = shown[repair.part]
        start, end = repair.start, repair.start + repair.length
        if start == end:
            start, end = (start - 1, start) if start else (0, 1)
        if not of_part or start >= of_part[-1].end:
            of_part.append(Stretch(number, start, end))
    return {part: tuple(stretches) for part, stretches in shown.items()}


def _tags(
    article: Article, marks: Sequence[Stretch], repairs: Sequence[Stretch]
) -> tuple[tuple[Passage, ...], ...]:
    starts = accumulate((len(tag) + len(TAG_SEPARATOR) for tag in article.tags), initial=0)
    return tuple(
        passages(tag, start, marks, repairs) for tag, start in zip(article.tags, starts, strict=False)
    )


def _grouped(repairs: Sequence[Repair], places: Mapping[Part, Sequence[Stretch]]) -> tuple[RepairGroup, ...]:
    placed = {stretch.number for of_part in places.values() for stretch in of_part}
    groups: dict[str, list[ShownRepair]] = {}
    for number, repair in enumerate(repairs[:MAX_LISTED_REPAIRS], start=1):
        row = ShownRepair(number=number, has_place=number in placed, before=repair.before, after=repair.after)
        groups.setdefault(repair.rule, []).append(row)
    return tuple(RepairGroup(_rule(rule), tuple(rows)) for rule, rows in groups.items())


def _rule(rule: str) -> str:
    key = f"rule.{rule}"
    return say(key) if key in TEXTS else say("rule.other", rule=rule)


def _original(view: ArticleView) -> ShownOriginal:
    original = view.original
    text = original.data.decode(original.encoding, "replace")
    spans = _places_in_page(view.article) if _is_page(original) else ()
    return ShownOriginal(
        note=say("article.original_note" if _is_page(original) else "article.original_record"),
        encoding=say("article.original_encoding", encoding=original.encoding, size=f"{len(original.data):,}"),
        segments=segments(text, spans),
    )


def _is_page(original: Original) -> bool:
    return original.media_type == "text/plain"


def _places_in_page(article: Article) -> tuple[Span, ...]:
    return tuple(sorted((repair.original_start, repair.original_length) for repair in article.repairs))
