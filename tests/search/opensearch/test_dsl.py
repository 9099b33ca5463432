"""Nodes as queries: what is sent for each. That it means the same is shown on a node, see `test_trees`."""

from typing import Any

import pytest

from index.article import Part
from index.opensearch.terms import END, START
from search.opensearch.dsl import QueryWriter
from search.opensearch.errors import UnsupportedPlan
from search.opensearch.queries import NEVER, NONE, Query
from search.plan import (
    Anchor,
    And,
    AtLeast,
    Characters,
    Constant,
    DateRange,
    Every,
    Keyword,
    Maybe,
    Missing,
    Near,
    Node,
    Not,
    Or,
    Pairs,
    Prefix,
    Recent,
    Word,
)

WRITER = QueryWriter(k1=1.0)
BODY = (Part.BODY,)


def unscored(query: Query) -> Query:
    return {"constant_score": {"filter": query, "boost": 0.0}}


def guarded(query: Query) -> Query:
    return {"bool": {"should": [query, NEVER], "minimum_should_match": 1}}


def term(field: str, value: str, boost: float) -> Query:
    return {"term": {field: {"value": value, "boost": boost}}}


def in_any(*queries: Query) -> Query:
    return {"bool": {"should": list(queries), "minimum_should_match": 1}}


def phrase(field: str, text: str) -> Query:
    return {"match_phrase": {field: {"query": text, "analyzer": "phrase"}}}


WORD = term("words", "中国", 2.0)
EXISTS_A = unscored(guarded({"exists": {"field": "signed"}}))

CASES: dict[str, tuple[Node, Query]] = {
    "every": (Every(), {"match_all": {"boost": 0.0}}),
    "word": (Word("中国"), WORD),
    "word that the cluster would cut": (Word("a|b"), term("words", "a%7C;b", 2.0)),
    "no word": (Word(""), NONE),
    "prefix": (Prefix("中"), unscored({"prefix": {"words": {"value": "中"}}})),
    "any word": (Prefix(""), unscored(guarded({"exists": {"field": "word_count"}}))),
    "one character": (Characters("中", BODY), unscored({"prefix": {"body_chars": {"value": "中"}}})),
    "characters": (Characters("甲乙丙丁", BODY), unscored(phrase("body_chars", "甲乙 _ 丙丁"))),
    "characters in two parts": (
        Characters("甲乙", (Part.BODY, Part.TITLE)),
        unscored(in_any(phrase("body_chars", "甲乙"), phrase("title_chars", "甲乙"))),
    ),
    "at the start": (
        Characters("甲乙", BODY, Anchor.START),
        unscored(phrase("body_chars", f"{START}甲 甲乙")),
    ),
    "all of it": (
        Characters("甲", BODY, Anchor.WHOLE),
        unscored(phrase("body_chars", f"{START}甲 甲{END}")),
    ),
    "no characters": (Characters(""), unscored(NONE)),
    "characters in no part": (Characters("甲", ()), unscored(NONE)),
    "near nothing": (Near("甲", "", 3), unscored(NONE)),
    "keyword": (Keyword("source", ("甲报", "A")), unscored({"terms": {"source": ["甲报", "A"]}})),
    "no value": (Keyword("source", ()), NONE),
    "missing": (
        Missing("source"),
        unscored(guarded({"bool": {"must_not": [{"exists": {"field": "source"}}]}})),
    ),
    "dates": (
        DateRange("signed", -5, 7),
        unscored(guarded({"range": {"signed": {"gte": -5, "lt": 7}}})),
    ),
    "any date": (DateRange("signed", None, None), EXISTS_A),
    "new, without a weight": (Recent("signed", 0, 9, 0.0), EXISTS_A),
    "all": (And((Word("中国"), Every())), {"bool": {"must": [WORD, {"match_all": {"boost": 0.0}}]}}),
    "all of none": (And(()), {"match_all": {"boost": 0.0}}),
    "one of": (Or((Word("中国"),)), {"bool": {"should": [WORD], "minimum_should_match": 1}}),
    "one of none": (Or(()), NONE),
    "some of": (
        AtLeast(2, (Word("中国"), Word("中国"))),
        {"bool": {"should": [WORD, WORD], "minimum_should_match": 2}},
    ),
    "more than there are": (AtLeast(2, (Word("中国"),)), NONE),
    "not": (Not(Word("中国")), unscored(guarded({"bool": {"must_not": [WORD]}}))),
    "maybe": (
        Maybe(Every(), Word("中国")),
        {"bool": {"must": [{"match_all": {"boost": 0.0}}], "should": [WORD]}},
    ),
    "constant": (Constant(Word("中国"), 3.0), {"constant_score": {"filter": WORD, "boost": 3.0}}),
    "constant below 0, where no score counts": (
        Constant(Word("中国"), -3.0),
        {"constant_score": {"filter": WORD, "boost": 0.0}},
    ),
    "pairs": (
        Pairs("甲乙丙", 2, 0.5),
        {
            "bool": {
                "should": [term("pairs", "甲乙", 1.0), term("pairs", "乙丙", 1.0)],
                "minimum_should_match": 2,
            }
        },
    ),
    "pairs in a part": (
        Pairs("甲乙", 1, 1.0, (Part.TITLE,)),
        {"bool": {"should": [term("title_pairs", "甲乙", 2.0)], "minimum_should_match": 1}},
    ),
    "pairs in two parts": (
        Pairs("甲乙", 1, 1.0, (Part.BODY, Part.TITLE)),
        {
            "bool": {
                "should": [
                    {
                        "bool": {
                            "should": [term("title_pairs", "甲乙", 2.0), term("body_pairs", "甲乙", 2.0)],
                            "minimum_should_match": 1,
                        }
                    }
                ],
                "minimum_should_match": 1,
            }
        },
    ),
    "pairs in no part": (Pairs("甲乙", 1, 1.0, ()), NONE),
    "more pairs than there are": (Pairs("甲乙", 2), NONE),
}


