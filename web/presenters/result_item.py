"""One article in a list of results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.article import DATASET_TAG, TAG_SEPARATOR, Article, Part, Script
from index.describe.document_types import NEWS
from index.regions.tree import Regions
from search.results import CopyView, Hit, Matched, Span
from web.parameters.defined.language import LANG
from web.parameters.query_string import Pair
from web.parameters.regions import region_name
from web.parameters.requests import CARRIED
from web.presenters.article_fields import region_path
from web.presenters.dates import ShownTime, shown_time
from web.presenters.links import article_href, search_href, without
from web.presenters.marks import Segment, segments
from web.presenters.notices import copies_message
from web.presenters.score_table import ScoreRow, score_rows
from web.texts.texts import Texts

_CARRIED = frozenset(parameter.name for parameter in CARRIED)
_SHOWN_ANYWAY = frozenset({Part.TITLE, Part.TAGS})


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSnippet:
    """A snippet; `cut_before` and `cut_after` say whether the text goes on there."""

    segments: tuple[Segment, ...]
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of a region's path; `href` is the same search in it, None where it is filtered by already."""

    name: str
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCopy:
    """Another article with the same text."""

    href: str
    name: str
    published: ShownTime | None
    is_earliest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultItem:
    """An article as a list shows it; `lang` is the language tag of its texts.

    `region` is the one it is tied to most, from the province down; `document_type` is one of our own list,
    and None of news, where it goes without saying.
    `copies` says how many others have the same text, and is empty where none has; `copy_list` are the first
    of them, `copies_href` leads to all, `similar_href` to articles that are alike: where the query is nothing
    to the point, and the way back is known all the same. `score_rows` say what the score is made of, where
    that was asked for.
    """

    href: str
    lang: str
    title: tuple[Segment, ...]
    source: str | None
    source_href: str | None
    region: tuple[Place, ...]
    document_number: str | None
    document_type: str | None
    published: ShownTime | None
    snippets: tuple[ShownSnippet, ...]
    tags: tuple[tuple[Segment, ...], ...]
    repaired: bool
    pinned: bool
    by_meaning: bool
    copies: str
    copies_href: str
    copy_list: tuple[ShownCopy, ...]
    similar_href: str
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


def result_item(
    hit: Hit, pairs: Sequence[Pair], regions: Regions, texts: Texts, copies: Sequence[CopyView] = ()
) -> ResultItem:
    """The item of this hit; `pairs` are the search that it is part of, `copies` the first others with its
    text."""
    article = hit.article
    href = article_href(article.id, tuple(pair for pair in pairs if pair[0] in _CARRIED))
    plain_href = article_href(article.id, tuple(pair for pair in pairs if pair[0] == LANG.name))
    return ResultItem(
        href=href,
        lang=language(article),
        title=segments(
            article.title, hit.highlights.get(Part.TITLE, ()), notes=_notes(hit, Part.TITLE, texts)
        ),
        source=article.source,
        source_href=_narrowed(pairs, "source", article.source),
        region=_places(article, pairs, regions),
        document_number=article.document.number,
        document_type=None if article.document.type == NEWS else article.document.type,
        published=None if article.published is None else shown_time(article.published, texts),
        snippets=tuple(
            ShownSnippet(
                segments=segments(
                    snippet.text,
                    snippet.highlights,
                    start=snippet.start,
                    notes=_notes(hit, snippet.part, texts),
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
        copies=copies_message(article.id, hit.copies, texts),
        copies_href=f"{plain_href}#copies",
        copy_list=tuple(_copy(copy, texts) for copy in copies),
        similar_href=f"{plain_href}#similar",
        score=f"{hit.score:.2f}",
        score_rows=score_rows(hit.score_parts or (), texts),
    )


def _copy(copy: CopyView, texts: Texts) -> ShownCopy:
    article = copy.article
    return ShownCopy(
        href=article_href(article.id),
        name=article.source or article.title,
        published=None if article.published is None else shown_time(article.published, texts),
        is_earliest=copy.is_earliest,
    )


def _notes(hit: Hit, part: Part, texts: Texts) -> Mapping[Span, str]:
    """What is to be said of marks of this part: those of another way to write what was typed."""
    return {
        mark.span: texts.say("results.other_way", typed=mark.typed) for mark in hit.other_marks.get(part, ())
    }


def _narrowed(pairs: Sequence[Pair], name: str, value: str | None) -> str | None:
    """The same search with this value of a filter alone; None where there is none, or it holds already."""
    if value is None or (name, value) in pairs:
        return None
    return search_href((*without(pairs, name), (name, value)))


def _places(article: Article, pairs: Sequence[Pair], regions: Regions) -> tuple[Place, ...]:
    paths = (region_path(tag.code, regions) for tag in article.regions)
    path = next(filter(None, paths), ())
    return tuple(
        Place(name, _narrowed(pairs, "region", region_name(path[: depth + 1])))
        for depth, name in enumerate(path)
    )
