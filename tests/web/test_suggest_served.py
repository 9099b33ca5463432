"""A real server suggests, by itself and soon after its start."""

import json
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.commands import run_on
from tests.processes import server
from tests.waiting import wait_for
from tests.web.markup import parse_page
from web.parameters.query_string import ascii_address

pytestmark = pytest.mark.slow

RECORDS = (
    {"id": "a1", "title": "武汉推进协同创新", "text": "武汉的消息。", "source": "江汉政务网"},
    {"id": "a2", "title": "武汉发布政策", "text": "人才政策。", "source": "江汉政务网"},
    {"id": "a3", "title": "招商会开幕", "text": "企业来了。", "source": "之江网"},
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data = tmp_path_factory.mktemp("served") / "data"
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in RECORDS)
    assert run_on(data, "ingest", "-", stdin=lines.encode()).status == 0
    with server(data) as address:
        wait_for(lambda: bool(get(address, "suggest", q="wuh")["items"]))
        yield address


def read(url: str) -> str:
    with urllib.request.urlopen(url) as answer:
        assert answer.status == 200
        text: str = answer.read().decode()
    return text


def get(address: str, path: str, **parameters: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(read(f"{address}/api/v1/{path}?{urlencode(parameters)}"))
    return content


@pytest.mark.parametrize("typed", ["武", "wuhan", "wuh", "wh"])
def test_it_goes_on_from_what_is_typed(address: str, typed: str) -> None:
    found = {(one["text"], one["kind"]): one["count"] for one in get(address, "suggest", q=typed)["items"]}
    assert found == {
        ("武汉市", "region"): 2,
        ("武汉", "word"): 2,
        ("武汉推进协同创新", "title"): 1,
        ("武汉发布政策", "title"): 1,
    }


def test_an_answer_without_hits_says_what_was_meant_and_why_nothing_is_found(address: str) -> None:
    answer = get(address, "search", q="五汉 招商", source="江汉政务网", match="all")
    assert answer["total"] == 0
    assert answer["suggestions"] == []
    assert answer["no_hits"] == {
        "parts": [
            {"text": "五汉", "span": [0, 2], "q": "五汉", "count": 0},
            {"text": "招商", "span": [3, 2], "q": "招商", "count": 0},
        ],
        "filters": [{"name": "source", "count": 0}],
    }
    answer = get(address, "search", q="五汉", source="江汉政务网")
    assert [(one["q"], one["count"], one["reason"]) for one in answer["suggestions"]] == [
        ("武汉", 2, "same_sound")
    ]


def test_the_page_leads_on(address: str) -> None:
    page = parse_page(read(f"{address}/search?{urlencode({'q': '五汉', 'source': '江汉政务网'})}"))
    [meant] = page.find_all("p", class_="meant")
    led = parse_page(read(address + ascii_address(meant.links()["武汉"])))
    assert len(led.find_all("li", class_="result")) == 2
