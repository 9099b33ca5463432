"""The page of one article: its text with numbered marks and repaired places, or what came in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from types import MappingProxyType

from index.article import TAG_SEPARATOR, Article, Original, Part
from index.regions.tree import Regions
from search.results import ArticleView, CopyView, OtherMark, Span
from web.parameters.defined.language import LANG
from web.parameters.query_string import Pair
from web.parameters.requests import ArticleParameters, TextForm
from web.presenters.dates import ShownTime, shown_time
from web.presenters.described import Fact, described
from web.presenters.links import api_article_href, article_href, outside_href, search_href
from web.presenters.marks import Segment, segments
from web.presenters.passages import Passage, Stretch, paragraphs, passages
from web.presenters.result_item import language
from web.presenters.shown_repairs import ShownRepairs, shown_repairs
from web.presenters.surroundings import Surroundings
from web.texts.texts import Texts

PLAIN = "text/plain"

ORIGINAL_KINDS: Mapping[str, str] = MappingProxyType(
    {
        PLAIN: "page",
        "text/html": "html",
        "application/pdf": "pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "word",
    }
)
"""What came in, by its media type; the rest are records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownOriginal:
    """What came in, as text; where a repair happened later it is marked, if offsets into it are known.

    `segments` are empty where it is no text; then `download_href` leads to its bytes.
    """

    note: str
    encoding: str
    segments: tuple[Segment, ...]
    download_href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCopy:
    """Another article with the same text; `note` says what it is among the copies."""

    title: str
    href: str
    source: str | None
    published: ShownTime | None
    note: str


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
    facts: tuple[Fact, ...]
    link: str | None
    address: str | None
    lead: tuple[tuple[Passage, ...], ...]
    body: tuple[tuple[Passage, ...], ...]
    tags: tuple[tuple[Passage, ...], ...]
    notice: tuple[str, ...]
    related: tuple[str, ...]
    copies: tuple[ShownCopy, ...]
    copy_count: int
    mark_count: int
    marks_truncated: bool
    other_ways: tuple[str, ...]
    repairs: ShownRepairs
    original: ShownOriginal | None
    has_other_text: bool
    text_name: str
    repaired_href: str
    original_href: str
    json_href: str
    back_href: str
    around: Surroundings


def carried_query(parameters: ArticleParameters) -> tuple[Pair, ...]:
    """What links to other articles carry on: what is marked, and the language that the address names."""
    return tuple(pair for pair in parameters.pairs if parameters.q or pair[0] == LANG.name)


def article_page(
    view: ArticleView,
    parameters: ArticleParameters,
    back: Sequence[Pair],
    regions: Regions,
    *,
    texts: Texts,
    around: Surroundings,
) -> ArticlePage:
    """The page of this view; `back` is the search that the reader came from, empty if unknown."""
    article = view.article
    query = carried_query(parameters)
    kept = tuple(pair for pair in parameters.pairs if pair[0] == LANG.name)
    marks = _numbered_marks(view.highlights)
    repairs = _numbered_repairs(article)
    original_query = (*query, ("text", TextForm.ORIGINAL.value))
    return ArticlePage(
        id=article.id,
        q=parameters.q,
        lang=language(article),
        plain_title=article.title,
        title=passages(article.title, 0, marks[Part.TITLE], repairs[Part.TITLE]),
        source=article.source,
        source_href=search_href((("source", article.source), *kept)) if article.source else None,
        origin=article.origin if article.origin != article.source else None,
        category=article.category,
        published=None if article.published is None else shown_time(article.published, texts),
        facts=described(article, regions, texts, kept),
        link=outside_href(article.url),
        address=article.url,
        lead=paragraphs(article.lead, marks[Part.LEAD], repairs[Part.LEAD]),
        body=paragraphs(article.body, marks[Part.BODY], repairs[Part.BODY]),
        tags=_tags(article, marks[Part.TAGS], repairs[Part.TAGS]),
        notice=tuple(line for line in article.notice.split("\n") if line.strip()),
        related=article.related,
        copies=tuple(_copy(copy, query, texts) for copy in view.copies),
        copy_count=view.copy_count,
        mark_count=sum(len(numbered) for numbered in marks.values()),
        marks_truncated=view.highlights_truncated,
        other_ways=_other_ways(view.other_marks, texts),
        repairs=shown_repairs(article, repairs, texts),
        original=_original(view, texts) if parameters.text is TextForm.ORIGINAL else None,
        has_other_text=bool(article.repairs) or not view.original.encoding,
        text_name=texts.say("article.repaired" if article.is_repaired else "article.text"),
        repaired_href=article_href(article.id, query),
        original_href=article_href(article.id, original_query),
        json_href=api_article_href(article.id, query),
        back_href=search_href(back or query),
        around=around,
    )


def _copy(copy: CopyView, query: Sequence[Pair], texts: Texts) -> ShownCopy:
    notes = [texts.say("article.similarity", percent=f"{copy.similarity:.0%}")]
    if copy.is_best:
        notes.insert(0, texts.say("article.best_copy"))
    if copy.is_earliest:
        notes.insert(0, texts.say("article.earliest_copy"))
    published = copy.article.published
    return ShownCopy(
        title=copy.article.title or copy.article.id,
        href=article_href(copy.article.id, query),
        source=copy.article.source,
        published=None if published is None else shown_time(published, texts),
        note=" · ".join(notes),
    )


def _other_ways(marks: Mapping[Part, Sequence[OtherMark]], texts: Texts) -> tuple[str, ...]:
    """What marks show that was not typed, each way once, in the order of the text."""
    messages = (
        texts.say("article.other_way", text=mark.text, typed=mark.typed)
        for part in Part
        for mark in marks.get(part, ())
    )
    return tuple(dict.fromkeys(messages))


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
    """Where each repair of damage shows, numbered as in the log.

    One that only took text out shows on the character before it. One that falls on a place already shown,
    or outside the searched parts, is in the list alone.
    """
    shown: dict[Part, list[Stretch]] = {part: [] for part in Part}
    numbered = enumerate(article.repairs, start=1)
    for number, repair in sorted(numbered, key=lambda entry: (entry[1].start, entry[0])):
        if repair.part is None or not repair.is_damage:
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


def _original(view: ArticleView, texts: Texts) -> ShownOriginal:
    original = view.original
    size = f"{len(original.data):,}"
    note = texts.say(f"original.{ORIGINAL_KINDS.get(original.media_type, 'record')}")
    if not original.encoding:
        query = (("fields", "id"), ("text", TextForm.ORIGINAL.value))
        return ShownOriginal(
            note=note,
            encoding=texts.say("article.original_size", size=size),
            segments=(),
            download_href=api_article_href(view.article.id, query),
        )
    return ShownOriginal(
        note=note,
        encoding=texts.say("article.original_encoding", encoding=original.encoding, size=size),
        segments=segments(
            original.data.decode(original.encoding, "replace"),
            _places_in_page(view.article) if _is_page(original) else (),
        ),
        download_href=None,
    )


def _is_page(original: Original) -> bool:
    """Whether the places of repairs count in the text that came in, as they do in plain pages alone."""
    return original.media_type == PLAIN


def _places_in_page(article: Article) -> tuple[Span, ...]:
    places = (
        (repair.original_start, repair.original_length) for repair in article.repairs if repair.is_damage
    )
    return tuple(sorted(places))
