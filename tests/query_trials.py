"""Random queries as people type them, on a changing library: where answers are not those of the reference.

Every operator of the query language, every way to match, every order, filters, and other names for what is
typed. The same seed gives the same trials.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from index.analysis.analyzer import Analyzer
from search.errors import SearchTimeout
from search.expansion.expander import Expander
from search.expansion.expanding import MAX_OTHERS
from search.request import Filters, Match, SearchRequest, Sort, Wording
from search.results import SearchResult
from search.rules.query_rules import QueryRules
from search.service import SearchService
from search.synonyms.rules import Group, SynonymFile
from search.synonyms.thesaurus import Thesaurus
from tests.engines import ArticleLibrary
from tests.query_clauses import with_numbers
from tests.query_facts import Limits, StatingArticle, any_clause_or_fact, any_limits, article_of, stating
from tests.questions import question
from tests.reference_engine import (
    EVERY_PART,
    All,
    And,
    Clause,
    DateOrder,
    In,
    Node,
    Number,
    Or,
    ReferenceArticle,
    Run,
    Written,
    without_sentence_marks,
)
from tests.reference_engine import Filters as Times
from tests.reference_modes import Answer, ModeEngine, OtherWays, as_typed, simple
from tests.reference_synonyms import GROUPS, other_ways
from tests.strategies import VOCABULARY, articles, filters, render

ALL: Final = 1_000
PATIENCE: Final = 10

WAYS: Final = (
    (Match.SMART, Sort.RELEVANCE),
    (Match.SMART, Sort.RELEVANCE),
    (Match.SMART, Sort.NEWEST),
    (Match.ALL, Sort.RELEVANCE),
    (Match.ALL, Sort.OLDEST),
    (Match.ANY, Sort.RELEVANCE),
    (Match.ANY, Sort.NEWEST),
    (Match.EXACT, Sort.RELEVANCE),
)


@dataclass(frozen=True, slots=True)
class QueryTrial:
    """A request, how many articles it has to find, and what was wrong with the answer; None for nothing."""

    request: SearchRequest
    hits: int
    relaxed: bool
    difference: str | None


class StatingEngine(ModeEngine):
    """Finds a document by its number even where no text says it."""

    def _clause(self, clause: Clause, parts: tuple[int, ...]) -> set[str] | None:
        found = super()._clause(clause, parts)
        if not isinstance(clause, Number) or parts != EVERY_PART or found is None:
            return found
        return found | {
            article.id
            for article in self._articles
            if isinstance(article, StatingArticle) and article.number == clause
        }


JudgeKind = Callable[[Iterable[ReferenceArticle], OtherWays], ModeEngine]


def query_trials(
    library: ArticleLibrary, random: Random, size: int, queries: int, judge_kind: JudgeKind = StatingEngine
) -> Iterator[QueryTrial]:
    """So many queries on about so many articles, half of them after a commit that puts and deletes some.

    They are judged by two engines of the kind: one that knows other ways to write a run, and one that does
    not.
    """
    collection = {article.id: article for article in _articles(random, size)}
    library.build(map(article_of, collection.values()))
    service = library.service(_rules(library.analyzer))
    for half in range(2):
        if half:
            fresh = {article.id: article for article in _articles(random, size // 4)}
            doomed = random.sample(sorted(collection.keys() - fresh.keys()), size // 8)
            library.change(map(article_of, fresh.values()), doomed)
            collection = {name: one for name, one in (collection | fresh).items() if name not in doomed}
        judges = {
            Wording.AS_TYPED: judge_kind(collection.values(), as_typed),
            Wording.ANY: judge_kind(collection.values(), other_ways),
        }
        for _ in range(queries // 2):
            yield _trial(service, judges, list(collection.values()), random)


def _articles(random: Random, count: int) -> Iterator[StatingArticle]:
    """Half of them with a form of a synonym in their texts, beside those that come about by chance."""
    for article in with_numbers(random, articles(random, count)):
        named = f"{article.body}，{_form(random)}" if random.random() < 0.5 else article.body
        yield stating(random, replace(article, body=named))


def _form(random: Random) -> str:
    return random.choice(random.choice(GROUPS))


def _clause(random: Random, about: ReferenceArticle) -> Node:
    """A clause of any kind; some are runs that can be written in another way."""
    if random.random() < 0.75:
        return any_clause_or_fact(random, about)
    return Run(_form(random) + random.choice(("", "", random.choice(VOCABULARY))))


def _rules(analyzer: Analyzer) -> QueryRules:
    groups = tuple(Group(line, forms) for line, forms in enumerate(GROUPS, 1))
    thesaurus = Thesaurus.of(SynonymFile("trials", groups), (), analyzer.folding)
    return QueryRules(Expander(analyzer.folding, (thesaurus,)))


def _trial(
    service: SearchService,
    judges: Mapping[Wording, ModeEngine],
    among: list[StatingArticle],
    random: Random,
) -> QueryTrial:
    tree = _question(random, among)
    match, sort = random.choice(WAYS)
    limits, times = any_limits(random, among), filters(random, among) if random.random() < 0.3 else Times()
    wording = random.choice(tuple(judges))
    request = SearchRequest(
        q=render(tree, random),
        filters=Filters(
            source=limits.sources,
            exclude_source=limits.other_sources,
            region=limits.regions,
            exclude_region=limits.other_regions,
            published_after=times.published_after,
            published_before=times.published_before,
        ),
        sort=sort,
        match=match,
        wording=wording,
        limit=ALL,
        snippets=0,
    )
    judge = judges[wording]
    within = frozenset(article.id for article in among if _passes(article, limits, times))
    expected = _expected(judge, tree, request, within)
    by_date = None if sort is Sort.RELEVANCE else judge.search(All(), sort=DateOrder(sort.value))
    difference = _difference(_answered(service, request), expected, by_date)
    return QueryTrial(request, len(expected.found), expected.with_everything is not None, difference)


def _answered(service: SearchService, request: SearchRequest) -> SearchResult:
    """The answer, asked for again where a busy machine was too slow for a search: that is none to compare."""
    for _ in range(PATIENCE):
        try:
            return service.search(request)
        except SearchTimeout:
            continue
    return service.search(request)


def _question(random: Random, among: Sequence[StatingArticle]) -> Node:
    """One whose runs have no more other ways together than are looked for."""
    while True:
        tree = simple(question(random, among, _clause))
        if sum(len(other_ways(without_sentence_marks(run))) for run in _runs(tree)) <= MAX_OTHERS:
            return tree


def _runs(node: Node) -> Iterator[str]:
    match node:
        case Run(text) | In(_, Run(text)) | Written(In(_, Run(text))):
            yield text
        case And(children) | Or(children):
            for child in children:
                yield from _runs(child)


def _passes(article: ReferenceArticle, limits: Limits, times: Times) -> bool:
    return limits.passes(article) and Times(
        published_after=times.published_after, published_before=times.published_before
    ).passes(article)


def _expected(judge: ModeEngine, tree: Node, request: SearchRequest, within: frozenset[str]) -> Answer:
    match request.match:
        case Match.SMART if request.sort is Sort.RELEVANCE:
            return judge.smart(tree, within)
        case Match.SMART:
            return judge.smart_by_date(tree, within)
        case Match.ALL:
            return judge.every(tree, within)
        case Match.ANY:
            return judge.any(tree, within)
        case Match.EXACT:
            return judge.exact(request.q, within)


def _difference(result: SearchResult, expected: Answer, by_date: Sequence[str] | None) -> str | None:
    """`by_date`: all articles in the order asked for, unless that is the score's."""
    ids = tuple(hit.article.id for hit in result.hits)
    if result.total != len(ids) or len(set(ids)) != len(ids):
        return f"{result.total} in all, but {len(ids)} hits: {ids}"
    if unequal := frozenset(ids) ^ expected.found:
        return f"match set: {sorted(unequal)[:5]} of {len(expected.found)}"
    strict_total = None if result.relaxed is None else result.relaxed.strict_total
    if strict_total != expected.with_everything:
        return f"{strict_total} have everything, not {expected.with_everything}"
    if by_date is not None and ids != (order := tuple(name for name in by_date if name in expected.found)):
        return f"order: {ids[:5]}, not {order[:5]}"
    return None
