"""One article in a list of results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.article import DATASET_TAG, TAG_SEPARATOR, Article, Part, Script
from index.describe.document_types import NEWS
from index.regions.tree import Regions
from search.results import Hit, Matched, Span
from web.parameters.query_string import Pair
from web.parameters.requests import MARKING
from web.presenters.dates import ShownTime, shown_time
from web.presenters.described import region_of
from web.presenters.links import article_href, search_href, without
from web.presenters.marks import Segment, segments
from web.presenters.notices import copies_message
from web.presenters.score_table import ScoreRow, score_rows
from web.texts import say

_MARKING = frozenset(parameter.name for parameter in MARKING)
_SHOWN_ANYWAY = frozenset({Part.TITLE, Part.TAGS})


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSnippet:
    """A snippet; `cut_before` and `cut_after` say whether the text goes on there."""

    segments: tuple[Segment, ...]
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultItem:
    """An article as a list shows it; `lang` is the language tag of its texts.

    `region` is the one it is tied to most, by its full name; `document` are its number and its type. `copies`
    says how many others have the same text, and is empty where none has; `copies_href` leads to their list.
    `score_rows` say what the score is made of, where that was asked for.
    """

    href: str
    lang: str
    title: tuple[Segment, ...]
    source: str | None
    source_href: str | None
    region: str | None
    region_href: str | None
    document: tuple[str, ...]
    published: ShownTime | None
    snippets: tuple[ShownSnippet, ...]
    tags: tuple[tuple[Segment, ...], ...]
    repaired: bool
    pinned: bool
    by_meaning: bool
    copies: str
    copies_href: str
    score: str
    score_rows: tuple[ScoreRow, ...]


def language(article: Article) -> str:
    return "zh-Hant" if article.script is Script.HANT else "zh-Hans"


def marked_tags(article: Article, spans: Sequence[Span]) -> tuple[tuple[Segment, ...], ...]:
    """Each tag that is a subject, cut at its marks; the spans count in all tags, joined.

    The name of a data set is a filter for machines and no subject.
    """
    tags = []
    start = 0
    for tag in article.tags:
        if not tag.startswith(DATASET_TAG):
            tags.append(segments(tag, spans, start=start))
        start += len(tag) + len(TAG_SEPARATOR)
    return tuple(tags)


def result_item(hit: Hit, pairs: Sequence[Pair], regions: Regions) -> ResultItem:
    """The item of this hit; `pairs` are the search that it is part of."""
    article = hit.article
    marking = tuple(pair for pair in pairs if pair[0] in _MARKING)
    href = article_href(article.id, marking)
    region = region_of(article, regions)
    return ResultItem(
        href=href,
        lang=language(article),
        title=segments(article.title, hit.highlights.get(Part.TITLE, ()), notes=_notes(hit, Part.TITLE)),
        source=article.source,
        source_href=_narrowed(pairs, "source", article.source),
        region=region,
        region_href=_narrowed(pairs, "region", region),
        document=_document(article),
        published=None if article.published is None else shown_time(article.published),
        snippets=tuple(
            ShownSnippet(
                segments=segments(
                    snippet.text, snippet.highlights, start=snippet.start, notes=_notes(hit, snippet.part)
                ),
                cut_before=snippet.start > 0,
                cut_after=snippet.start + len(snippet.text) < len(article.text(snippet.part)),
            )
            for snippet in hit.snippets
            if snippet.part not in _SHOWN_ANYWAY
        ),
        tags=marked_tags(article, hit.highlights.get(Part.TAGS, ())),
        repaired=article.is_repaired,
        pinned=hit.pinned,
        by_meaning=hit.matched is Matched.MEANING,
        copies=copies_message(hit.copies),
        copies_href=f"{href}#copies",
        score=f"{hit.score:.2f}",
        score_rows=score_rows(hit.score_parts or ()),
    )


def _notes(hit: Hit, part: Part) -> Mapping[Span, str]:
    """What is to be said of marks of this part: those of another way to write what was typed."""
    return {mark.span: say("results.other_way", typed=mark.typed) for mark in hit.other_marks.get(part, ())}


def _narrowed(pairs: Sequence[Pair], name: str, value: str | None) -> str | None:
    """The same search with this filter too; None where there is no value, or it is filtered by already."""
    if value is None or (name, value) in pairs:
        return None
    return search_href((*without(pairs), (name, value)))


def _document(article: Article) -> tuple[str, ...]:
    """Number and type of an official document; that news is news goes without saying."""
    facts = article.document
    kind = None if facts.type == NEWS else facts.type
    return tuple(fact for fact in (facts.number, kind) if fact is not None)
