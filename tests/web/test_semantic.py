"""Ranking by meaning as callers meet it: the parameter, the answer, the page, the command, the upkeep."""

import json
import logging
import os
import re
import threading
import urllib.request
from contextlib import closing
from importlib.util import find_spec
from math import inf
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

import web.cli
import web.serving.semantics
from index.data_folder import DataFolder
from index.indexer import IndexingStopped
from index.vectors.upkeep import VectorUpkeep
from index.writer_lock import WriterLock
from search.request import SearchRequest
from search.results import Relaxed
from search.semantic.answer import SemanticAnswer, SemanticMode, SemanticState
from search.semantic.blending import Blending
from search.semantic.errors import EmbedderMissing
from search.semantic.meaning import Meaning
from search.semantic.stage import SemanticStage
from tests.both_engines import LibraryFactory
from tests.commands import run_on
from tests.embedders import PairEmbedder
from tests.engines import ArticleLibrary, make_article
from tests.index.vectors.folder import VectorFolder
from tests.index_states import some_articles
from tests.processes import server
from tests.search.semantic.kit import MemoryVectors
from tests.search.semantic.tiny_onnx import write_model
from tests.waiting import wait_for
from tests.web.conftest import ClientFactory
from tests.web.spoken import HANS
from web.presenters.notices import relaxed_messages
from web.serving.keeper import IndexKeeper
from web.serving.semantics import NICENESS, open_semantics, tend_vectors
from web.settings import SemanticSettings

SAME = {"轿车": "汽车", "优惠": "补贴", "电动": "新能源"}
ARTICLES = [
    make_article("words", "新能源汽车补贴政策出台", title="新能源汽车补贴"),
    make_article("meaning", "电动轿车优惠政策出台", title="电动轿车优惠"),
    make_article("neither", "今年小麦丰收", title="今年小麦丰收"),
]
BY_MEANING = "语义相近"
LABEL = f">{BY_MEANING}<"


def meaning_of(budget_s: float = 30.0, vectors: bool = True) -> Meaning:  # noqa: FBT001, FBT002
    embedder = PairEmbedder(SAME)
    source = MemoryVectors(embedder, ARTICLES if vectors else ())
    return Meaning(SemanticStage(embedder, source, Blending(brought_in=1, nearer=-inf), budget_s))


@pytest.fixture(scope="module")
def library(library_of: LibraryFactory) -> ArticleLibrary:
    library = library_of()
    library.build(ARTICLES)
    return library


@pytest.fixture
def client(library: ArticleLibrary, client_of: ClientFactory) -> TestClient:
    return client_of(library.service(meaning=meaning_of()))


def api(client: TestClient, **parameters: str) -> dict[str, object]:
    answer = client.get("/api/v1/search", params=parameters)
    assert answer.status_code == 200, answer.text
    content: dict[str, object] = answer.json()
    return content


def query_of(answer: dict[str, object]) -> dict[str, object]:
    query = answer["query"]
    assert isinstance(query, dict)
    return query


def test_the_answer_says_what_meaning_did(client: TestClient) -> None:
    answer = api(client, q="新能源汽车补贴", semantic="hybrid")
    assert query_of(answer)["semantic"] == {"mode": "hybrid", "state": "applied", "brought_in": 1}
    assert query_of(answer)["canonical"] == "q=新能源汽车补贴&semantic=hybrid"
    assert answer["total"] == 1
    results = answer["results"]
    assert isinstance(results, list)
    assert [(hit["id"], hit["matched"]) for hit in results] == [("words", "all"), ("meaning", "meaning")]


def test_without_the_parameter_meaning_stays_off(client: TestClient) -> None:
    assert query_of(api(client, q="新能源汽车补贴"))["semantic"] is None


def test_a_quoted_query_says_that_it_has_none(client: TestClient) -> None:
    answer = api(client, q='"新能源汽车补贴"', semantic="rerank")
    assert query_of(answer)["semantic"] == {"mode": "rerank", "state": "not-for-query", "brought_in": 0}


