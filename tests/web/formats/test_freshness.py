"""What changed is never answered with 304; what did not is, without searching. Over a real small index."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from starlette.testclient import TestClient

from index.data_folder import DataFolder
from index.text.folding import Folding
from search.answer_versions import setup_version
from search.ranking import TUNED, Ranking
from search.request import SearchRequest
from search.rules.pinned import read_pins
from tests.engines import make_article, regions_of
from tests.web.fake_suggestions import FakeSuggestions
from tests.web.formats.world import (
    ANSWERS,
    ARTICLES,
    DAY,
    FORMATS,
    PAGE,
    QUERY,
    SETTINGS,
    World,
    add,
    counted,
    path_of,
    store_anew,
)
from web.app import create_app
from web.formats.conditional import SHOWN
from web.http.forms import FORM
from web.serving.opening import rules_of
from web.templating import FOLDER


def tag_of(client: TestClient, path: str, **headers: str) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return answer.headers["ETag"]


def statuses(client: TestClient, tags: Mapping[str, str]) -> dict[str, int]:
    """What a client gets who has answers with these tags."""
    return {
        answer: client.get(path_of(answer), headers={"If-None-Match": tag}).status_code
        for answer, tag in tags.items()
    }


def delete(world: World) -> None:
    world.library.change([], ["a2"])


def build_anew(world: World) -> None:
    world.library.build([*ARTICLES, make_article("b1", "创新")])


def pin(world: World) -> None:
    folding = world.library.analyzer.folding
    pins = read_pins("创新 => a3".encode(), "pinned.txt", folding)
    world.rules = replace(world.rules, pinned=pins, version="2")


def rank(world: World) -> None:
    world.ranking = Ranking(k1=1.5)


def program(world: World) -> None:
    world.settings = replace(world.settings, program="2")


def rename(world: World) -> None:
    world.settings = replace(world.settings, title="另一个名字")


CHANGES: Final = (store_anew, add, delete, build_anew, pin, rank, program, rename)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_is_never_called_none(world: World, change: Callable[[World], None]) -> None:
    before = world.client()
    tags = {answer: tag_of(before, path_of(answer)) for answer in ANSWERS}
    assert statuses(before, tags) == dict.fromkeys(ANSWERS, 304)
    change(world)
    assert statuses(world.client(), tags) == dict.fromkeys(ANSWERS, 200)


def test_a_stored_article_changes_tags_though_the_index_is_the_same(world: World) -> None:
    """Why the generation of the index alone is no tag."""
    service = world.service()
    before = service.search(SearchRequest(q="创新")).generation
    version = service.version(SearchRequest(q="创新"))
    store_anew(world)
    assert service.search(SearchRequest(q="创新")).generation == before
    assert service.version(SearchRequest(q="创新")) != version


def test_the_version_is_that_of_other_processes_too(world: World) -> None:
    request = SearchRequest(q="创新")
    assert world.service().version(request) == world.service().version(request)


def test_words_rules_and_ranking_are_part_of_the_version() -> None:
    plain = setup_version("words 1", "rules 1", TUNED)
    assert plain == setup_version("words 1", "rules 1", Ranking())
    others = {
        setup_version("words 2", "rules 1", TUNED),
        setup_version("words 1", "rules 2", TUNED),
        setup_version("words 1", "rules 1", Ranking(b=0.5)),
    }
    assert len(others - {plain}) == 3


def test_the_files_of_an_operator_make_the_version_of_the_rules(tmp_path: Path, folding: Folding) -> None:
    folder = DataFolder(tmp_path)
    versions = [rules_of(folder, folding).version]
    assert versions == [rules_of(folder, folding).version]
    for file, text in (
        (folder.pinned, "创新 => a3"),
        (folder.synonyms, "创新, 革新"),
        (folder.pinned, "创新 => a4"),
    ):
        file.write_text(text, encoding="utf-8")
        versions.append(rules_of(folder, folding).version)
    assert len(set(versions)) == 4


@pytest.mark.parametrize("recency_days", [0.0, 30.0])
def test_a_day_counts_where_new_articles_score_more(world: World, recency_days: float) -> None:
    world.ranking = Ranking(recency_days=recency_days)
    service, request = world.service(), SearchRequest(q="创新")
    today = service.version(request)
    world.now += DAY
    assert (service.version(request) == today) is (recency_days == 0)


def test_what_did_not_change_is_not_searched_for(world: World) -> None:
    service = counted(world)
    client = world.client(service)
    for suffix in ANSWERS:
        service.searches = 0
        tag = tag_of(client, path_of(suffix))
        answer = client.get(path_of(suffix), headers={"If-None-Match": f'"0", {tag}'})
        assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", tag)
        assert answer.headers["Vary"] == "Accept, Accept-Language, Cookie"
        assert service.searches == 1
        client.get(path_of(suffix), headers={"If-None-Match": '"0"'})
        # What was answered as JSON is kept, so that it is not searched for again.
        assert service.searches == (1 if suffix == "json" else 2)


@pytest.mark.parametrize("suffix", ["json", "atom"])
def test_a_tag_is_of_one_question_one_format_and_one_language(world: World, suffix: str) -> None:
    client = world.client()
    base = path_of(suffix)
    others = [
        (f"/api/v1/search.{suffix}?{QUERY}&per_page=2", {}),
        (f"/api/v1/search.{suffix}?{QUERY}&match=any", {}),
        (base, {"Accept-Language": "en"}),
        (base, {"Accept-Language": "zh-TW"}),
        (f"{base}&lang=en", {}),
        *((f"/api/v1/search.{other}?{QUERY}", {}) for other in FORMATS if other != suffix),
    ]
    tag = tag_of(client, base)
    for path, headers in others:
        assert client.get(path, headers={**headers, "If-None-Match": tag}).status_code == 200, (path, headers)
    assert client.get(base, headers={"If-None-Match": tag}).status_code == 304


def test_a_page_is_of_one_language_and_one_theme(world: World) -> None:
    client = world.client()
    tag = tag_of(client, path_of(PAGE))
    for headers in (
        {"Accept-Language": "en"},
        {"Cookie": "lang=en"},
        {"Cookie": "theme=dark"},
        {"Cookie": "lang=zh-Hant; theme=light"},
    ):
        answer = client.get(path_of(PAGE), headers={**headers, "If-None-Match": tag})
        assert answer.status_code == 200, headers
        assert answer.headers["ETag"] != tag
    assert statuses(client, {PAGE: tag}) == {PAGE: 304}


def test_every_setting_that_a_page_shows_is_part_of_the_tag() -> None:
    templates = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.html"))
    shown = {name for name in re.findall(r"\bsite\.(\w+)", templates) if hasattr(SETTINGS, name)}
    assert shown
    assert shown <= set(SHOWN)


def test_a_form_is_always_answered(world: World) -> None:
    client = world.client()
    for suffix in FORMATS:
        headers = {"If-None-Match": tag_of(client, path_of(suffix)), "Content-Type": FORM}
        answer = client.post(f"/api/v1/search.{suffix}", content=QUERY.encode(), headers=headers)
        assert answer.status_code == 200


@pytest.mark.parametrize("suffix", ["json", "atom", "csv"])
def test_a_tag_does_not_stand_on_what_changed_while_it_was_searched_for(world: World, suffix: str) -> None:
    path = path_of(suffix)
    plain = tag_of(world.client(), path)
    service = counted(world)
    former = world.library.stored["a1"]

    def change() -> None:
        store_anew(world)
        service.meanwhile = lambda: None

    service.meanwhile = change
    client = world.client(service)
    answer = client.get(path)
    assert "新说法" in answer.text or suffix == "csv"
    assert answer.headers.get("ETag") != plain
    # What was stored before is back, as from a backup.
    world.library.stored["a1"] = former
    world.library.sequence -= 1
    if (tag := answer.headers.get("ETag")) is not None:
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 200
    assert tag_of(client, path) == plain


@pytest.mark.parametrize("suffix", ["json", "atom"])
def test_what_lacks_an_article_is_tagged_by_its_content(world: World, suffix: str) -> None:
    """An article that cannot be read now may be read the next time, though nothing has changed."""
    path = path_of(suffix)
    client = world.client()
    damaged = world.library.stored.pop("a1")
    tag = tag_of(client, path)
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    world.library.stored["a1"] = damaged
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_suggestions_of_a_newer_vocabulary_are_another_answer(world: World) -> None:
    service = world.service()
    suggestions = FakeSuggestions(service)
    regions = regions_of(world.library.analyzer.folding)
    client = TestClient(create_app(service, SETTINGS, regions, suggestions=suggestions))
    tags = {answer: tag_of(client, path_of(answer)) for answer in ("json", PAGE)}
    suggestions.vocabulary = "v2"
    assert statuses(client, tags) == {"json": 200, PAGE: 200}


def test_a_cursor_has_no_version(world: World) -> None:
    assert world.service().version(SearchRequest(q="创新", cursor="*")) is None
    client = world.client()
    assert "ETag" not in client.get("/api/v1/search.csv?q=创新&cursor=*").headers


def test_the_star_asks_for_what_was_not_there_before(world: World) -> None:
    assert statuses(world.client(), dict.fromkeys(FORMATS, "*")) == dict.fromkeys(FORMATS, 304)


def test_faults_are_told_whatever_the_client_has(world: World) -> None:
    client = world.client()
    for suffix in FORMATS:
        for query in ("qq=1", "q=%22a&repair=false"):
            answer = client.get(f"/api/v1/search.{suffix}?{query}", headers={"If-None-Match": "*"})
            assert answer.status_code == 400
