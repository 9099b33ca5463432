"""One article as the API's JSON."""

from index.article import Article, Original, Part
from index.regions.tree import Regions
from index.text.rules.replacement import unexplained
from search.results import ArticleView, CopyView
from web.parameters.requests import ArticleParameters, TextForm
from web.presenters.article_fields import article_fields
from web.presenters.dates import iso_time
from web.presenters.marks import marked_html
from web.presenters.repair_log import repair_spans
from web.presenters.search_answer import other_marks_by_field, read_part, spans_by_field


def article_answer(view: ArticleView, parameters: ArticleParameters, regions: Regions) -> dict[str, object]:
    """The answer of `/api/v1/articles/{id}`. Marks are there only if a query was given."""
    answer = article_fields(view.article, parameters.fields, regions)
    if parameters.q:
        answer["read_as"] = [read_part(part) for part in view.read_as]
        if parameters.marks.has_offsets:
            answer["highlights"] = spans_by_field(view.highlights)
            answer["other_marks"] = other_marks_by_field(view.other_marks)
        if parameters.marks.has_html:
            answer["html"] = _marked_parts(view)
        answer["highlights_truncated"] = view.highlights_truncated
    answer["repair"] = _repair(view.article)
    answer["copies"] = [_copy(copy) for copy in view.copies]
    answer["copy_count"] = view.copy_count
    if parameters.text is TextForm.ORIGINAL:
        answer["original"] = _original(view.original)
    return answer


def _marked_parts(view: ArticleView) -> dict[str, str]:
    return {
        part.value: marked_html(view.article.text(part), spans)
        for part in Part
        if (spans := view.highlights.get(part))
    }


def _repair(article: Article) -> dict[str, object]:
    return {
        "changed": article.is_repaired,
        "spans": [
            {"field": None if repair.part is None else repair.part.value, **span}
            for repair, span in zip(article.repairs, repair_spans(article.repairs), strict=True)
        ],
        "undecodable": {part.value: places for part in Part if (places := unexplained(article.text(part)))},
    }


def _copy(copy: CopyView) -> dict[str, object]:
    published = copy.article.published
    return {
        "id": copy.article.id,
        "title": copy.article.title,
        "source": copy.article.source,
        "published_at": None if published is None else iso_time(published),
        "similarity": round(copy.similarity, 4),
        "is_earliest": copy.is_earliest,
        "is_best": copy.is_best,
    }


def _original(original: Original) -> dict[str, object]:
    """The bytes as base64, and as text where they are text in the encoding that was found."""
    return {
        "media_type": original.media_type,
        "encoding": original.encoding or None,
        "text": _text(original),
        "base64": original.data,
    }


def _text(original: Original) -> str | None:
    if not original.encoding:
        return None
    try:
        return original.data.decode(original.encoding)
    except UnicodeDecodeError:
        return None