def test_where_there_is_no_embedder_it_is_refused_with_the_reason(
    library: ArticleLibrary, client_of: ClientFactory
) -> None:
    answer = client_of(library.service()).get("/api/v1/search?q=补贴&semantic=rerank")
    assert answer.status_code == 400
    problem = answer.json()
    assert problem["type"] == "/problems/invalid-parameter"
    (fault,) = problem["errors"]
    assert fault["parameter"] == "semantic"
    assert "没有设置语义模型" in fault["detail"]


def test_the_page_labels_what_meaning_brought_in(client: TestClient) -> None:
    page = client.get("/search?q=新能源汽车补贴&semantic=hybrid").text
    assert "另有 1 篇文章不含这些词语" in page
    assert page.count(LABEL) == 1
    assert page.index("/articles/words") < page.index(LABEL)
    assert "另有 1 篇文章不含这些词语" not in client.get("/search?q=新能源汽车补贴&semantic=rerank").text
    assert BY_MEANING not in client.get("/search?q=新能源汽车补贴").text


def test_a_page_of_what_meaning_alone_found_says_so(
    library_of: LibraryFactory, client_of: ClientFactory
) -> None:
    others = library_of()
    others.build(ARTICLES[1:])
    client = client_of(others.service(meaning=meaning_of()))
    page = client.get("/search?q=新能源汽车补贴&semantic=hybrid").text
    assert "以下文章与查询语义相近" in page
    assert len(set(re.findall(r'href="/articles/(meaning[^"?#]*)', page))) == 1
    assert "以下文章与查询语义相近" not in client.get("/search?q=新能源汽车补贴&semantic=rerank").text


def test_what_meaning_brought_in_can_be_paged_to(client: TestClient) -> None:
    first = client.get("/search?q=新能源汽车补贴&semantic=hybrid&per_page=1").text
    assert "page=2" in first
    second = client.get("/search?q=新能源汽车补贴&semantic=hybrid&per_page=1&page=2").text
    assert "/articles/meaning" in second
    assert BY_MEANING in second
    assert "page=3" not in second
    behind = client.get("/search?q=新能源汽车补贴&semantic=hybrid&per_page=1&page=3").text
    assert "这一页没有结果，共有 2 条。" in behind


@pytest.mark.parametrize(("semantic", "pages"), [("hybrid", 2), ("rerank", 1)])
def test_the_links_of_the_api_lead_there_too(semantic: str, pages: int, client: TestClient) -> None:
    query = {"q": "新能源汽车补贴", "semantic": semantic, "per_page": "1"}
    for number in range(1, pages + 1):
        links = client.get("/api/v1/search", params={**query, "page": number}).headers["Link"]
        assert ('rel="next"' in links) is (number < pages)


def test_the_page_says_that_there_was_no_time_or_no_vector(
    library: ArticleLibrary, client_of: ClientFactory
) -> None:
    late = client_of(library.service(meaning=meaning_of(budget_s=0.0)))
    assert "来不及比较语义" in late.get("/search?q=补贴&semantic=rerank").text
    blank = client_of(library.service(meaning=meaning_of(vectors=False)))
    assert "语义数据还没有准备好" in blank.get("/search?q=补贴&semantic=rerank").text


@pytest.mark.parametrize(
    ("state", "message"),
    [
        (SemanticState.APPLIED, "2 篇文章含有全部词语，其余含有其中一部分；排列同时考虑词语和语义。"),
        (SemanticState.NOT_FOR_PAGE, "2 篇文章含有全部词语，其余含有其中一部分。"),
        (SemanticState.LATE, "2 篇文章含有全部词语，排在前面；其余文章含有其中一部分。"),
    ],
    ids=lambda given: given.value if isinstance(given, SemanticState) else "",
)
def test_a_page_says_of_the_order_what_it_knows(state: SemanticState, message: str) -> None:
    answer = SemanticAnswer(SemanticMode.RERANK, state)
    assert relaxed_messages(Relaxed(strict_total=2, dropped=None), answer, HANS) == (message,)


