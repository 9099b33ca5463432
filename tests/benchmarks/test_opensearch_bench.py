"""What the benchmark of both engines counts, and what it reads back."""

import gzip
import json
from collections import Counter
from dataclasses import replace
from http.client import HTTPMessage
from itertools import count, pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from benchmarks.opensearch import figures as files
from benchmarks.opensearch.articles import evenly
from benchmarks.opensearch.asking import stages, timed
from benchmarks.opensearch.figures import ClassFigures, Load
from benchmarks.opensearch.loading import Found, Hit, Tally
from benchmarks.opensearch.questions import ALONE, CLASSES, CLUSTERS, FILTERED, NEWEST, Vocabulary, paths
from benchmarks.opensearch.report import STAGES, lines, load_line
from benchmarks.opensearch.served import ASKED, REQUESTS, TOOK
from benchmarks.opensearch.target import OPENSEARCH, WHOOSH, Target
from search.timings import Timings
from tests.benchmarks.capacity_figures import figures
from tests.engines import make_article
from web.api.answers.search import SearchAnswer
from web.http.server_timing import server_timing

WORDS = Vocabulary(words=["科技", "养老", "绿化", "交通"], characters=["水", "路"], provinces=["420000"])
SAMPLE = [make_article("a", "社区养老服务设施建设规划公布后道路绿化改造工程全面启动")]
LOAD = Load(
    shards=3,
    connections=64,
    seconds=60,
    answers=6_000,
    errors=0,
    generations=9,
    mixed=0,
    p50_ms=500,
    p99_ms=900,
)


def found(generation: str, *ids: str, facets: str = "{}") -> Found:
    return Found(generation, len(ids), len(ids), tuple(map(Hit, ids)), msgspec.Raw(facets.encode()))


def test_figures_are_read_back_as_they_were(tmp_path: Path) -> None:
    written = replace(figures(), loaded=LOAD)

    files.write(written, tmp_path / "figures.json")

    assert files.read(tmp_path / "figures.json") == written


def test_a_file_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    file.write_text(json.dumps({"measured": "2026-11-28"}), encoding="utf-8")

    with pytest.raises(msgspec.ValidationError):
        files.read(file)


def test_figures_of_several_commands_are_taken_together() -> None:
    one, other = figures(), replace(figures(articles=(99_000,)), measured="2026-12-01", load=1.5)

    both = files.together([other, one])

    assert both.runs == (*other.runs, *one.runs)
    assert (both.measured, both.load, both.processors) == ("2026-12-01", 1.5, one.processors)
    assert files.together([replace(one, loaded=LOAD)]) == one


def test_figures_of_machines_that_differ_are_not() -> None:
    with pytest.raises(ValueError, match="other numbers of processors"):
        files.together([figures(), replace(figures(), processors=64)])


@pytest.mark.parametrize(
    ("spent", "is_quiet"),
    [
        pytest.param([0.0, 9.0, 18.0, 18.1], True, id="in-the-end"),
        pytest.param([9.0 * at for at in range(40)], False, id="never"),
    ],
)
def test_nodes_are_waited_for_until_they_do_little(
    spent: list[float], monkeypatch: pytest.MonkeyPatch, *, is_quiet: bool
) -> None:
    """Each look takes ten seconds."""
    clock, looks = count(step=10), iter(spent)
    monkeypatch.setattr(Target, "processor_s", lambda _: next(looks))
    monkeypatch.setattr(Target, "nodes", lambda _: 3)
    monkeypatch.setattr("benchmarks.opensearch.target.time.monotonic", lambda: float(next(clock)))
    assert Target(urls=("http://127.0.0.1:1",)).settle() is is_quiet
    assert not is_quiet or not list(looks)


def test_an_index_in_the_folder_is_not_waited_for() -> None:
    assert Target().settle()


def test_table_has_each_run_and_class_and_the_load() -> None:
    whole = replace(figures(), loaded=LOAD)

    table = list(lines(whole))

    assert sum(line.startswith((WHOOSH, OPENSEARCH)) for line in table) == len(whole.runs)
    assert Counter(name for name in CLASSES for line in table if line.startswith(f"{name}  ")) == Counter(
        dict.fromkeys(CLASSES, len(whole.runs))
    )
    assert "0 errors, 9 generations seen, 0 answers" in table[-1]


def test_what_errors_there_were_is_said() -> None:
    tally = Tally()
    for kind in ("503 /problems/timeout", "ConnectionResetError", "503 /problems/timeout"):
        tally.fail(kind)

    line = load_line(replace(LOAD, errors=tally.errors.total(), kinds=tally.errors))

    assert "3 errors (2 503 /problems/timeout) (1 ConnectionResetError), 9 generations" in line


def test_a_load_holds_where_no_answer_was_wrong_and_states_changed() -> None:
    assert LOAD.holds


