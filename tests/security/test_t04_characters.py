"""T4, T5: characters that steer terminals and text, from the batch that brings them to every answer."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from index import compose
from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from tests.commands import run_on
from tests.web.admin.service import NDJSON, Service, composing_here, running
from tests.web.markup import parse_page
from web.commands import terminal

STEERING = "\x00\x07\x1b\x7f\x9b\u202e\u2066\u200f\u2028\ufffe\U0010ffff"
"""C0, delete, C1, signs of direction, a line separator, and no characters at all."""

WORD = "协同创新"
STEERED = "".join(f"{WORD[:2]}{char}{WORD[2:]}" for char in STEERING)
FIELDS = {
    "title": STEERED,
    "lead": STEERED,
    "text": f"{STEERED}。\n{STEERED}",
    "source": STEERED,
    "written_by": STEERED,
    "notice": STEERED,
    "tags": [STEERED],
    "category": [STEERED],
    "related": [STEERED],
}

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer) -> Iterator[Service]:
    folder = DataFolder(tmp_path_factory.mktemp("steered") / "data")
    with running(folder, analyzer, composing_here()) as service:
        answer = service.send({"id": "steered", **FIELDS}, {"id": "plain", "title": WORD})
        assert answer.json().get("created") == 2, answer.text
        yield service


def test_it_is_found_through_them(service: Service) -> None:
    assert service.found(q=f'"{WORD}"') == {"steered", "plain"}
    assert service.found(q=f"\x00{WORD[:2]}\u202e{WORD[2:]}\x07") == {"steered", "plain"}


def test_what_is_searched_is_stored_without_them(service: Service) -> None:
    article = service.client.get("/api/v1/articles/steered").json()
    for text in (article["title"], article["lead"], article["body"], *article["tags"]):
        assert WORD in text
        assert not set(STEERING) & set(text)


@pytest.mark.parametrize(
    "path", ["/search?q=创新", "/articles/steered", "/articles/steered?text=original", "/"]
)
def test_pages_show_no_control_and_isolate_what_turns(service: Service, path: str) -> None:
    html = service.client.get(path).text
    # The original is shown as it came, in a block of its own, which is where turning ends.
    isolating = {"bdi", "pre"} if "original" in path else {"bdi"}
    assert "original" in path or _CONTROL.search(html) is None
    for element in parse_page(html).walk():
        for text in (child for child in element.children if isinstance(child, str)):
            assert element.tag in isolating or not _TURNING.search(text), text


def test_tables_and_feeds_are_well_formed(service: Service) -> None:
    table = service.client.get("/api/v1/search.csv?q=创新").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table, newline=""), strict=True))
    assert {row["id"] for row in rows} == {"steered", "plain"}
    feed = service.client.get("/api/v1/search.atom?q=创新").content
    assert etree.fromstring(feed) is not None
    for written in (table, feed.decode()):
        assert _CONTROL.search(written) is None


def shown_on_a_terminal(folder: Path) -> str:
    """What is said of a file whose name would steer it, and whose text nobody can read."""
    file = folder / "甲\x1b[31m\u202e\n.txt"
    file.write_bytes(b"\xff")
    message = run_on(folder / "data", "ingest", str(file)).message
    assert "bad-encoding" in message
    return message.removesuffix("\n")


@pytest.mark.slow
def test_nothing_reaches_a_terminal(tmp_path: Path) -> None:
    assert shown_on_a_terminal(tmp_path).isprintable()


@pytest.mark.slow
def test_without_care_it_would(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "_STEERING", re.compile("(?!)"))
    assert not shown_on_a_terminal(tmp_path).isprintable()


@pytest.mark.slow
def test_texts_without_a_log_of_repairs_would_keep_them(
    analyzer: Analyzer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of what pages show: these four were once stored as they came."""
    monkeypatch.setattr(compose, "without_invisible", lambda text: text)
    with running(DataFolder(tmp_path / "data"), analyzer, composing_here()) as service:
        service.send({"id": "steered", **FIELDS})
        assert _CONTROL.search(service.client.get("/articles/steered").text)


@pytest.mark.parametrize("field", ["id", "title", "text", "source", "written_by", "url"])
def test_half_a_character_costs_its_row_alone(service: Service, field: str) -> None:
    half = {"id": "half", "title": "甲", field: "x\ud800y"}
    body = json.dumps(half) + "\n" + json.dumps({"id": "plain", "title": WORD})
    told = service.post("articles", body, NDJSON).json()
    assert told["updated"] + told["unchanged"] == 1
    (failed,) = told["failed"]
    assert failed["line"] == 1
    assert service.client.get("/articles/half").status_code == 404
