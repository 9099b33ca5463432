"""Comparing two results, floors, and the file that a result is kept in."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.evaluation.answers import Answer
from search.evaluation.comparison import QueryChange, compare
from search.evaluation.errors import EvaluationInputInvalid
from search.evaluation.floors import Shortfall, read_floors, shortfalls
from search.evaluation.judged_set import JudgedSet, Query
from search.evaluation.measures import Measure
from search.evaluation.report import Report, encode_report, read_sets_of_report
from search.evaluation.set_result import SetResult, measure_set

SECOND = 1 / math.log2(3)

LACKING = json.dumps(
    {
        "format": 1,
        "sets": [
            {
                "name": "s",
                "means": {},
                "without_hits": 0,
                "queries": [{"id": "q", "text": "x", "hits": 1, "values": {"MRR@10": 1}}],
            }
        ],
    }
)


def result_of(ranks: dict[str, int | None], name: str = "small") -> SetResult:
    """A set in which the one relevant article of each query has this rank; None: it is not found."""
    judged = JudgedSet(
        name=name,
        queries=tuple(Query(query_id, f"查询{query_id}") for query_id in ranks),
        grades={query_id: {"a": 1} for query_id in ranks},
    )
    answers = {query_id: Answer((*map(str, range(1, rank)), "a")) for query_id, rank in ranks.items() if rank}
    return measure_set(judged, answers)


class TestComparison:
    def test_queries_are_counted_one_by_one(self) -> None:
        before = result_of({"1": 1, "2": 2, "3": 1, "4": None})
        after = result_of({"1": 2, "2": 1, "3": 1, "4": 2})
        (found,) = compare([before], [after])
        assert (found.name, found.paired, found.unpaired) == ("small", 4, 0)
        ndcg, mrr, recall = found.measures
        assert (ndcg.measure, ndcg.wins, ndcg.losses, ndcg.ties) == (Measure.NDCG_10, 2, 1, 1)
        assert (ndcg.before, ndcg.after) == pytest.approx(((2 + SECOND) / 4, (2 + 2 * SECOND) / 4))
        assert ndcg.difference.mean == pytest.approx(SECOND / 4)
        assert (mrr.wins, mrr.losses, mrr.ties) == (2, 1, 1)
        assert (recall.wins, recall.losses, recall.ties) == (1, 0, 3)
        # Of the two signs of the one query that changed both are as far from 0.
        assert recall.p == 1

    def test_what_changed_goes_from_the_greatest_loss_to_the_greatest_gain(self) -> None:
        before = result_of({"1": 1, "2": 2, "3": 1, "4": None})
        (found,) = compare([before], [result_of({"1": 2, "2": 1, "3": None, "4": 1})])
        assert found.changed == (
            QueryChange(id="3", text="查询3", before=1.0, after=0.0),
            QueryChange(id="1", text="查询1", before=1.0, after=SECOND),
            QueryChange(id="2", text="查询2", before=SECOND, after=1.0),
            QueryChange(id="4", text="查询4", before=0.0, after=1.0),
        )

    def test_only_the_same_queries_are_compared(self) -> None:
        before, after = result_of({"1": 1, "2": 1}), result_of({"2": 2, "3": 1, "4": 1})
        (found,) = compare([before], [after])
        assert (found.paired, found.unpaired) == (1, 3)
        assert found.measures[0].before == 1.0

    def test_a_set_without_an_earlier_result_is_compared_with_nothing(self) -> None:
        (found,) = compare([result_of({"1": 1}, "other")], [result_of({"1": 1})])
        assert (found.paired, found.unpaired, found.measures, found.changed) == (0, 1, (), ())

    @settings(max_examples=20)
    @given(st.dictionaries(st.sampled_from("abcdefgh"), st.none() | st.integers(1, 12), min_size=1))
    def test_a_result_does_not_differ_from_itself(self, ranks: dict[str, int | None]) -> None:
        (found,) = compare([result_of(ranks)], [result_of(ranks)])
        assert found.changed == ()
        assert all(
            (change.wins, change.losses, change.ties, change.p) == (0, 0, len(ranks), 1.0)
            for change in found.measures
        )

    @settings(max_examples=20)
    @given(
        st.dictionaries(
            st.sampled_from("abcdefgh"), st.tuples(*[st.none() | st.integers(1, 12)] * 2), min_size=1
        )
    )
    def test_the_other_way_round_wins_are_losses(
        self, ranks: dict[str, tuple[int | None, int | None]]
    ) -> None:
        one, other = (result_of({key: pair[at] for key, pair in ranks.items()}) for at in (0, 1))
        (there,), (back,) = compare([one], [other]), compare([other], [one])
        for change, reverse in zip(there.measures, back.measures, strict=True):
            assert (change.wins, change.losses, change.ties) == (reverse.losses, reverse.wins, reverse.ties)
            assert change.p == reverse.p
            assert change.difference.mean == pytest.approx(-reverse.difference.mean)


class TestFloors:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        return tmp_path / "floors.toml"

    def test_a_set_below_a_floor_is_named_with_the_measure(self, file: Path) -> None:
        text = '[small]\n"nDCG@10" = 0.9\n"MRR@10" = 0.75\n[other]\n"MRR@10" = 1\n'
        file.write_text(text, encoding="utf-8")
        results = [result_of({"1": 1, "2": 2}), result_of({"3": 1}, "other")]
        floors = read_floors(file, [result.name for result in results])
        mean = results[0].means[Measure.NDCG_10].mean
        assert shortfalls(floors, results) == (Shortfall("small", Measure.NDCG_10, 0.9, mean),)

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ('[smal]\n"nDCG@10" = 0.9\n', "smal, which is not measured; measured: small"),
            ('[small]\n"nDCG" = 0.9\n', "nDCG"),
            ('[small]\n"nDCG@10" = 90\n', "from 0 to 1"),
            ('[small]\n"nDCG@10" = "high"\n', "from 0 to 1"),
            ('[small]\n"nDCG@10" = nan\n', "from 0 to 1"),
            ("small = 1\n", "a table for each set"),
            ("[small\n", "cannot be used"),
        ],
        ids=["foreign-set", "unknown-measure", "percent", "text", "nan", "no-table", "no-toml"],
    )
    def test_floors_that_could_never_fail_or_hold_are_refused(self, text: str, says: str, file: Path) -> None:
        file.write_text(text, encoding="utf-8")
        with pytest.raises(EvaluationInputInvalid, match=says):
            read_floors(file, ["small"])


class TestFile:
    def test_the_sets_are_read_back_whole(self, tmp_path: Path) -> None:
        sets = (result_of({"1": 1, "2": None}), result_of({"3": 4}, "other"))
        file = tmp_path / "kept.json"
        file.write_bytes(encode_report(Report(sets=sets, comparison=compare(sets, sets))))
        assert read_sets_of_report(file) == sets

    def test_it_is_json_with_the_names_of_the_measures(self) -> None:
        (read,) = json.loads(encode_report(Report(sets=(result_of({"1": 2}),))))["sets"]
        assert read["means"]["MRR@10"] == {"mean": 0.5, "low": 0.5, "high": 0.5}
        assert read["queries"][0]["values"] == {"nDCG@10": SECOND, "MRR@10": 0.5, "Recall@100": 1.0}

    def test_the_same_result_gives_the_same_bytes(self) -> None:
        ranks: dict[str, int | None] = {"1": 1, "2": 3, "3": None}
        one, other = (encode_report(Report(sets=(result_of(ranks),))) for _ in range(2))
        assert one == other
        assert one.endswith(b"}\n")

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("{", "holds no result"),
            ('{"format":1,"sets":"\udcff"}', "holds no result"),
            ('{"format":1}', "sets"),
            ('{"format":2,"sets":[]}', "format 2"),
            (LACKING, "q lacks a measure"),
        ],
        ids=["no-json", "no-utf-8", "no-sets", "newer", "lacking"],
    )
    def test_a_file_that_is_no_result_is_refused(self, text: str, says: str, tmp_path: Path) -> None:
        file = tmp_path / "kept.json"
        file.write_bytes(text.encode("utf-8", "surrogateescape"))
        with pytest.raises(EvaluationInputInvalid, match=says):
            read_sets_of_report(file)