@pytest.mark.parametrize(
    "load",
    [replace(LOAD, errors=1), replace(LOAD, mixed=1), replace(LOAD, generations=1)],
    ids=["an-error", "of-two-states", "one-state-only"],
)
def test_a_load_does_not_hold_otherwise(load: Load) -> None:
    assert not load.holds


def test_a_part_that_is_not_measured_is_a_dash() -> None:
    (run, *_) = figures().runs
    one = ClassFigures(answers=1, http_p50=1, http_p99=1, app=1)

    table = list(lines(replace(figures(), runs=(replace(run, classes={"word": one}),))))

    assert table[-1].split() == ["word", "1.0", "1.0", *"---", "1.0", *"-" * 8]


def test_what_an_answer_says_of_itself_is_read() -> None:
    headers = HTTPMessage()
    for name, told in ((TOOK, "7"), (ASKED, "9.25"), (REQUESTS, "2")):
        headers[name] = told
    timings = Timings(parse=1, engine=12.5, fetch=2, snippets=3)
    headers["server-timing"] = server_timing(timings, render_ms=0.5)

    one = timed(20.0, headers)

    assert (one.waited, one.took, one.asked, one.requests) == (20, 7, 9.25, 2)
    assert tuple(one.stages) == STAGES
    assert stages([one, replace(one, stages=dict.fromkeys(STAGES, 0.5)), one])["engine"] == 12.5


@pytest.mark.parametrize("count", [1, 3, 7, 10, 25])
def test_articles_are_spread_evenly(tmp_path: Path, count: int) -> None:
    rows = [b"%d\n" % number for number in range(10)]
    for name, some in (("a", rows[:4]), ("b", rows[4:])):
        (tmp_path / name).write_bytes(gzip.compress(b"".join(some)))

    chosen = [int(line) for line in evenly([tmp_path / "a", tmp_path / "b"], count)]

    assert len(chosen) == min(count, 10)
    gaps = {after - before for before, after in pairwise(chosen)}
    assert not gaps or max(gaps) - min(gaps) <= 1


def test_each_class_asks_for_what_its_name_says() -> None:
    drawn = paths(SAMPLE, WORDS, 5)
    asked = {name: [parse_qs(urlsplit(path).query) for path in some] for name, some in drawn.items()}

    assert set(asked) == set(CLASSES)
    assert all(len(some) == 5 for some in asked.values())
    assert all(one["facets"] == ["source,topic,year"] for some in asked.values() for one in some)
    assert all(one["region"] == ["420000"] for one in asked[FILTERED])
    assert all(one["sort"] == ["newest"] for one in asked[NEWEST])
    for name, some in asked.items():
        assert all((one[ALONE[0]] == [ALONE[1]]) is (name != CLUSTERS) for one in some)


def test_same_articles_same_questions() -> None:
    assert paths(SAMPLE, WORDS, 5) == paths(SAMPLE, WORDS, 5)


def test_answers_of_one_state_are_alike() -> None:
    tally = Tally()
    for one in (found("7.1", "a", "b"), found("7.1", "a", "b"), found("7.2", "c", "a", "b")):
        tally.add("/q", one, 1.0)

    assert tally.mixed == 0
    assert tally.generations == {"7.1", "7.2"}


@pytest.mark.parametrize(
    "other",
    [
        found("7.1", "c", "a", "b"),
        found("7.1", "b", "a"),
        found("7.1", "a", "b", facets='{"year":{}}'),
    ],
    ids=["hits-of-the-next", "another-order", "counts-of-the-next"],
)
def test_an_answer_of_two_states_is_seen(other: Found) -> None:
    tally = Tally()

    tally.add("/q", found("7.1", "a", "b"), 1.0)
    tally.add("/q", other, 1.0)

    assert tally.mixed == 1


def test_the_program_is_told_of_the_cluster_only_where_there_is_one() -> None:
    names = {name for name in Target().environment if name.startswith("POLICY_SEARCH_")}
    cluster = Target(urls=("http://127.0.0.1:1", "http://127.0.0.1:2"), prefix="p", shards=3, replicas=1)

    assert not names
    assert cluster.environment["POLICY_SEARCH_OPENSEARCH_URL"] == "http://127.0.0.1:1,http://127.0.0.1:2"
    assert cluster.environment["POLICY_SEARCH_OPENSEARCH_SHARDS"] == "3"
    assert (Target().engine, cluster.engine) == (WHOOSH, OPENSEARCH)


def test_answers_are_read_as_the_program_writes_them() -> None:
    """Answers that cannot be read would end the load; what is not compared is left alone."""
    body = {"generation": "7.1", "total": 2, "clusters": 1, "results": [{"id": "a", "score": 1.5}]}

    read = msgspec.json.decode(msgspec.json.encode(body | {"facets": {}, "took_ms": 9}), type=Found)

    assert (read.generation, [hit.id for hit in read.results]) == ("7.1", ["a"])
    assert set(Found.__struct_fields__) <= set(SearchAnswer.__struct_fields__)
