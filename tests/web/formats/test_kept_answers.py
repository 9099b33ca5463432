"""Who asks the same again gets the same answer without a search, and never one that no longer holds."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from search.request import SearchRequest
from search.results import SearchResult
from tests.web.formats.world import World, add, counted, path_of, store_anew
from web.api.kept_answers import KeptAnswer, KeptAnswers
from web.app import create_app
from web.settings import KEPT_ANSWER_BYTES

PATH = path_of("json")


class Noted:
    """Takes note of what was asked, and how much was found."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, int]] = []

    def record(self, request: SearchRequest, result: SearchResult) -> None:
        self.seen.append((request.q, result.total))


def test_the_second_answer_is_the_first_without_a_search(world: World) -> None:
    service = counted(world)
    client = world.client(service)
    first = client.get(PATH)
    second = client.get(PATH)
    assert service.searches == 1
    assert second.content == first.content
    passing = {"x-request-id", "server-timing"}
    assert {name: value for name, value in second.headers.items() if name not in passing} == {
        name: value for name, value in first.headers.items() if name not in passing
    }
    assert second.headers["Server-Timing"].endswith(", kept")
    assert client.get(PATH, headers={"If-None-Match": "*"}).status_code == 304


@pytest.mark.parametrize("change", [add, store_anew])
def test_what_changed_is_searched_for_again(world: World, change: Callable[[World], None]) -> None:
    service = counted(world)
    client = world.client(service)
    first = client.get(PATH).json()
    change(world)
    second = client.get(PATH).json()
    assert service.searches == 2
    assert second != first


def test_another_language_is_another_answer(world: World) -> None:
    service = counted(world)
    client = world.client(service)
    for language in ("zh", "en", "zh", "en"):
        answer = client.get(PATH, headers={"Accept-Language": language})
        assert answer.headers["Content-Language"] == ("en" if language == "en" else "zh-Hans")
    assert service.searches == 2


def test_every_answer_is_taken_note_of(world: World) -> None:
    noted = Noted()
    app = create_app(world.service(), world.settings, world.regions, noted)
    client = TestClient(app)
    total = client.get(PATH).json()["total"]
    client.get(PATH)
    assert noted.seen == [("创新", total)] * 2


def test_what_was_asked_last_stays(world: World) -> None:
    result = world.service().search(SearchRequest(q="创新"))
    answers = KeptAnswers(KEPT_ANSWER_BYTES)
    third = KEPT_ANSWER_BYTES // 3
    for tag in "abcd":
        answers.keep(tag, KeptAnswer(b"x" * third, tag, {}, result))
    assert [answers.kept(tag) is not None for tag in "abcd"] == [False, False, True, True]
