"""The brute-force judge, with what is meant to be otherwise on OpenSearch."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from index.article import Part
from index.averages import Averages
from index.documents import IndexDocument
from search.plan import ALL_PARTS, Pairs
from search.ranking import Ranking
from tests.plan_checks import AVERAGE_LENGTH
from tests.plan_oracle import Oracle

AVERAGES = Averages(words=AVERAGE_LENGTH, characters={part: 40.0 + 10 * at for at, part in enumerate(Part)})
"""Of every generation that documents made by hand are written to."""

STEPS = 16_384
"""Into so many the frequency is cut that one occurrence has in an article of average length."""


class ClusterOracle(Oracle):
    """Frequencies are divided by the length and then rounded; pairs in two or three parts are scored in
    each."""

    def _bm25(self, facts: Mapping[str, float]) -> float:
        k1, b = self._ranking.k1, self._ranking.b
        shortened = facts["frequency"] / (1 - b + b * facts["length"] / facts["average_length"])
        frequency = max(1, round(STEPS * shortened)) / STEPS
        return facts["idf"] * frequency * (k1 + 1) / (frequency + k1)

    def _pairs(self, node: Pairs, document: IndexDocument) -> float | None:
        score = super()._pairs(node, document)
        parts = set(node.parts)
        if score is None or len(parts) in {1, len(ALL_PARTS)}:
            return score
        alone = (replace(node, count=1, parts=(part,)) for part in Part if part in parts)
        return sum(super(ClusterOracle, self)._pairs(one, document) or 0.0 for one in alone)


def judge(documents: Iterable[IndexDocument]) -> ClusterOracle:
    """Of live documents in a fresh generation."""
    return ClusterOracle(documents, AVERAGES.words, Ranking(), characters=AVERAGES.characters)
