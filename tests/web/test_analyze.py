"""How a text is read, asked through the interface and on the command line."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from index.analysis.analyzer import Analyzer
from tests.commands import run_json, run_on
from tests.engines import Library
from tests.web.conftest import ClientFactory
from tests.web.fake_service import FakeService
from web.errors import BadParameters, Fault, FaultKind, Overloaded
from web.parameters.lookups import read_analysis

DAMAGED = "科技創(chuàng)新"
ANSWER = {
    "folded": "科技创新",
    "tokens": [
        {"text": "科技", "span": [0, 2], "kind": "word"},
        {"text": "创新", "span": [2, 2], "kind": "word"},
    ],
    "characters": 4,
    "repair": {
        "changed": True,
        "text": "科技創新",
        "spans": [
            {
                "original": [3, 8],
                "repaired": [3, 0],
                "kind": "pinyin",
                "certainty": "evident",
                "is_damage": True,
                "before": "(chuàng)",
                "after": "",
            }
        ],
    },
}
PATH = "/api/v1/analyze"


@pytest.fixture
def real(tmp_path: Path, analyzer: Analyzer, client_of: ClientFactory) -> TestClient:
    library = Library(tmp_path, analyzer)
    library.build([])
    return client_of(library.service())


def test_a_text_is_read_as_an_article_would_be(real: TestClient, analyzer: Analyzer) -> None:
    answer = real.get(PATH, params={"text": DAMAGED})
    assert answer.json() == {**ANSWER, "dictionary_version": analyzer.version}
    assert answer.headers["Cache-Control"] == "no-cache"
    assert real.get(PATH, params={"text": DAMAGED, "as": "index"}).json() == answer.json()


def test_a_text_is_read_as_a_query_would_be(real: TestClient) -> None:
    content = real.get(PATH, params={"text": "人民政府，的", "as": "query"}).json()
    assert content["repair"] is None
    assert content["tokens"] == [
        {"text": "人民政府", "span": [0, 4], "kind": "word"},
        {"text": "的", "span": [5, 1], "kind": "character"},
    ]


@pytest.mark.parametrize("text", ["字" * 10_000, "𠮷" * 10_000], ids=["three bytes each", "four bytes each"])
def test_as_much_as_is_allowed_fits_a_form(client: TestClient, text: str) -> None:
    content: dict[str, Any] = client.post(PATH, data={"text": text, "as": "query"}).json()
    assert content["characters"] == 10_000


def test_a_text_that_is_too_long_is_a_problem(client: TestClient) -> None:
    answer = client.post(PATH, data={"text": "字" * 10_001})
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/text-too-long")
    assert answer.json()["errors"][0]["span"] == [10_000, 1]


def faults_of(*pairs: tuple[str, str]) -> tuple[Fault, ...]:
    with pytest.raises(BadParameters) as caught:
        read_analysis(pairs)
    return caught.value.faults


@pytest.mark.parametrize(
    ("pairs", "parameter", "kind"),
    [
        pytest.param((), "text", FaultKind.INVALID, id="no text"),
        pytest.param((("text", ""),), "text", FaultKind.INVALID, id="an empty text"),
        pytest.param((("text", "a"), ("text", "b")), "text", FaultKind.REPEATED, id="two texts"),
        pytest.param((("text", "a"), ("as", "page")), "as", FaultKind.INVALID, id="another use"),
        pytest.param((("text", "a"), ("q", "b")), "q", FaultKind.UNKNOWN, id="what a search takes"),
    ],
)
def test_a_request_that_cannot_be_taken(
    pairs: tuple[tuple[str, str], ...], parameter: str, kind: FaultKind
) -> None:
    [fault] = faults_of(*pairs)
    assert (fault.parameter, fault.kind) == (parameter, kind)


def test_a_missing_text_is_answered_with_400(client: TestClient) -> None:
    answer = client.get(PATH)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/invalid-parameter")
    assert [error["parameter"] for error in answer.json()["errors"]] == ["text"]


def test_what_is_allowed_can_be_asked(client: TestClient) -> None:
    assert client.options(PATH).headers["Allow"] == "GET, HEAD, OPTIONS, POST"


def test_the_same_answer_is_not_sent_twice(client: TestClient) -> None:
    etag = client.get(f"{PATH}?text=科技").headers["ETag"]
    assert client.get(f"{PATH}?text=科技", headers={"If-None-Match": etag}).status_code == 304
    assert client.get(f"{PATH}?text=科技&as=query").headers["ETag"] != etag


def test_it_takes_a_place_among_the_searches(client_of: ClientFactory) -> None:
    answer = client_of(FakeService(failure=Overloaded("m"))).get(f"{PATH}?text=科技")
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/overloaded")


def test_the_command_gives_the_answer_of_the_interface(tmp_path: Path) -> None:
    """No article has to be there."""
    answer = run_json(tmp_path, "analyze", DAMAGED)
    assert answer.pop("dictionary_version")
    assert answer == ANSWER
    assert run_json(tmp_path, "analyze", DAMAGED, "--as", "query")["repair"] is None


def test_the_command_prints_for_people(tmp_path: Path) -> None:
    done = run_on(tmp_path, "analyze", "科技創(chuàng)新\u200b")
    assert done.status == 0
    assert done.text == (
        "text: 科技創新\n"
        "  3: − (chuàng)  Stray pinyin taken out (shown by the page itself)\n"
        "  12: − [U+200B]  Invisible characters taken out (laid down by a standard)\n"
        "folded: 科技创新\n"
        "words: 科技 创新\n"
        "characters: 4\n"
    )


def test_the_command_refuses_an_empty_text(tmp_path: Path) -> None:
    done = run_on(tmp_path, "analyze", "")
    assert done.status == 2
    assert done.message == "policy-search: text: The parameter “text” must not be empty.\n"


def test_the_search_command_lists_the_regions_to_choose_from(tmp_path: Path) -> None:
    done = run_on(tmp_path, "search", "养老", "--region", "鼓楼区")
    assert done.status == 2
    first, second, *_ = done.message.splitlines()
    assert first.startswith("policy-search: region: ")
    assert second == "  江苏省南京市鼓楼区 (320106)"
