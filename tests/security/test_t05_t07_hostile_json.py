"""T5 and T7: JSON that other readers take is refused where it says nothing that can be kept."""

import json
from collections.abc import Callable, Iterator

import pytest

from index.analysis.analyzer import Analyzer
from index.readers.objects import plain_object
from index.readers.refusal import RefusedRecord
from tests.web.saved.desk import SUBSIDY, Clock, Desk, Kit, open_desk

HOSTILE = {
    "half a surrogate pair": rb'{"title":"\ud800","text":"a"}',
    "the other half": rb'{"title":"\udfff","text":"a"}',
    "halves the wrong way round": rb'{"title":"\udc00\ud800","text":"a"}',
    "half a pair in a list": rb'{"text":"a","tags":["\ud834"]}',
    "half a pair in a key": rb'{"text":"a","\ud800":1}',
    "a surrogate in UTF-8": b'{"text":"\xed\xa0\x80"}',
    "NUL in UTF-8 of two bytes": b'{"text":"a\xc0\x80"}',
    "NaN": b'{"text":"a","id":NaN}',
    "Infinity": b'{"text":"a","id":Infinity}',
    "minus Infinity": b'{"text":"a","id":-Infinity}',
    "a number without end": b'{"text":"a","id":1' + b"0" * 5_000 + b"}",
    "1e999": b'{"text":"a","id":1e999}',
    "a key twice": b'{"text":"a","text":"b"}',
    "a key twice, once escaped": rb'{"text":"a","\u0074ext":"b"}',
    "100,000 lists": b'{"text":' + b"[" * 100_000,
    "100,000 objects": b'{"text":' + b'{"a":' * 100_000,
    "as many that are closed": b'{"text":"a","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "a comma at the end": b'{"text":"a",}',
    "a comment": b'{"text":"a"}//',
    "two objects": b'{"text":"a"}{"text":"b"}',
    "a mark inside": b'{"text":"a"}\xef\xbb\xbf',
}


def stock(data: bytes) -> object:
    """What the standard library reads."""
    return json.loads(data)


def refusals(read: Callable[[bytes], object]) -> set[str]:
    """Which of the hostile texts are refused in the way that is foreseen."""
    refused = set()
    for name, data in HOSTILE.items():
        try:
            read(data)
        except (RefusedRecord, ValueError):
            refused.add(name)
        except RecursionError:
            continue
    return refused


def test_an_article_is_refused() -> None:
    assert refusals(lambda data: plain_object(data).record) == HOSTILE.keys()


def test_control_the_standard_library_takes_half_of_it() -> None:
    taken = HOSTILE.keys() - refusals(stock)
    assert {"half a surrogate pair", "NaN", "1e999", "a key twice", "100,000 lists"} <= taken


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("json") / "data", Kit.load(analyzer), Clock()) as opened:
        yield opened


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_a_saved_search_is_refused(desk: Desk, body: bytes) -> None:
    answer = desk.call("POST", content=body, headers={"Content-Type": "application/json"})
    assert 400 <= answer.status_code < 500


def test_control_a_saved_search_is_taken(desk: Desk) -> None:
    assert desk.save()["name"] == SUBSIDY["name"]
