"""Files of judged sets and runs: what is read, and what is said of what cannot be."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.evaluation.answers import Answer
from search.evaluation.errors import EvaluationInputInvalid
from search.evaluation.judged_set import Query
from search.evaluation.qrels_file import read_qrels
from search.evaluation.query_files import read_queries
from search.evaluation.run_file import read_run, run_lines
from search.evaluation.set_folder import read_set, read_sets

TOPICS = """<top>
<num> Number: 301
<title> 协同创新
平台

<desc> Description:
怎样建设 < 平台
</top>
<top>
<num>302
<title>Topic: 零碳园区</top>
"""


def written(folder: Path, name: str, text: str | bytes) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


class TestQueries:
    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("queries.jsonl", '{"id": "1", "text": "甲 乙"}\r\n\n{"text": "丙", "id": "b-2", "kind": "x"}'),
            ("queries.tsv", "1\t甲 乙\r\nb-2\t 丙\n"),
            ("topics.txt", "<top><num>1<title>甲\n 乙</top> <top>\n<num> b-2\n<title> 丙\n</top>"),
        ],
        ids=["json-lines", "table", "topics"],
    )
    def test_each_form_gives_ids_and_texts_in_order(self, name: str, text: str, tmp_path: Path) -> None:
        found = read_queries(written(tmp_path, name, text))
        assert found == (Query("1", "甲 乙"), Query("b-2", "丙"))

    def test_topics_are_their_titles(self, tmp_path: Path) -> None:
        found = read_queries(written(tmp_path, "topics.txt", TOPICS))
        assert found == (Query("301", "协同创新 平台"), Query("302", "零碳园区"))

    def test_a_byte_order_mark_is_no_part_of_the_first_id(self, tmp_path: Path) -> None:
        assert read_queries(written(tmp_path, "q.tsv", b"\xef\xbb\xbf1\tx")) == (Query("1", "x"),)

    def test_a_line_separator_inside_a_text_ends_no_line(self, tmp_path: Path) -> None:
        line = json.dumps({"id": "1", "text": "甲\u2028乙"}, ensure_ascii=False)
        assert read_queries(written(tmp_path, "q.jsonl", line)) == (Query("1", "甲\u2028乙"),)

    @pytest.mark.parametrize(
        ("name", "text", "says"),
        [
            ("q.jsonl", '{"id": "1", "text": "x"}\n{', "line 2"),
            ("q.jsonl", '{"id": 1, "text": "x"}', "line 1"),
            ("q.jsonl", '{"id": "1"}', "text"),
            ("q.jsonl", '{"id": "", "text": "x"}', "line 1"),
            ("q.jsonl", '{"id": "1 2", "text": "x"}', "white space"),
            ("q.jsonl", '{"id": "1", "text": " "}', "no text"),
            ("q.jsonl", "", "no query"),
            ("q.tsv", "1\tx\n\n1\ty", "line 3: a second query has the id 1"),
            ("q.tsv", "1 x", "no tab"),
            ("q.tsv", b"1\tx\n2\t\xd0\xd0\n", "line 2: this is not UTF-8"),
            ("topics.txt", "\n<top><num>1</top>", "line 2"),
            ("topics.txt", "<top><title>x</top>", "<num>"),
            ("topics.txt", "1\tx", "no query"),
        ],
    )
    def test_what_cannot_be_read_is_named(
        self, name: str, text: str | bytes, says: str, tmp_path: Path
    ) -> None:
        path = written(tmp_path, name, text)
        with pytest.raises(EvaluationInputInvalid) as raised:
            read_queries(path)
        assert str(raised.value).startswith(str(path))
        assert says in str(raised.value)


class TestQrels:
    @pytest.mark.parametrize(
        "text",
        ["q1\ta\t2\nq1\tb\t0\nq2\ta\t-1\n", "q1 0 a 2\r\nq1 0 b 0\r\n\r\nq2 Q0 a -1"],
        ids=["ours", "trec"],
    )
    def test_both_forms_are_read(self, text: str, tmp_path: Path) -> None:
        assert read_qrels(written(tmp_path, "qrels", text)) == {"q1": {"a": 2, "b": 0}, "q2": {"a": -1}}

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("q1\ta\t1\nq1\ta\t1\n", "line 2: a is judged a second time for q1"),
            ("q1\ta\n", "line 1"),
            ("q1 0 a 1 2\n", "line 1"),
            ("q1\ta\tgood\n", "'good'"),
            ("q1\ta\t0.5\n", "'0.5'"),
            ("q1\ta\t٣\n", "'٣'"),
        ],
    )
    def test_what_cannot_be_read_is_named(self, text: str, says: str, tmp_path: Path) -> None:
        with pytest.raises(EvaluationInputInvalid, match=says):
            read_qrels(written(tmp_path, "qrels.tsv", text))


class TestSet:
    def test_it_has_the_name_of_its_folder_and_leaves_out_what_nothing_answers(self, tmp_path: Path) -> None:
        folder = tmp_path / "small"
        written(folder, "queries.tsv", "q1\t甲\nq2\t乙\nq3\t丙\n")
        written(folder, "qrels.txt", "q1 0 a 1\nq1 0 b 0\nq2 0 a 0\nq9 0 a 1\n")
        judged = read_set(folder)
        assert judged.name == "small"
        assert judged.queries == (Query("q1", "甲"),)
        assert judged.grades == {"q1": {"a": 1, "b": 0}}
        assert judged.relevant == {"a"}
        assert judged.unjudged == ("q2", "q3")

    @pytest.mark.parametrize(
        ("files", "says"),
        [
            ({"qrels.tsv": "q\ta\t1"}, "no file of queries"),
            ({"queries.tsv": "q\tx"}, "no file of judgements"),
            ({"queries.tsv": "q\tx", "topics.txt": "", "qrels.tsv": "q\ta\t1"}, "2 files of queries"),
            ({"queries.tsv": "q\tx", "qrels.tsv": "p\ta\t1"}, "do the ids of both files agree"),
        ],
        ids=["no-queries", "no-qrels", "two", "foreign-ids"],
    )
    def test_what_is_amiss_is_said(self, files: dict[str, str], says: str, tmp_path: Path) -> None:
        for name, text in files.items():
            written(tmp_path, name, text)
        with pytest.raises(EvaluationInputInvalid, match=says):
            read_set(tmp_path)

    @pytest.mark.parametrize(
        ("folders", "says"), [(["one", "one"], "same name"), (["one", "two"], "both have a query q1")]
    )
    def test_results_that_could_not_be_told_apart_are_refused(
        self, folders: list[str], says: str, tmp_path: Path
    ) -> None:
        for name in set(folders):
            written(tmp_path / name, "queries.tsv", "q1\t甲\n")
            written(tmp_path / name, "qrels.tsv", "q1\ta\t1\n")
        with pytest.raises(EvaluationInputInvalid, match=says):
            read_sets([tmp_path / name for name in folders])


class TestRun:
    def test_the_score_orders_and_the_rank_where_scores_are_equal(self, tmp_path: Path) -> None:
        text = "q1 Q0 a 1 0.5 bm25\nq1 Q0 b 3 2e1 bm25\nq1\tQ0\tc\t2\t20\tbm25\nq2 Q0 a 1 -1 bm25\n"
        found = read_run(written(tmp_path, "x.run", text))
        assert found == {"q1": Answer(("c", "b", "a")), "q2": Answer(("a",))}

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("q1 Q0 a 1 0.5\n", "line 1"),
            ("q1 Q0 a 1 2 x\nq1 Q0 a 2 1 x\n", "line 2: a is ranked a second time for q1"),
            ("q1 Q0 a one 2 x\n", "'one'"),
            ("q1 Q0 a 1 nan x\n", "'nan'"),
            ("", "no ranking"),
        ],
    )
    def test_what_cannot_be_read_is_named(self, text: str, says: str, tmp_path: Path) -> None:
        with pytest.raises(EvaluationInputInvalid, match=says):
            read_run(written(tmp_path, "x.run", text))

    @given(
        st.dictionaries(
            st.from_regex(r"[a-z0-9]{1,4}", fullmatch=True),
            st.lists(st.from_regex(r"[a-z]{1,3}", fullmatch=True), min_size=1, unique=True),
            min_size=1,
        )
    )
    def test_what_is_written_is_read_in_the_same_order(
        self, tmp_path_factory: pytest.TempPathFactory, ids: dict[str, list[str]]
    ) -> None:
        answers = {query_id: Answer(tuple(found)) for query_id, found in ids.items()}
        lines = "\n".join(run_lines(answers, "ours"))
        assert read_run(written(tmp_path_factory.mktemp("runs"), "x.run", lines)) == answers