@pytest.mark.parametrize(("node", "query"), CASES.values(), ids=CASES)
def test_a_node_is_sent_as(node: Node, query: Query) -> None:
    assert WRITER.query(node) == query


def test_what_is_near_is_sought_in_both_orders_by_places_of_single_characters() -> None:
    def run(*clauses: Query) -> Query:
        return {"span_near": {"clauses": list(clauses), "slop": 0, "in_order": True}}

    def last(char: str) -> Query:
        return {"span_multi": {"match": {"prefix": {"body_chars": {"value": char}}}}}

    first = run({"span_term": {"body_chars": {"value": "甲乙"}}}, last("乙"))
    both = [
        {"span_near": {"clauses": clauses, "slop": 3, "in_order": True}}
        for clauses in ([first, last("丙")], [last("丙"), first])
    ]
    assert WRITER.query(Near("甲乙", "丙", 3, BODY)) == unscored(in_any(*both))


def test_recency_decays_until_now_and_is_whole_from_then_on() -> None:
    scored = WRITER.query(Recent("signed", 100, 30, 2.0))["function_score"]
    past, later = scored["functions"]
    assert past["exp"] == {"signed": {"origin": 100, "scale": 30, "decay": 0.5}}
    assert (past["filter"], later["filter"]) == (
        {"range": {"signed": {"lt": 100}}},
        {"range": {"signed": {"gte": 100}}},
    )
    assert (past["weight"], later["weight"]) == (2.0, 2.0)
    assert scored["query"] == {
        "constant_score": {"filter": guarded({"exists": {"field": "signed"}}), "boost": 1.0}
    }
    assert scored["boost_mode"] == "multiply"


def test_what_a_shard_may_prove_empty_is_guarded_wherever_it_stands() -> None:
    """Else the shard drops what stands beside it, too, and rarities are gathered from the others alone."""
    nodes = (
        DateRange("signed", 1, None),
        Missing("source"),
        Not(Every()),
        Prefix(""),
        Recent("signed", 1, 1, 1.0),
    )
    for node in nodes:
        unguarded = [query for query in _within(WRITER.query(node)) if _is_provable(query)]
        assert unguarded == [], node


def _within(query: Any) -> list[Any]:
    """All queries inside that no guard is around; those of functions only choose a score."""
    if isinstance(query, dict):
        if NEVER in query.get("should", []):
            return []
        inside = (value for key, value in query.items() if key != "functions")
        return [query, *(found for value in inside for found in _within(value))]
    if isinstance(query, list):
        return [found for value in query for found in _within(value)]
    return []


def _is_provable(query: dict[str, Any]) -> bool:
    return not query.keys().isdisjoint({"exists", "must_not", "range"})


def test_the_beginning_of_a_word_has_a_length_that_no_cut_word_is_missed_by() -> None:
    assert WRITER.query(Prefix("甲" * 1_100))
    with pytest.raises(UnsupportedPlan, match="1100"):
        WRITER.query(Prefix("甲" * 1_101))
