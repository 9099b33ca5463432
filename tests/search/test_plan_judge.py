"""The judge of the engines notices every kind of wrong answer, and nothing in a right one."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest

from index.documents import IndexDocument
from search.deadline import Deadline
from search.engine import Explanation, FacetCounts, Matches, ScoredId
from search.plan import (
    Anchor,
    And,
    AtLeast,
    ByDate,
    Characters,
    Constant,
    DateRange,
    Facet,
    Grouping,
    Keyword,
    Maybe,
    Near,
    Node,
    Not,
    Or,
    Order,
    Pairs,
    Plan,
    Prefix,
    Recent,
    Word,
)
from tests.plan_checks import trials
from tests.plan_oracle import Oracle, Scores
from tests.plan_trees import Change, Step, document, history, plan
from tests.search.oracle_index import OracleIndex, OracleSnapshot
from tests.search.wrong_counts import WRONG_COUNTS


class Forgetful(OracleIndex):
    """Deletes nothing."""

    def apply(self, step: Step) -> None:
        super().apply(replace(step, deletes=()) if isinstance(step, Change) else step)


class Rewriting(Oracle):
    """Runs another node in the place of one."""

    def _score(self, node: Node, document: IndexDocument) -> float | None:
        return super()._score(self.other(node), document)

    def other(self, node: Node) -> Node:
        return node


class WiderGap(Rewriting):
    def other(self, node: Node) -> Node:
        return replace(node, gap=node.gap + 1) if isinstance(node, Near) else node


class OneOrder(Oracle):
    def _score(self, node: Node, document: IndexDocument) -> float | None:
        if isinstance(node, Near) and node.first and node.second:
            texts = (document.characters[part] for part in node.parts)
            return 0 if any(self._in_order(node, text) for text in texts) else None
        return super()._score(node, document)

    def _in_order(self, node: Near, text: str) -> bool:
        return any(
            node.first + text[at : at + gap] + node.second in text
            for at in range(len(text))
            for gap in range(node.gap + 1)
        )


class AnyPart(Rewriting):
    def other(self, node: Node) -> Node:
        return (
            Characters(node.text, anchor=node.anchor) if isinstance(node, Characters) and node.parts else node
        )


class StartAnywhere(Rewriting):
    def other(self, node: Node) -> Node:
        match node:
            case Characters(text, parts, Anchor.START):
                return Characters(text, parts)
        return node


class WholeAtStart(Rewriting):
    def other(self, node: Node) -> Node:
        match node:
            case Characters(text, parts, Anchor.WHOLE):
                return Characters(text, parts, Anchor.START)
        return node


class ShortWords(Rewriting):
    """Cuts long words, as engines with a fixed width do."""

    def other(self, node: Node) -> Node:
        return Prefix(node.text[:32]) if isinstance(node, Word) and len(node.text) > 32 else node


class InclusiveDates(Rewriting):
    def other(self, node: Node) -> Node:
        match node:
            case DateRange(field, low, int(high)):
                return DateRange(field, low, high + 1)
        return node


class UndatedMatch(Oracle):
    def _score(self, node: Node, document: IndexDocument) -> float | None:
        if isinstance(node, DateRange) and node.low is None and node.field not in document.dates:
            return 0
        return super()._score(node, document)


class UndatedAreOld(Oracle):
    """Finds what has no date as what is older than anything."""

    def _score(self, node: Node, document: IndexDocument) -> float | None:
        score = super()._score(node, document)
        return 0.0 if isinstance(node, Recent) and score is None else score


class FutureScoresMore(Oracle):
    def _score(self, node: Node, document: IndexDocument) -> float | None:
        score = super()._score(node, document)
        if not isinstance(node, Recent) or score is None:
            return score
        return score + node.weight * (document.dates[node.field] > node.now)


class SlowerDecay(Rewriting):
    def other(self, node: Node) -> Node:
        return replace(node, half_life=2 * node.half_life) if isinstance(node, Recent) else node


class FirstKeyword(Rewriting):
    def other(self, node: Node) -> Node:
        return replace(node, values=node.values[:1]) if isinstance(node, Keyword) else node


class EqualNodesOnce(Rewriting):
    def other(self, node: Node) -> Node:
        return replace(node, nodes=tuple(dict.fromkeys(node.nodes))) if isinstance(node, AtLeast) else node


class EmptyAndIsNone(Rewriting):
    def other(self, node: Node) -> Node:
        return Or(()) if node == And(()) else node


class ZeroIsNoMatch(Oracle):
    def _score(self, node: Node, document: IndexDocument) -> float | None:
        score = super()._score(node, document)
        return None if isinstance(node, Constant) and score == 0 else score


class NotScores(Oracle):
    def _score(self, node: Node, document: IndexDocument) -> float | None:
        score = super()._score(node, document)
        return 1 if isinstance(node, Not) and score is not None else score


class MaybeFilters(Rewriting):
    def other(self, node: Node) -> Node:
        return And((node.node, node.extra)) if isinstance(node, Maybe) else node


class ConstantAdds(Oracle):
    def _score(self, node: Node, document: IndexDocument) -> float | None:
        score = super()._score(node, document)
        return (
            score + self.scores(node.node)[document.id]
            if isinstance(node, Constant) and score is not None
            else score
        )


class ByteFrequencies(Oracle):
    """Keeps at most 255 of a word, as one byte does."""

    def word_facts(self, word: str, name: str) -> Mapping[str, float]:
        facts = super().word_facts(word, name)
        return {**facts, "frequency": min(255, facts["frequency"])}


class OnePairIsEnough(Rewriting):
    def other(self, node: Node) -> Node:
        return replace(node, count=1) if isinstance(node, Pairs) else node


class RepeatedPairs(Oracle):
    """Scores a pair as often as it stands in the query."""

    def _score(self, node: Node, document: IndexDocument) -> float | None:
        score = super()._score(node, document)
        if not isinstance(node, Pairs) or score is None:
            return score
        again = Counter(map("".join, pairwise(node.text))) - Counter(node.pairs)
        extra = (self.scores(replace(node, text=pair, count=1)) for pair in again.elements())
        return score + sum(scores.get(document.id, 0.0) for scores in extra)


class PairsWithoutWeight(Rewriting):
    def other(self, node: Node) -> Node:
        return replace(node, weight=1.0) if isinstance(node, Pairs) else node


class OtherIdf(Oracle):
    def word_facts(self, word: str, name: str) -> Mapping[str, float]:
        facts = super().word_facts(word, name)
        return {**facts, "idf": math.log(facts["documents"] / facts["documents_with_it"])}


class FiltersIgnored(Oracle):
    def _matching(self, query: Node, filters: Sequence[Node]) -> Scores:
        return super()._matching(query, filters[:1])


class TiesByUtf16(Oracle):
    def ranked(self, scores: Scores, order: Order) -> list[ScoredId]:
        ranked = super().ranked(scores, order)
        return sorted(ranked, key=lambda hit: (*self._place(hit, order), hit.id.encode("utf-16-be")))


class UndatedFirst(Oracle):
    def _place(self, hit: ScoredId, order: Order) -> tuple[float, float]:
        place = super()._place(hit, order)
        return (-place[0], place[1]) if isinstance(order, ByDate) else place


class PageFirst(Oracle):
    """Cuts the page, then collapses."""

    def search(self, plan: Plan) -> Matches:
        matches = super().search(plan)
        articles = super().search(replace(plan, grouping=Grouping.ARTICLES)).hits
        by_clusters = plan.grouping is Grouping.CLUSTERS
        return replace(matches, hits=tuple(self.collapsed(articles))) if by_clusters else matches


class OneClusterWithoutCopies(Oracle):
    def collapsed(self, ranked: Sequence[ScoredId]) -> list[ScoredId]:
        return list({self.documents[hit.id].cluster: hit for hit in reversed(ranked)}.values())[::-1]


class TotalOfClusters(Oracle):
    def search(self, plan: Plan) -> Matches:
        matches = super().search(plan)
        return matches if matches.clusters is None else replace(matches, total=matches.clusters)


class FacetsOfThePlansFilters(Oracle):
    def search(self, plan: Plan) -> Matches:
        return super().search(
            replace(plan, facets=tuple(replace(one, filters=plan.filters) for one in plan.facets))
        )


class RepeatedValues(Oracle):
    def _facet(self, query: Node, facet: Facet) -> FacetCounts:
        found = super()._facet(query, facet)
        names = self._matching(query, facet.filters)
        values = [value for name in names for value in self.documents[name].keywords.get(facet.field, ())]
        return replace(found, values=tuple((value, values.count(value)) for value, _ in found.values))


class DistinctIsShown(Oracle):
    def _facet(self, query: Node, facet: Facet) -> FacetCounts:
        found = super()._facet(query, facet)
        return replace(found, distinct=len(found.values))


class LeavesUnexplained(OracleSnapshot):
    def explain(self, query: Node, article_id: str, _deadline: Deadline) -> Explanation | None:
        found = super().explain(query, article_id, _deadline)
        return found if found is not None and found.parts else None


class ExplainsWithoutSum(OracleSnapshot):
    def explain(self, query: Node, article_id: str, _deadline: Deadline) -> Explanation | None:
        found = super().explain(query, article_id, _deadline)
        return (
            found
            if found is None or not found.parts
            else replace(found, parts=(*found.parts, found.parts[0]))
        )


class ExplainsWhatDoesNotMatch(OracleSnapshot):
    def explain(self, query: Node, article_id: str, _deadline: Deadline) -> Explanation | None:
        return super().explain(query, article_id, _deadline) or Explanation(query, 0.0)


class ScoresOnlySome(OracleSnapshot):
    def scores(self, query: Node, ids: Iterable[str], _deadline: Deadline) -> dict[str, float]:
        return dict(list(super().scores(query, ids, _deadline).items())[:-1])


class ScoresWhatDoesNotMatch(OracleSnapshot):
    def scores(self, query: Node, ids: Iterable[str], _deadline: Deadline) -> dict[str, float]:
        return dict.fromkeys(ids, 0.0) | super().scores(query, ids, _deadline)


WRONG_ORACLES: Iterable[type[Oracle]] = (
    *(WiderGap, OneOrder, AnyPart, StartAnywhere, WholeAtStart, ShortWords, InclusiveDates, UndatedMatch),
    *(FirstKeyword, EqualNodesOnce, EmptyAndIsNone, ZeroIsNoMatch, NotScores, MaybeFilters, ConstantAdds),
    *(OnePairIsEnough, RepeatedPairs, PairsWithoutWeight),
    *(UndatedAreOld, FutureScoresMore, SlowerDecay),
    *(ByteFrequencies, OtherIdf, FiltersIgnored, TiesByUtf16, UndatedFirst, PageFirst),
    *(OneClusterWithoutCopies, TotalOfClusters, FacetsOfThePlansFilters, RepeatedValues, DistinctIsShown),
    *WRONG_COUNTS,
)
WRONG_READERS = (
    *(LeavesUnexplained, ExplainsWithoutSum, ExplainsWhatDoesNotMatch),
    *(ScoresOnlySome, ScoresWhatDoesNotMatch),
)

SEEDS = range(6)
DOCUMENTS = 40
PLANS = 30


def is_wrong(index: OracleIndex) -> bool:
    """Whether one of some 1,400 plans is answered wrongly; the rest is not tried then."""
    return any(
        trial.differences
        for seed in SEEDS
        for trial in trials(replace(index, live={}), Random(seed), DOCUMENTS, PLANS)
    )


def test_a_right_engine_has_no_differences() -> None:
    assert not is_wrong(OracleIndex())


@pytest.mark.parametrize("kind", WRONG_ORACLES, ids=lambda kind: kind.__name__)
def test_a_wrong_answer_is_noticed(kind: type[Oracle]) -> None:
    assert is_wrong(OracleIndex(kind=kind))


@pytest.mark.parametrize("reader", WRONG_READERS, ids=lambda kind: kind.__name__)
def test_a_wrong_explanation_or_score_is_noticed(reader: type[OracleSnapshot]) -> None:
    assert is_wrong(OracleIndex(reader=reader))


def test_a_forgotten_deletion_is_noticed() -> None:
    assert is_wrong(Forgetful())


def test_the_same_seed_gives_the_same_case() -> None:
    def case(seed: int) -> object:
        random = Random(seed)
        documents = [document(random, number) for number in range(10)]
        return history(random, 10), [plan(random, documents) for _ in range(20)]

    assert case(1) == case(1)
    assert case(1) != case(2)


def test_plans_match_some_documents_and_not_all() -> None:
    """A judge that is asked only for nothing or everything shows little."""
    found = list(trials(OracleIndex(), Random(0), DOCUMENTS, 100))
    most = max(trial.matching for trial in found)
    assert sum(0 < trial.matching < most for trial in found) > 0.35 * len(found)
