"""Numbers of terms are read by what the terms are, in whatever order the cluster explains them."""

import pytest

from search.opensearch.answer import Explained
from search.opensearch.errors import EngineUnavailable
from search.opensearch.term_statistics import TermStatistics, read_statistics


def weight(term: str, frequency: float, holding: float) -> Explained:
    """As Lucene explains the weight of a term in a document."""
    idf = Explained(
        0.5,
        "idf, computed as log(1 + (N - n + 0.5) / (n + 0.5)) from:",
        (
            Explained(holding, "n, number of documents containing term"),
            Explained(36, "N, total number of documents with field"),
        ),
    )
    tf = Explained(
        0.9,
        "tf, computed as freq / (freq + k1 * (1 - b + b * dl / avgdl)) from:",
        (Explained(frequency, "freq, occurrences of term within document"),),
    )
    score = Explained(0.4, "score(freq=1.0), computed as boost * idf * tf from:", (idf, tf))
    return Explained(0.4, f"weight({term} in 17) [PerFieldSimilarity], result of:", (score,))


def test_each_term_has_its_own_numbers() -> None:
    explanation = Explained(
        1.2,
        "sum of:",
        (
            weight("pairs:()", 16_384, 5),
            Explained(0.0, "ConstantScore(source:weight(x in 1))^0.0"),
            weight("words:中国", 200, 7),
            Explained(0.0, "match on required clause, product of:", (weight("words:a)in", 1, 1),)),
        ),
    )
    assert read_statistics(explanation) == {
        "pairs:()": TermStatistics(16_384.0, 36, 5),
        "words:中国": TermStatistics(200.0, 36, 7),
        "words:a)in": TermStatistics(1.0, 36, 1),
    }


def test_an_explanation_of_another_kind_is_refused() -> None:
    with pytest.raises(EngineUnavailable, match="another way"):
        read_statistics(Explained(1.0, "weight(words:a in 1) [Other], result of:"))
