"""A search result as the API tells it."""

from msgspec import UNSET

from index.article import Article
from index.regions.tree import Regions
from search.expansion.alternative import Change
from search.plan import ALL_PARTS
from search.request import Explaining
from search.results import Hit, Notice, Relaxed, SearchResult, Snippet
from search.score_parts import ScorePart
from search.semantic.answer import SemanticAnswer
from search.suggestions.query_help import QueryHelp
from web.api.answers.articles import SynonymAnswer
from web.api.answers.search import (
    DroppedAnswer,
    HitAnswer,
    NoticeAnswer,
    QueryAnswer,
    RelaxedAnswer,
    ScorePartAnswer,
    SearchAnswer,
    SemanticPart,
    SnippetAnswer,
)
from web.parameters.requests import MarkForm, SearchParameters
from web.presenters.article_fields import article_fields
from web.presenters.facet_answer import facet_answers
from web.presenters.marked_fields import other_marks_by_field, read_part, spans_by_field
from web.presenters.marks import snippet_html
from web.presenters.notices import notice_message
from web.presenters.suggestions_answer import corrections_answer, no_hits_answer
from web.texts.texts import Texts


def search_answer(
    result: SearchResult,
    parameters: SearchParameters,
    regions: Regions,
    texts: Texts,
    given: QueryHelp | None = None,
) -> SearchAnswer:
    """The answer of `/api/v1/search`, with the help that is given beside it if that was asked for."""
    return SearchAnswer(
        query=QueryAnswer(
            q=result.q,
            canonical=parameters.canonical,
            read_as=tuple(map(read_part, result.read_as)),
            synonyms=tuple(map(_synonym, result.synonyms)),
            repaired=result.repaired,
            relaxed=None if result.relaxed is None else _relaxed(result.relaxed),
            semantic=None if result.semantic is None else _semantic(result.semantic),
        ),
        total=result.total,
        total_exact=True,
        clusters=result.clusters,
        generation=result.generation,
        took_ms=round(result.took_ms, 1),
        page=parameters.page,
        per_page=parameters.per_page,
        next_cursor=result.next_cursor,
        results=tuple(hit_answer(hit, parameters, regions) for hit in result.hits),
        facets=facet_answers(result.facets, regions),
        notices=tuple(_notice(notice, result, texts) for notice in result.notices),
        suggestions=UNSET if given is None else corrections_answer(given),
        no_hits=UNSET if given is None else no_hits_answer(given.no_hits),
    )


def hit_answer(hit: Hit, parameters: SearchParameters, regions: Regions) -> HitAnswer:
    """One hit with the fields and marks that were asked for."""
    has_offsets = parameters.marks.has_offsets
    is_explained = parameters.request.explaining is Explaining.SCORES
    parts = hit.score_parts
    return HitAnswer(
        **article_fields(hit.article, parameters.fields, regions),
        score=round(hit.score, 4),
        matched=hit.matched,
        copies=0 if hit.copies is None else hit.copies.others,
        earliest=None if hit.copies is None else hit.copies.earliest,
        repaired=hit.article.is_repaired,
        pinned=hit.pinned,
        highlights=spans_by_field(hit.highlights) if has_offsets else UNSET,
        highlights_truncated=hit.highlights_truncated if has_offsets else UNSET,
        other_marks=other_marks_by_field(hit.other_marks) if has_offsets else UNSET,
        score_parts=(None if parts is None else tuple(map(_score_part, parts))) if is_explained else UNSET,
        snippets=tuple(_snippet(snippet, hit.article, parameters.marks) for snippet in hit.snippets),
    )


def _synonym(change: Change) -> SynonymAnswer:
    return SynonymAnswer(kind=change.kind, part=change.part, span=change.span, text=change.text, by=change.by)


def _relaxed(relaxed: Relaxed) -> RelaxedAnswer:
    dropped = relaxed.dropped
    return RelaxedAnswer(
        relaxed.strict_total,
        None if dropped is None else tuple(DroppedAnswer(word.text, word.span) for word in dropped),
    )


def _semantic(semantic: SemanticAnswer) -> SemanticPart:
    return SemanticPart(semantic.mode, semantic.state, semantic.brought_in)


def _score_part(part: ScorePart) -> ScorePartAnswer:
    facts = part.facts
    return ScorePartAnswer(
        kind=part.kind,
        text=part.text,
        score=part.score,
        fields=UNSET if part.parts == ALL_PARTS else tuple(one.value for one in part.parts),
        frequency=facts.get("frequency", UNSET),
        length=facts.get("length", UNSET),
        average_length=facts.get("average_length", UNSET),
        documents=facts.get("documents", UNSET),
        documents_with_it=facts.get("documents_with_it", UNSET),
        idf=facts.get("idf", UNSET),
        weight=facts.get("weight", UNSET),
    )


def _snippet(snippet: Snippet, article: Article, marks: MarkForm) -> SnippetAnswer:
    return SnippetAnswer(
        field=snippet.part.value,
        start=snippet.start,
        length=len(snippet.text),
        html=snippet_html(snippet, article) if marks.has_html else UNSET,
        text=UNSET if marks.has_html else snippet.text,
        highlights=snippet.highlights if marks.has_offsets else UNSET,
    )


def _notice(notice: Notice, result: SearchResult, texts: Texts) -> NoticeAnswer:
    return NoticeAnswer(
        kind=notice.kind,
        text=notice.text,
        span=notice.span,
        message=notice_message(notice, result.repaired, texts),
    )
