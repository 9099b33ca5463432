"""An article as the document that the cluster gets."""

from collections import Counter
from datetime import date, timedelta
from typing import Any, Final

from index.averages import Averages
from index.describe.times import CHINA
from index.documents import IndexDocument
from index.opensearch.mapping import (
    CLUSTER,
    ID,
    LENGTH_FIELDS,
    NO_CLUSTER,
    PAIR_FIELDS,
    PERIODS,
    SEQUENCE,
    SHARED,
    WORD_COUNT,
    WORDS,
    character_field,
    period_field,
)
from index.opensearch.published import Scoring
from index.opensearch.terms import characters, frequencies, pair_counts, weighted, word_term

_OFFSET: Final = int(CHINA.utcoffset(None).total_seconds())
_EPOCH: Final = date(1970, 1, 1)
_DAY: Final = 24 * 60 * 60
_REPETITION: Final = 146_097
"""Days of 400 years."""


def source(document: IndexDocument, sequence: int, scoring: Scoring, averages: Averages) -> dict[str, Any]:
    """The fields of an article whose state came with this journal entry."""
    return {
        ID: document.id,
        SEQUENCE: sequence,
        **_cluster(document),
        **_words(document, scoring.b, averages.words),
        **_pairs(document, scoring.b, averages),
        **{character_field(part): characters(text) for part, text in document.characters.items()},
        **{field: list(values) for field, values in document.keywords.items() if values},
        **document.dates,
        **_periods(document),
    }


def cluster_value(document: IndexDocument) -> str:
    """What hits are grouped by."""
    return f"{NO_CLUSTER}{document.id}" if document.cluster is None else str(document.cluster)


def _cluster(document: IndexDocument) -> dict[str, str]:
    value = cluster_value(document)
    return {CLUSTER: value} if document.cluster is None else {CLUSTER: value, SHARED: value}


def _words(document: IndexDocument, b: float, average: float) -> dict[str, Any]:
    counts = {word_term(word): count for word, count in document.words.items()}
    found: dict[str, Any] = {
        WORDS: weighted(frequencies(counts, document.length / average, b)),
        LENGTH_FIELDS[WORDS]: document.length,
    }
    return found | {WORD_COUNT: len(counts)} if counts else found


def _pairs(document: IndexDocument, b: float, averages: Averages) -> dict[str, Any]:
    # Each text is counted once, though several fields have its pairs.
    by_part = {part: pair_counts(text) for part, text in document.characters.items()}
    found: dict[str, Any] = {}
    for parts, field in PAIR_FIELDS.items():
        counts: Counter[str] = Counter()
        for part in parts & by_part.keys():
            counts.update(by_part[part])
        length = sum(len(document.characters.get(part, "")) for part in parts)
        found[field] = weighted(frequencies(counts, length / averages.of_parts(parts), b))
        found[LENGTH_FIELDS[field]] = length
    return found


def _periods(document: IndexDocument) -> dict[str, int]:
    return {
        period_field(field, period): number
        for field, moment in document.dates.items()
        for period, number in zip(PERIODS, _calendar(moment), strict=True)
    }


def _calendar(moment: int) -> tuple[int, int, int]:
    """The years, months and days from the first of 1970 to a moment, in China's time."""
    days = (moment + _OFFSET) // _DAY
    # The calendar repeats, and Python has the dates of one repetition.
    repetitions, within = divmod(days, _REPETITION)
    day = _EPOCH + timedelta(days=within)
    years = day.year - _EPOCH.year + 400 * repetitions
    return years, 12 * years + day.month - 1, days