class TestOpening:
    def test_without_an_embedder_there_is_no_meaning(self, tmp_path: Path) -> None:
        with open_semantics(DataFolder(tmp_path), SemanticSettings()) as semantics:
            assert semantics.upkeep is None
            assert semantics.meaning.stage is None

    def test_a_default_without_an_embedder_is_refused(self, tmp_path: Path) -> None:
        settings = SemanticSettings("", SemanticMode.RERANK)
        with (
            pytest.raises(EmbedderMissing, match="POLICY_SEARCH_EMBEDDER"),
            open_semantics(DataFolder(tmp_path), settings),
        ):
            pass

    def test_with_one_what_the_settings_say_holds(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened: list[str] = []

        def open_pairs(name: str) -> PairEmbedder:
            opened.append(name)
            return PairEmbedder()

        monkeypatch.setattr(web.serving.semantics, "open_embedder", open_pairs)
        with open_semantics(
            DataFolder(tmp_path), SemanticSettings("pairs", SemanticMode.HYBRID)
        ) as semantics:
            assert opened == ["pairs"]
            assert semantics.upkeep is not None
            assert semantics.meaning.mode(None) is SemanticMode.HYBRID


class TestUpkeep:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> VectorFolder:
        folder = VectorFolder(tmp_path / "data")
        folder.change(some_articles("abc"))
        return folder

    def test_what_is_stored_gets_its_vectors(self, folder: VectorFolder) -> None:
        upkeep = VectorUpkeep.of(folder.folder, folder.embedder)
        tend_in_thread(upkeep)
        assert set(upkeep.reader.table().places) == set("abc")
        folder.change([], "a")
        tend_in_thread(upkeep)
        assert set(upkeep.reader.table().places) == set("bc")

    def test_searches_go_first(self, folder: VectorFolder) -> None:
        niceness: list[int] = []

        def look(_texts: object) -> None:
            niceness.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

        before = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
        tend_in_thread(VectorUpkeep.of(folder.folder, PairEmbedder(before=look)))
        assert set(niceness) == {max(NICENESS, before)}
        assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before

    def test_a_server_that_gives_way_already_is_not_raised(self, folder: VectorFolder) -> None:
        """Only root may raise a priority, and nobody wants it."""
        after: list[int] = []

        def run() -> None:
            thread = threading.get_native_id()
            os.setpriority(os.PRIO_PROCESS, thread, NICENESS + 5)
            tend_vectors(VectorUpkeep.of(folder.folder, folder.embedder), lambda: False)
            after.append(os.getpriority(os.PRIO_PROCESS, thread))

        thread = threading.Thread(target=run)
        thread.start()
        thread.join(60)
        assert after == [NICENESS + 5]

    def test_another_process_that_makes_them_is_left_to_it(self, folder: VectorFolder) -> None:
        upkeep = VectorUpkeep.of(folder.folder, folder.embedder)
        with WriterLock(folder.folder.vectors_lock):
            tend_in_thread(upkeep)
        assert len(upkeep.reader.table()) == 0

    def test_it_stops_when_told_to(self, folder: VectorFolder) -> None:
        with pytest.raises(IndexingStopped):
            tend_in_thread(VectorUpkeep.of(folder.folder, folder.embedder), stop=True)

    def test_a_keeper_tells_of_its_failure_by_the_name_of_its_work(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        tried = threading.Event()

        def fail(_should_stop: object) -> None:
            tried.set()
            raise OSError("no space left")

        keeper = IndexKeeper(fail, interval_s=30, work="embedding")
        with caplog.at_level(logging.ERROR, "web.serving.keeper"):
            keeper.start()
            assert tried.wait(30)
            keeper.stop()
        assert keeper.failure == "no space left"
        assert "embedding fails" in caplog.text


def tend_in_thread(upkeep: VectorUpkeep, *, stop: bool = False) -> None:
    """In a thread of its own, since it lowers the priority of the one that it runs in."""
    raised: list[Exception] = []

    def run() -> None:
        try:
            tend_vectors(upkeep, lambda: stop)
        except Exception as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(60)
    if raised:
        raise raised[0]


class TestCommand:
    @pytest.fixture
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> VectorFolder:
        monkeypatch.setattr(web.serving.semantics, "open_embedder", lambda _: PairEmbedder())
        folder = VectorFolder(tmp_path / "data")
        folder.change(some_articles("abc"))
        return folder

    def run(
        self, folder: VectorFolder, capsys: pytest.CaptureFixture[str], *arguments: str
    ) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            web.cli.main(["vectors", "--data", str(folder.folder.root), *arguments])
        assert isinstance(ended.value.code, int)
        return ended.value.code, capsys.readouterr().out

    def test_it_makes_what_is_missing_and_says_what_there_is(
        self, folder: VectorFolder, capsys: pytest.CaptureFixture[str]
    ) -> None:
        status, out = self.run(folder, capsys, "--embedder", "pairs", "--json")
        assert status == 0
        report = json.loads(out)
        size = folder.folder.vectors.stat().st_size
        assert report == {
            "embedder": "pairs 1",
            "changes": 3,
            "made": 3,
            "articles": 3,
            "vectors": 3,
            "bytes": size,
        }
        assert self.run(folder, capsys, "--embedder", "pairs") == (
            0,
            "0 vectors made; 3 articles have 3.\n",
        )

    def test_without_an_embedder_it_says_how_to_set_one_up(
        self, folder: VectorFolder, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as ended:
            web.cli.main(["vectors", "--data", str(folder.folder.root)])
        assert ended.value.code != 0
        assert "POLICY_SEARCH_EMBEDDER" in capsys.readouterr().err


def test_a_count_alone_costs_no_vector(library: ArticleLibrary) -> None:
    texts: list[str] = []
    embedder = PairEmbedder(SAME, before=texts.extend)
    stage = SemanticStage(embedder, MemoryVectors(PairEmbedder(SAME), ARTICLES), Blending(), 30.0)
    with closing(stage):
        service = library.service(meaning=Meaning(stage))
        request = SearchRequest(q="补贴", semantic=SemanticMode.HYBRID, limit=0)
        assert service.search(request).total == 1
        assert texts == []
        # The control: with a hit to show it is asked for.
        service.search(SearchRequest(q="补贴", semantic=SemanticMode.HYBRID, limit=1))
        assert texts == ["补贴"]


@pytest.mark.slow
@pytest.mark.skipif(
    find_spec("onnxruntime") is None or find_spec("tokenizers") is None, reason="needs the extra `semantic`"
)
def test_a_server_makes_vectors_of_what_is_stored_and_ranks_by_them(tmp_path: Path) -> None:
    """Two characters that nobody's dictionary joins have one vector, so they mean the same."""
    model = tmp_path / "model"
    model.mkdir()
    vectors = {"[CLS]": (0, 0, 0), "[UNK]": (0, 0, 1), "车": (1, 0, 0), "辆": (1, 0, 0), "麦": (0, 1, 0)}
    write_model(model, vectors, settings='pooling = "mean"\n')
    records = [{"id": "one", "title": "辆辆", "text": "辆"}, {"id": "two", "title": "麦麦", "text": "麦"}]
    data = tmp_path / "data"
    stored = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    assert run_on(data, "ingest", "-", stdin=stored.encode()).status == 0
    settings = {"POLICY_SEARCH_EMBEDDER": str(model), "POLICY_SEARCH_SEMANTIC": "hybrid"}
    with server(data, **settings) as address:

        def found() -> list[str]:
            with urllib.request.urlopen(f"{address}/api/v1/search?q={quote('车车')}", timeout=30) as answer:
                return [hit["id"] for hit in json.load(answer)["results"]]

        wait_for(lambda: found()[:1] == ["one"])
