"""One article, its copies and the articles like it as the API tells them."""

from msgspec import UNSET

from index.article import Article, Original, Part
from index.regions.tree import Regions
from index.text.rules.replacement import unexplained
from search.results import ArticleView, CopyView
from search.similar import SimilarResult
from web.api.answers.articles import (
    ArticleAnswer,
    ArticleRepairAnswer,
    CopiesAnswer,
    CopyAnswer,
    OriginalAnswer,
    SimilarAnswer,
    SimilarArticleAnswer,
)
from web.parameters.defined.listing import SEARCH_FIELDS
from web.parameters.lookups import CopiesParameters
from web.parameters.requests import ArticleParameters, TextForm
from web.presenters.article_fields import article_fields, published_at
from web.presenters.marked_fields import other_marks_by_field, read_part, spans_by_field
from web.presenters.marks import marked_html
from web.presenters.repair_log import article_repair_spans


def article_answer(view: ArticleView, parameters: ArticleParameters, regions: Regions) -> ArticleAnswer:
    """The answer of `/api/v1/articles/{id}`. Marks are there only if a query was given."""
    is_marked = bool(parameters.q)
    has_offsets = is_marked and parameters.marks.has_offsets
    return ArticleAnswer(
        **article_fields(view.article, parameters.fields, regions),
        read_as=tuple(map(read_part, view.read_as)) if is_marked else UNSET,
        highlights=spans_by_field(view.highlights) if has_offsets else UNSET,
        other_marks=other_marks_by_field(view.other_marks) if has_offsets else UNSET,
        html=_marked_parts(view) if is_marked and parameters.marks.has_html else UNSET,
        highlights_truncated=view.highlights_truncated if is_marked else UNSET,
        repair=_repair(view.article),
        copies=tuple(map(_copy, view.copies)),
        copy_count=view.copy_count,
        original=_original(view.original) if parameters.text is TextForm.ORIGINAL else UNSET,
    )


def similar_answer(result: SimilarResult, regions: Regions) -> SimilarAnswer:
    """The answer of `/api/v1/articles/{id}/similar`."""
    return SimilarAnswer(
        tuple(
            SimilarArticleAnswer(
                **article_fields(similar.article, SEARCH_FIELDS.default, regions),
                score=round(similar.score, 4),
                shared_terms=similar.shared_terms,
            )
            for similar in result.results
        ),
        result.generation,
    )


def copies_answer(view: ArticleView, parameters: CopiesParameters) -> CopiesAnswer:
    """The answer of `/api/v1/articles/{id}/duplicates`."""
    alike = [copy for copy in view.copies if copy.similarity >= parameters.threshold]
    cluster = view.cluster
    return CopiesAnswer(
        group=None if cluster is None else cluster.id,
        earliest=None if cluster is None else cluster.earliest,
        best=None if cluster is None else cluster.best,
        total=view.copy_count,
        results=tuple(map(_copy, alike[: parameters.limit])),
    )


def _marked_parts(view: ArticleView) -> dict[str, str]:
    return {
        part.value: marked_html(view.article.text(part), spans)
        for part in Part
        if (spans := view.highlights.get(part))
    }


def _repair(article: Article) -> ArticleRepairAnswer:
    return ArticleRepairAnswer(
        article.is_repaired,
        article_repair_spans(article.repairs),
        {part.value: tuple(places) for part in Part if (places := unexplained(article.text(part)))},
    )


def _copy(copy: CopyView) -> CopyAnswer:
    return CopyAnswer(
        id=copy.article.id,
        title=copy.article.title,
        source=copy.article.source,
        published_at=published_at(copy.article),
        similarity=round(copy.similarity, 4),
        is_earliest=copy.is_earliest,
        is_best=copy.is_best,
    )


def _original(original: Original) -> OriginalAnswer:
    return OriginalAnswer(
        media_type=original.media_type,
        encoding=original.encoding or None,
        text=_text(original),
        base64=original.data,
    )


def _text(original: Original) -> str | None:
    if not original.encoding:
        return None
    try:
        return original.data.decode(original.encoding)
    except UnicodeDecodeError:
        return None
