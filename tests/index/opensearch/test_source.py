"""An article as the document that the cluster gets."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Part
from index.averages import Averages
from index.documents import DATE_FIELDS, KEYWORD_FIELDS, IndexDocument
from index.opensearch import mapping
from index.opensearch.published import Scoring
from index.opensearch.source import source
from index.opensearch.terms import SCALE, frequencies, pair_counts, weighted
from search.plan import Interval
from tests.plan_oracle import period

SCORING = Scoring(k1=1.2, b=0.75)
AVERAGES = Averages(words=4.0, characters={Part.TITLE: 2.0, Part.BODY: 6.0})


def document(**changes: object) -> IndexDocument:
    values: dict[str, object] = {
        "id": "a",
        "characters": {Part.TITLE: "协同", Part.BODY: "协同创新"},
        "words": {"协同": 4, "创新": 1},
        "keywords": {"tag": ("甲", "乙"), "region": ()},
        "dates": {"published": 1_700_000_000},
        "cluster": None,
    }
    return IndexDocument(**(values | changes))  # type: ignore[arg-type]


def test_all_that_is_searched_by_is_in_it() -> None:
    found = source(document(), 7, SCORING, AVERAGES)
    words = frequencies({"协同": 4, "创新": 1}, 5 / 4, 0.75)
    pairs = frequencies({"协同": 2, "同创": 1, "创新": 1}, 6 / 8, 0.75)
    title = frequencies({"协同": 1}, 1.0, 0.75)
    assert title == {"协同": SCALE}
    expected = {
        "id": "a",
        "seq": 7,
        "cluster": "=a",
        "words": weighted(words),
        "words_length": 5,
        "word_count": 2,
        "pairs": weighted(pairs),
        "pairs_length": 6,
        "title_pairs": weighted(title),
        "title_pairs_length": 2,
        "title_chars": "\x02协 协同 同\x03",
        "body_chars": "\x02协 协同 同创 创新 新\x03",
        "tag": ["甲", "乙"],
        "published": 1_700_000_000,
        "published_year": 53,
        "published_month": 646,
        "published_day": 19_676,
    }
    assert {name: found[name] for name in expected} == expected
    others = found.keys() - expected.keys()
    assert all(
        found[name] in {"%|1", 0, weighted(pair_counts("协同创新"))} or "body" in name for name in others
    )


def test_an_article_without_anything_has_the_sentinels_and_no_words() -> None:
    empty = document(characters={}, words={}, keywords={}, dates={})
    found = source(empty, 1, SCORING, AVERAGES)
    assert {name: found[name] for name in ("id", "seq", "cluster", "words")} == {
        "id": "a",
        "seq": 1,
        "cluster": "=a",
        "words": "%|1",
    }
    assert all(found[field] == "%|1" for field in mapping.PAIR_FIELDS.values())
    assert mapping.WORD_COUNT not in found


@given(number=st.integers(0, 2**60), name=st.text())
def test_no_number_of_copies_is_taken_for_an_article_without_any(number: int, name: str) -> None:
    shared = source(document(cluster=number), 1, SCORING, AVERAGES)
    alone = source(document(id=name), 1, SCORING, AVERAGES)
    assert shared["cluster"] == shared["shared"] == str(number)
    assert alone["cluster"] != shared["cluster"]
    assert "shared" not in alone


@given(st.integers(-(2**40), 2**40))
def test_periods_are_those_of_the_calendar_in_china(moment: int) -> None:
    found = source(document(dates={"signed": moment}), 1, SCORING, AVERAGES)
    for interval in Interval:
        assert found[f"signed_{interval.value}"] == period(moment, interval)


def test_periods_are_named_as_the_readers_do() -> None:
    assert set(mapping.PERIODS) == {interval.value for interval in Interval}


def test_every_field_is_in_the_mapping() -> None:
    moment = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp())
    full = document(
        characters=dict.fromkeys(Part, "协同"),
        keywords=dict.fromkeys(KEYWORD_FIELDS, ("值",)),
        dates=dict.fromkeys(DATE_FIELDS, moment),
        cluster=3,
    )
    found = source(full, 1, SCORING, AVERAGES)
    assert found.keys() == mapping.fields()["properties"].keys()
    json.dumps(found)


@pytest.mark.parametrize("part", Part)
def test_the_fields_of_terms_are_not_given_back(part: Part) -> None:
    excluded = mapping.fields()["_source"]["excludes"]
    assert mapping.character_field(part) in excluded
    assert set(mapping.PAIR_FIELDS.values()) < set(excluded)
    assert mapping.WORDS in excluded
