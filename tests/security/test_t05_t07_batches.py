"""T5 and T7 through the door for articles: a row that is hostile fails, and costs no other and no answer."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import msgspec
import pytest

from index.analysis.analyzer import Analyzer
from index.article import Article, Original
from index.corpus import writer
from index.corpus.fingerprint import article_digest, original_digest
from index.data_folder import DataFolder
from index.readers import contents
from index.readers.objects import ReadObject
from index.readers.record import Record
from tests.security.test_t05_t07_hostile_json import HOSTILE
from tests.web.admin.service import JSON, NDJSON, Service, composing_here, lines, record, running


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer) -> Iterator[Service]:
    folder = DataFolder(tmp_path_factory.mktemp("batches") / "data")
    with running(folder, analyzer, composing_here()) as service:
        yield service


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the rows that are sound, and the lines that failed."""

    status: int
    sound: int
    failed: tuple[int, ...]


SOUND = (b"sound-1", b"sound-2")
REFUSED = Outcome(200, len(SOUND), (2,))


def sent(service: Service, hostile: bytes) -> Outcome:
    """A batch in lines with a hostile one in the middle."""
    first, second = (lines(record(name.decode())).encode() for name in SOUND)
    answer = service.post("articles", first + hostile + b"\n" + second, NDJSON)
    if answer.status_code != 200:
        return Outcome(answer.status_code, 0, ())
    told = answer.json()
    stored = told["created"] + told["unchanged"]
    return Outcome(200, stored, tuple(row["line"] for row in told["failed"]))


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_row_fails_and_the_others_are_stored(service: Service, hostile: bytes) -> None:
    assert sent(service, hostile) == REFUSED
    assert {name.decode() for name in SOUND} <= service.found(q="招商引资")


IN_A_LIST = "half a pair in a list"
REFUSED_AGAIN = {
    *("half a surrogate pair", "the other half", "halves the wrong way round", IN_A_LIST),
    *("a surrogate in UTF-8", "NUL in UTF-8 of two bytes"),
}
"""What is no text is refused again behind any reader: by whoever makes texts of lines, makes articles, or
stores them."""


def stock(data: bytes) -> ReadObject:
    """As the standard library reads it: what it cannot read is a fault of the program."""
    return ReadObject(msgspec.convert(json.loads(data), Record))


def unchecked(article: Article, original: Original) -> tuple[bytes, bytes]:
    """The digests of what is stored, by one who does not know of texts that have no UTF-8."""
    came_in = original_digest(original)
    return came_in, article_digest(article, came_in)


@pytest.mark.parametrize(
    ("checks_again", "refused"),
    [(True, REFUSED_AGAIN), (False, REFUSED_AGAIN - {IN_A_LIST})],
    ids=["the reader", "the writer too"],
)
def test_control_what_the_standard_library_reads_is_stored_or_a_fault(
    service: Service, monkeypatch: pytest.MonkeyPatch, *, checks_again: bool, refused: set[str]
) -> None:
    monkeypatch.setattr(contents, "mapped_objects", lambda _: stock)
    if not checks_again:
        monkeypatch.setattr(writer, "_digests", unchecked)
    assert {name for name, hostile in HOSTILE.items() if sent(service, hostile) == REFUSED} == refused


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_an_article_and_a_list_of_them_are_refused(service: Service, hostile: bytes) -> None:
    listed = service.post("articles", b"[" + hostile + b"]", JSON)
    alone = service.put("articles/hostile-1", hostile)
    assert (listed.status_code, alone.status_code) == (400, 400)
    for answer in (listed, alone):
        assert answer.json()["type"] == "/problems/invalid-body"
    assert service.get("jobs/none").status_code == 404, "it goes on answering"
    assert "hostile-1" not in service.found()


def test_control_an_article_that_is_sound_is_taken(service: Service) -> None:
    body = msgspec.json.encode(record("sound-3"))
    put = partial(service.put, "articles/sound-3")
    assert (put(body).status_code, put(body).status_code) == (201, 200)
