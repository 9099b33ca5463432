"""The oracle of plans in the place of an engine."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from index.documents import IndexDocument
from search.deadline import Deadline
from search.engine import Explanation, Matches, WordCounts
from search.plan import And, AtLeast, Maybe, Node, Or, Pairs, Plan, Word
from tests.plan_checks import AVERAGE_LENGTH
from tests.plan_oracle import Oracle
from tests.plan_trees import Change, Step


@dataclass
class OracleSnapshot:
    """An oracle as an engine."""

    oracle: Oracle
    generation: str = "1.1"
    committed: datetime | None = None
    sequence: int = 1

    def search(self, plan: Plan, _deadline: Deadline) -> Matches:
        return self.oracle.search(plan)

    def explain(self, query: Node, article_id: str, _deadline: Deadline) -> Explanation | None:
        score = self.oracle.scores(query).get(article_id)
        if score is None:
            return None
        match query:
            case And(nodes) | Or(nodes) | AtLeast(_, nodes):
                parts = self._parts(nodes, article_id)
            case Maybe(node, extra):
                parts = self._parts((node, extra), article_id)
            case Pairs() if len(query.text) > 2:
                pairs = [replace(query, text=pair, count=1) for pair in query.pairs]
                parts = self._parts(pairs, article_id)
            case _:
                parts = ()
        return Explanation(query, score, parts, self._facts(query, article_id))

    def explain_each(
        self, query: Node, ids: Iterable[str], deadline: Deadline
    ) -> Iterator[tuple[str, Explanation | None]]:
        return ((name, self.explain(query, name, deadline)) for name in ids)

    def scores(self, query: Node, ids: Iterable[str], _deadline: Deadline) -> dict[str, float]:
        scores = self.oracle.scores(query)
        return {name: float(scores[name]) for name in ids if name in scores}

    def words_with(self, prefix: str) -> int:
        return self.oracle.words_with(prefix)

    def count_words(self, words: Iterable[str]) -> WordCounts:
        return self.oracle.count_words(words)

    def words(self) -> Iterable[tuple[str, int]]:
        return self.oracle.words().items()

    def _facts(self, query: Node, article_id: str) -> Mapping[str, float] | None:
        match query:
            case Word(text):
                return self.oracle.word_facts(text, article_id)
            case Pairs(text, parts=parts) if len(text) == 2:
                return {**self.oracle.pair_facts(text, parts, article_id), "weight": query.weight}
            case _:
                return None

    def _parts(self, nodes: Sequence[Node], article_id: str) -> tuple[Explanation, ...]:
        found = (self.explain(node, article_id, Deadline.never()) for node in nodes)
        return tuple(part for part in found if part is not None)


@dataclass
class OracleIndex:
    """Documents that one kind of oracle answers for, seen through one kind of snapshot."""

    kind: type[Oracle] = Oracle
    reader: type[OracleSnapshot] = OracleSnapshot
    live: dict[str, IndexDocument] = field(default_factory=dict)

    def apply(self, step: Step) -> None:
        if isinstance(step, Change):
            self.live |= {document.id: document for document in step.puts}
            for name in step.deletes:
                self.live.pop(name, None)

    def snapshot(self) -> OracleSnapshot:
        return self.reader(self.kind(self.live.values(), AVERAGE_LENGTH))
