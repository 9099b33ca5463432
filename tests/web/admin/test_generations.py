"""The index is built anew, gone back to and listed; jobs tell how far they are."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.generation import Generation, current, newest_first
from tests.both_engines import EngineFactory
from tests.waiting import wait_for
from tests.web.admin.service import TEXT, Service, record, running
from web.admin.storing import Composings


@pytest.fixture
def service(
    tmp_path: Path, analyzer: Analyzer, composings: Composings, engine_of: EngineFactory
) -> Iterator[Service]:
    """A server of its own for each test, with two articles."""
    with running(DataFolder(tmp_path / "data"), analyzer, composings, engine=engine_of()) as service:
        service.send(record("g1"), record("g2"))
        yield service


@pytest.fixture
def in_folder(tmp_path: Path, analyzer: Analyzer, composings: Composings) -> Iterator[Service]:
    """The same with its index in files, which are looked at or damaged."""
    with running(DataFolder(tmp_path / "data"), analyzer, composings) as service:
        service.send(record("g1"), record("g2"))
        yield service


def rebuilt(service: Service, **query: str) -> dict[str, Any]:
    """The job of a rebuild that has ended."""
    answer = service.post("rebuild", **query)
    assert answer.status_code == 202, answer.text
    where = answer.headers["Location"].removeprefix("/api/v1/admin/")
    wait_for(lambda: service.get(where).json()["state"] != "running")
    job = service.get(where).json()
    assert isinstance(job, dict)
    return job


def generations(service: Service) -> list[dict[str, Any]]:
    found = service.get("generations").json()["generations"]
    assert isinstance(found, list)
    return found


def live(service: Service) -> object:
    return service.client.get("/readyz").json()["generation"]


def test_a_rebuild_makes_a_generation_of_all_articles(service: Service) -> None:
    job = rebuilt(service, reason="a test")
    assert (job["kind"], job["state"], job["done"], job["total"]) == ("rebuild", "done", 2, 2)
    assert job["problem"] is None
    wait_for(lambda: live(service) == job["answer"]["generation"])
    assert service.found() == {"g1", "g2"}


def test_generations_are_listed_with_sizes_and_checksums(in_folder: Service) -> None:
    rebuilt(in_folder)
    first, second = generations(in_folder)
    assert (first["live"], second["live"]) == (True, False)
    assert first["generation"] == live(in_folder)
    assert (first["articles"], first["damage"]) == (2, None)
    folder = current(in_folder.folder.index).folder
    for file in first["files"]:
        assert (folder / file["name"]).stat().st_size == file["size"]
        assert len(file["sha256"]) == 64
    assert first["size"] == sum(file["size"] for file in first["files"]) > 0


def test_searches_go_back_to_a_kept_generation_and_what_it_lacks_is_indexed(service: Service) -> None:
    before = live(service)
    rebuilt(service)
    service.send(record("g3"))
    assert live(service) != before
    answer = service.post("rollback", generation=str(before))
    assert (answer.status_code, answer.json()) == (200, {"generation": before})
    folder = str(before).partition(".")[0]
    wait_for(lambda: str(live(service)).startswith(f"{folder}.") and len(service.found()) == 3)


def test_going_back_to_where_searches_are_changes_nothing(service: Service) -> None:
    before = live(service)
    assert service.post("rollback", generation=str(before)).status_code == 200
    assert live(service) == before


@pytest.mark.parametrize("name", ["9.9", "1", "gen-00000001", "../1.1"])
def test_an_unknown_generation_is_not_found(service: Service, name: str) -> None:
    answer = service.post("rollback", generation=name)
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/generation-not-found")


def test_a_generation_has_to_be_named(in_folder: Service) -> None:
    answer = in_folder.post("rollback")
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "generation")


def kept(service: Service) -> tuple[Generation, str]:
    """The generation before the live one, and its name."""
    _, generation = newest_first(service.folder.index)
    return generation, generation.name_of(generation.manifest())


def test_a_damaged_generation_is_not_gone_back_to(in_folder: Service) -> None:
    rebuilt(in_folder)
    before = live(in_folder)
    generation, name = kept(in_folder)
    file = generation.folder / generation.manifest().files[0].name
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    answer = in_folder.post("rollback", generation=name)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/generation-unusable")
    assert live(in_folder) == before
    assert current(in_folder.folder.index) != generation


def test_a_generation_whose_manifest_is_damaged_is_listed_as_that(in_folder: Service) -> None:
    rebuilt(in_folder)
    generation, _ = kept(in_folder)
    generation.manifest_path.write_bytes(b"no manifest")
    _, damaged = generations(in_folder)
    assert (damaged["live"], damaged["articles"], damaged["files"]) == (False, None, [])
    assert damaged["generation"] == str(generation.number)
    assert "checksum" in str(damaged["damage"])


@pytest.mark.slow  # new words
def test_a_generation_of_other_words_is_not_gone_back_to(service: Service) -> None:
    before = live(service)
    service.post("dictionary/reload", "招商引资新办法\n", TEXT)
    answer = service.post("rollback", generation=str(before))
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/generation-unusable")


def test_a_reason_is_short(in_folder: Service) -> None:
    answer = in_folder.post("rebuild", reason="x" * 201)
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/text-too-long")


def test_an_unknown_job_is_not_found(in_folder: Service) -> None:
    answer = in_folder.get("jobs/0123456789abcdef")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/job-not-found")
