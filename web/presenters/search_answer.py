"""A search result as the API's JSON."""

from collections.abc import Mapping, Sequence

from index.article import Article, Part
from index.regions.tree import Regions
from search.expansion.alternative import Change
from search.results import Hit, Notice, ReadPart, Relaxed, SearchResult, Snippet, Span
from web.params import MarkForm, SearchParameters
from web.presenters.article_fields import article_fields
from web.presenters.marks import ELLIPSIS, marked_html
from web.presenters.notices import notice_message


def search_answer(result: SearchResult, parameters: SearchParameters, regions: Regions) -> dict[str, object]:
    """The answer of `/api/v1/search`. All spans are [start, length] in code points."""
    return {
        "query": {
            "q": result.q,
            "canonical": parameters.canonical,
            "read_as": [read_part(part) for part in result.read_as],
            "synonyms": [_synonym(change) for change in result.synonyms],
            "repaired": result.repaired,
            "relaxed": None if result.relaxed is None else _relaxed(result.relaxed),
        },
        "total": result.total,
        "total_exact": True,
        "generation": result.generation,
        "took_ms": round(result.took_ms, 1),
        "page": parameters.page,
        "per_page": parameters.per_page,
        "results": [_hit(hit, parameters, regions) for hit in result.hits],
        "notices": [_notice(notice, result) for notice in result.notices],
    }


def read_part(part: ReadPart) -> dict[str, object]:
    """How one part of the query was read."""
    answer: dict[str, object] = {"kind": part.kind, "text": part.text, "span": part.span}
    if part.field is not None:
        answer["field"] = part.field
    if part.gap is not None:
        answer["gap"] = part.gap
    return answer


def spans_by_field(highlights: Mapping[Part, Sequence[Span]]) -> dict[str, Sequence[Span]]:
    """The spans of each part that has any, by the name of the part."""
    return {part.value: highlights[part] for part in Part if highlights.get(part)}


def _synonym(change: Change) -> dict[str, object]:
    return {
        "kind": change.kind.value,
        "part": change.part,
        "span": change.span,
        "text": change.text,
        "by": change.by,
    }


def _relaxed(relaxed: Relaxed) -> dict[str, object]:
    return {
        "strict_total": relaxed.strict_total,
        "dropped": [{"text": word.text, "span": word.span} for word in relaxed.dropped],
    }


def _hit(hit: Hit, parameters: SearchParameters, regions: Regions) -> dict[str, object]:
    answer = article_fields(hit.article, parameters.fields, regions)
    answer["score"] = round(hit.score, 4)
    answer["repaired"] = hit.article.is_repaired
    answer["pinned"] = hit.pinned
    if parameters.marks.has_offsets:
        answer["highlights"] = spans_by_field(hit.highlights)
        answer["highlights_truncated"] = hit.highlights_truncated
    answer["snippets"] = [_snippet(snippet, hit.article, parameters.marks) for snippet in hit.snippets]
    return answer


def _snippet(snippet: Snippet, article: Article, marks: MarkForm) -> dict[str, object]:
    answer: dict[str, object] = {
        "field": snippet.part.value,
        "start": snippet.start,
        "length": len(snippet.text),
    }
    if marks.has_html:
        end = snippet.start + len(snippet.text)
        before = ELLIPSIS if snippet.start else ""
        after = ELLIPSIS if end < len(article.text(snippet.part)) else ""
        html = marked_html(snippet.text, snippet.highlights, start=snippet.start)
        answer["html"] = f"{before}{html}{after}"
    else:
        answer["text"] = snippet.text
    if marks.has_offsets:
        answer["highlights"] = snippet.highlights
    return answer


def _notice(notice: Notice, result: SearchResult) -> dict[str, object]:
    return {
        "kind": notice.kind.value,
        "text": notice.text,
        "span": notice.span,
        "message": notice_message(notice, result.repaired),
    }
