"""`evaluate` on the command line: what it prints, keeps and returns."""

import json
from pathlib import Path

import pytest

from tests.commands import run_on

RECORDS = (
    {"id": "a1", "title": "杭州推进协同创新", "text": "总投资超过100亿元。"},
    {"id": "a2", "title": "临江园区开园", "text": "协同创新的平台落户园区，协同发展。"},
    {"id": "a3", "title": "粮食丰收", "text": "夏粮增产。"},
)
QUERIES = "q1\t协同创新\nq2\t夏粮\nq3\t没有的词组\nq4\t园区\n"
NOBODY = "http://127.0.0.1:9"
QRELS = "q1\ta1\t2\nq1\ta2\t1\nq2\ta3\t1\nq3\ta9\t1\n"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evaluate") / "data"
    records = "\n".join(json.dumps(record, ensure_ascii=False) for record in RECORDS)
    done = run_on(folder, "ingest", "-", stdin=records.encode())
    assert done.status == 0, done.err.decode()
    return folder


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "queries.tsv").write_text(QUERIES, encoding="utf-8")
    (folder / "qrels.tsv").write_text(QRELS, encoding="utf-8")
    return folder


class Command:
    """`evaluate` with its exit status and what it printed."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def __call__(self, *arguments: Path | str) -> tuple[int, str, str]:
        done = run_on(self._data, "evaluate", *map(str, arguments))
        return done.status, done.text, done.message


@pytest.fixture
def evaluate(data: Path) -> Command:
    return Command(data)


def test_it_prints_a_line_for_each_set(evaluate: Command, judged: Path) -> None:
    status, out, err = evaluate(judged)
    assert status == 0
    header, row = out.splitlines()
    assert header.split() == ["set", "queries", "nDCG@10", "MRR@10", "Recall@100", "no", "hit"]
    assert row.split()[:2] == ["small", "3"]
    assert row.count("0.667 [0.000, 1.000]") == 3
    assert row.endswith("33.3%")
    assert err.splitlines() == [
        "small: 1 of 4 relevant articles are not among the articles, a9 for one; they count as not found.",
        "small: left out, without a relevant article: 1, q4 for one",
    ]


def test_the_same_again_prints_the_same(evaluate: Command, judged: Path) -> None:
    assert evaluate(judged, "--json") == evaluate(judged, "--json")


def test_a_kept_result_is_compared_query_by_query(evaluate: Command, judged: Path, tmp_path: Path) -> None:
    worse = tmp_path / "worse.run"
    worse.write_text("q1 Q0 a3 1 3 x\nq1 Q0 a1 2 2 x\nq2 Q0 a3 1 1 x\n", encoding="utf-8")
    kept = tmp_path / "worse.json"
    assert evaluate(judged, "--run", worse, "--save", kept)[0] == 0
    status, out, _ = evaluate(judged, "--compare", kept)
    assert status == 0
    compared = out.split("\n\n")[1].splitlines()
    assert compared[0] == "small: 3 queries compared"
    assert "1 won, 0 lost, 2 equal" in compared[1]
    assert compared[1].endswith("p = 1.0000")
    assert compared[-1].startswith("  gained most: 0.")
    assert compared[-1].endswith("→ 1.000  q1  协同创新")


def test_what_json_prints_can_be_compared_too(evaluate: Command, judged: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text(evaluate(judged, "--json")[1], encoding="utf-8")
    (comparison,) = json.loads(evaluate(judged, "--compare", kept, "--json")[1])["comparison"]
    assert (comparison["paired"], comparison["changed"]) == (3, [])


def test_our_answers_are_written_as_a_run_and_measured_alike(
    evaluate: Command, judged: Path, tmp_path: Path
) -> None:
    ours = tmp_path / "ours.run"
    direct = evaluate(judged, "--write-run", ours, "--json")[1]
    assert ours.read_text(encoding="utf-8").splitlines()[0].startswith("q1 Q0 a1 1 ")
    assert evaluate(judged, "--run", ours, "--json")[1] == direct


@pytest.mark.parametrize(("floor", "status"), [(0.5, 0), (0.7, 1)])
def test_a_set_below_its_floor_is_status_1_and_named(
    floor: float, status: int, evaluate: Command, judged: Path, tmp_path: Path
) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text(f'[small]\n"nDCG@10" = {floor}\n', encoding="utf-8")
    ended, out, err = evaluate(judged, "--floors", floors)
    assert ended == status
    assert out
    assert ("small: nDCG@10 is 0.6667, below its floor of 0.7000" in err) == (status == 1)


def test_articles_are_indexed_for_once_and_leave_nothing(
    judged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = tmp_path / "places"
    places.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(places))
    collection = tmp_path / "collection.jsonl"
    collection.write_text(json.dumps(RECORDS[2], ensure_ascii=False) + "\nnonsense\n", encoding="utf-8")
    evaluate = Command(tmp_path / "never-made")
    status, out, err = evaluate(judged, "--articles", collection)
    assert status == 0
    assert "0.333 [" in out
    assert f"{collection}:2: " in err
    assert list(places.iterdir()) == []
    assert not (tmp_path / "never-made").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "FOLDER"),
        (["{judged}/none"], "none"),
        (["{judged}/.."], "no file of queries"),
        (["{judged}", "--run", "{judged}/qrels.tsv"], "line 1"),
        (["{judged}", "--compare", "{judged}/qrels.tsv"], "holds no result"),
        (["{judged}", "--floors", "{judged}/qrels.tsv"], "cannot be used"),
        (["{judged}", "--run", "{judged}/qrels.tsv", "--articles", "{judged}"], "exclude each other"),
        (
            ["{judged}", "--articles", "{judged}", "--engine", "opensearch", "--opensearch-url", NOBODY],
            "choose --engine whoosh, or ingest the files",
        ),
    ],
    ids=[
        "nothing",
        "no-folder",
        "no-set",
        "no-run",
        "no-result",
        "no-floors",
        "run-and-articles",
        "articles-elsewhere",
    ],
)
def test_bad_usage_is_status_2_and_says_what_is_wrong(
    arguments: list[str], says: str, evaluate: Command, judged: Path
) -> None:
    status, out, err = evaluate(*(argument.format(judged=judged) for argument in arguments))
    assert (status, out) == (2, "")
    assert says in err


def test_a_folder_without_articles_says_what_to_do(judged: Path, tmp_path: Path) -> None:
    status, _, err = Command(tmp_path / "empty")(judged)
    assert status == 2
    assert "ingest" in err
