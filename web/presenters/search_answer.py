"""A search result as the API's JSON."""

from collections.abc import Mapping, Sequence

from index.article import Article, Part
from index.regions.tree import Regions
from search.expansion.alternative import Change
from search.plan import ALL_PARTS
from search.request import Explaining
from search.results import Hit, Notice, OtherMark, ReadPart, Relaxed, SearchResult, Snippet, Span
from search.score_parts import ScorePart
from search.semantic.answer import SemanticAnswer
from web.parameters.requests import MarkForm, SearchParameters
from web.presenters.article_fields import article_fields
from web.presenters.marks import ELLIPSIS, marked_html
from web.presenters.notices import notice_message


def search_answer(result: SearchResult, parameters: SearchParameters, regions: Regions) -> dict[str, object]:
    """The answer of `/api/v1/search`, but for suggestions. All spans are [start, length] in code points."""
    return {
        "query": {
            "q": result.q,
            "canonical": parameters.canonical,
            "read_as": [read_part(part) for part in result.read_as],
            "synonyms": [_synonym(change) for change in result.synonyms],
            "repaired": result.repaired,
            "relaxed": None if result.relaxed is None else _relaxed(result.relaxed),
            "semantic": None if result.semantic is None else _semantic(result.semantic),
        },
        "total": result.total,
        "total_exact": True,
        "clusters": result.clusters,
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


def other_marks_by_field(marks: Mapping[Part, Sequence[OtherMark]]) -> dict[str, list[dict[str, object]]]:
    """The highlights of each part that show another way to write what was typed, by the name of the part."""
    return {
        part.value: [{"span": mark.span, "typed": mark.typed, "text": mark.text} for mark in marks[part]]
        for part in Part
        if marks.get(part)
    }


def _synonym(change: Change) -> dict[str, object]:
    return {
        "kind": change.kind.value,
        "part": change.part,
        "span": change.span,
        "text": change.text,
        "by": change.by,
    }


def _relaxed(relaxed: Relaxed) -> dict[str, object]:
    dropped = relaxed.dropped
    return {
        "strict_total": relaxed.strict_total,
        "dropped": None if dropped is None else [{"text": word.text, "span": word.span} for word in dropped],
    }


def _semantic(semantic: SemanticAnswer) -> dict[str, object]:
    return {
        "mode": semantic.mode.value,
        "state": semantic.state.value,
        "brought_in": semantic.brought_in,
    }


def _hit(hit: Hit, parameters: SearchParameters, regions: Regions) -> dict[str, object]:
    answer = article_fields(hit.article, parameters.fields, regions)
    answer["score"] = round(hit.score, 4)
    answer["matched"] = hit.matched.value
    answer["copies"] = 0 if hit.copies is None else hit.copies.others
    answer["earliest"] = None if hit.copies is None else hit.copies.earliest
    answer["repaired"] = hit.article.is_repaired
    answer["pinned"] = hit.pinned
    if parameters.marks.has_offsets:
        answer["highlights"] = spans_by_field(hit.highlights)
        answer["highlights_truncated"] = hit.highlights_truncated
        answer["other_marks"] = other_marks_by_field(hit.other_marks)
    if parameters.request.explaining is Explaining.SCORES:
        parts = hit.score_parts
        answer["score_parts"] = None if parts is None else [_score_part(part) for part in parts]
    answer["snippets"] = [_snippet(snippet, hit.article, parameters.marks) for snippet in hit.snippets]
    return answer


def _score_part(part: ScorePart) -> dict[str, object]:
    """One number of the score, not rounded: all of them add up to it."""
    answer: dict[str, object] = {"kind": part.kind.value, "text": part.text, "score": part.score}
    if part.parts != ALL_PARTS:
        answer["fields"] = [one.value for one in part.parts]
    return {**answer, **part.facts}


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
