"""Query strings through parser, plan and engine, with the brute-force reference as the judge.

2,000 random queries with every operator; `python -m benchmarks.queries` asks 20,000.
"""

from collections import Counter
from collections.abc import Set
from pathlib import Path
from random import Random

import pytest

from index.analysis.analyzer import Analyzer
from tests.engines import ArticleLibrary, Library
from tests.query_trials import JudgeKind, StatingEngine, query_trials
from tests.reference_engine import Clause, Node, Not
from tests.reference_modes import Answer, Enough

QUERIES = 100
ARTICLES = 80
FAST, ALL = 2, 20
MOST_UNTIL_NOTICED = 8


@pytest.mark.parametrize(
    "seed", [*range(FAST), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(FAST, ALL))]
)
def test_answers_equal_the_reference(seed: int, library: ArticleLibrary) -> None:
    kinds: Counter[str] = Counter()
    for trial in query_trials(library, Random(seed), ARTICLES, QUERIES):
        assert trial.difference is None, trial.request
        kinds["with hits"] += trial.hits > 0
        kinds["in part"] += trial.relaxed
    assert kinds["with hits"] > QUERIES // 2, kinds
    assert kinds["in part"] > 2, kinds


class WithoutOtherWays(StatingEngine):
    def _of_run(self, text: str, parts: tuple[int, ...], enough: Enough) -> set[str] | None:
        return self._of_typed(text, parts, enough)


class OtherWaysAreNoWord(StatingEngine):
    def _standing_in_another_way(self, _node: Node) -> set[str]:
        return set()


class NumbersInTextsAlone(StatingEngine):
    def _clause(self, clause: Clause, parts: tuple[int, ...]) -> set[str] | None:
        return super(StatingEngine, self)._clause(clause, parts)


class FiltersIgnored(StatingEngine):
    def _found(self, tree: Node, enough: Enough, _within: Set[str] | None) -> frozenset[str]:
        return super()._found(tree, enough, None)


class NeverInPart(StatingEngine):
    def smart(self, tree: Node, within: Set[str] | None = None) -> Answer:
        return self.every(tree, within)


class DatesNeverInPart(StatingEngine):
    def smart_by_date(self, tree: Node, within: Set[str] | None = None) -> Answer:
        return self.every(tree, within)


class NotIgnored(StatingEngine):
    def _matches(self, node: Node) -> set[str] | None:
        return super()._matches(node.child if isinstance(node, Not) else node)


@pytest.mark.parametrize(
    "kind",
    [
        *(WithoutOtherWays, OtherWaysAreNoWord, NumbersInTextsAlone, FiltersIgnored),
        *(NeverInPart, DatesNeverInPart, NotIgnored),
    ],
    ids=lambda kind: kind.__name__,
)
def test_a_judge_with_another_law_disagrees(kind: JudgeKind, tmp_path: Path, analyzer: Analyzer) -> None:
    assert any(
        trial.difference
        for seed in range(MOST_UNTIL_NOTICED)
        for trial in query_trials(
            Library(tmp_path / str(seed), analyzer), Random(seed), ARTICLES, QUERIES, kind
        )
    )
