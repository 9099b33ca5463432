"""One article as the API's JSON."""

from index.article import Article, Original, Part
from search.results import ArticleView
from web.params import ArticleParameters, TextForm
from web.presenters.article_fields import article_fields
from web.presenters.marks import marked_html
from web.presenters.search_answer import read_part, spans_by_field


def article_answer(view: ArticleView, parameters: ArticleParameters) -> dict[str, object]:
    """The answer of `/api/v1/articles/{id}`. Marks are there only if a query was given."""
    answer = article_fields(view.article, parameters.fields)
    if parameters.q:
        answer["read_as"] = [read_part(part) for part in view.read_as]
        if parameters.marks.has_offsets:
            answer["highlights"] = spans_by_field(view.highlights)
        if parameters.marks.has_html:
            answer["html"] = _marked_parts(view)
        answer["highlights_truncated"] = view.highlights_truncated
    answer["repair"] = _repair(view.article)
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
            {
                "field": None if repair.part is None else repair.part.value,
                "original": (repair.original_start, repair.original_length),
                "repaired": (repair.start, repair.length),
                "kind": repair.rule,
                "before": repair.before,
                "after": repair.after,
            }
            for repair in article.repairs
        ],
    }


def _original(original: Original) -> dict[str, object]:
    """The bytes as base64, and as text where they are text in the encoding that was found."""
    try:
        text = original.data.decode(original.encoding)
    except UnicodeDecodeError:
        text = None
    return {
        "media_type": original.media_type,
        "encoding": original.encoding,
        "text": text,
        "base64": original.data,
    }
