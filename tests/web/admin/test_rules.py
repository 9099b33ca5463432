"""Words and synonyms are taken over while the server runs, all of them or none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from tests.waiting import wait_for
from tests.web.admin.service import TEXT, Service, record, running
from web.admin.storing import Composings

WORDS = "碳汇贷\n"
SYNONYMS = "碳所, 首笔\n"


@pytest.fixture(scope="module")
def service(
    tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer, composings: Composings
) -> Iterator[Service]:
    """On Whoosh alone: answers say how many articles new words have analysed again; a cluster does all."""
    folder = DataFolder(tmp_path_factory.mktemp("rules") / "data")
    with running(folder, analyzer, composings) as service:
        yield service


@pytest.fixture(scope="module", autouse=True)
def articles(service: Service) -> None:
    """One has the word in one piece, the other only its characters."""
    service.send(record("r1", "首笔碳汇贷落地。"), record("r2", "碳、汇、贷各是一个字。"))


def has(service: Service, file: Path, text: str, path: str) -> Service:
    """The service once a file says this; new words cost a second, so those that are there stay."""
    if (file.read_text(encoding="utf-8") if file.exists() else "") != text:
        assert service.post(path, text, TEXT).status_code == 200
    return service


@pytest.fixture
def wordless(service: Service) -> Service:
    return has(service, service.folder.words, "", "dictionary/reload")


@pytest.fixture
def worded(service: Service) -> Service:
    return has(service, service.folder.words, WORDS, "dictionary/reload")


@pytest.fixture
def plain(service: Service) -> Service:
    """Without synonyms."""
    return has(service, service.folder.synonyms, "", "synonyms/reload")


@pytest.fixture
def ruled(service: Service) -> Service:
    """With synonyms."""
    return has(service, service.folder.synonyms, SYNONYMS, "synonyms/reload")


def test_new_words_are_in_use_when_it_is_acknowledged(wordless: Service) -> None:
    assert wordless.found(q="碳汇贷") == {"r1", "r2"}
    answer = wordless.post("dictionary/reload", WORDS, TEXT)
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert (said["words"], said["added"], said["removed"]) == (1, 1, 0)
    assert (said["stale"], said["reanalysed"], said["dry_run"]) == (1, 1, False)
    assert wordless.found(q="碳汇贷") == {"r1"}
    assert said["generation"] == wordless.client.get("/readyz").json()["generation"]
    analysed = wordless.client.get("/api/v1/analyze", params={"text": "碳汇贷"}).json()
    assert said["dictionary_version"] == analysed["dictionary_version"]


def test_the_same_words_again_change_nothing(worded: Service) -> None:
    before = worded.client.get("/readyz").json()["generation"]
    again = worded.post("dictionary/reload", WORDS, TEXT).json()
    assert (again["added"], again["stale"], again["reanalysed"]) == (0, 0, 0)
    assert again["generation"] == before


def test_a_dry_run_says_what_would_be_and_changes_nothing(worded: Service) -> None:
    before = worded.client.get("/readyz").json()["generation"]
    said = worded.post("dictionary/reload", WORDS + "首笔碳\n", TEXT, dry_run="true").json()
    assert (said["added"], said["stale"], said["reanalysed"], said["dry_run"]) == (1, 1, 0, True)
    assert said["generation"] == before
    assert worded.folder.words.read_text(encoding="utf-8") == WORDS


@pytest.mark.parametrize("dry_run", ["true", "false"])
def test_words_with_a_fault_are_refused_by_their_lines_and_the_old_ones_stay(
    worded: Service, dry_run: str
) -> None:
    answer = worded.post("dictionary/reload", "绿电\n碳汇贷\t很重\n\n\t3\n", TEXT, dry_run=dry_run)
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (400, "/problems/user-words-invalid")
    assert [error["line"] for error in problem["errors"]] == [2, 4]
    assert all(error["detail"] for error in problem["errors"])
    assert worded.folder.words.read_text(encoding="utf-8") == WORDS
    assert worded.found(q="碳汇贷") == {"r1"}


def test_a_file_is_taken_up_without_a_body_and_can_be_replaced_where_it_has_a_fault(worded: Service) -> None:
    worded.folder.words.write_text("\n碳汇贷\t很重\n", encoding="utf-8")
    answer = worded.post("dictionary/reload")
    assert (answer.status_code, [error["line"] for error in answer.json()["errors"]]) == (400, [2])
    assert worded.post("dictionary/reload", WORDS, TEXT).json()["added"] == 1
    assert worded.found(q="碳汇贷") == {"r1"}
    worded.folder.words.write_text("", encoding="utf-8")
    assert worded.post("dictionary/reload").status_code == 200
    assert worded.found(q="碳汇贷") == {"r1", "r2"}


def test_who_does_not_wait_gets_a_job(plain: Service) -> None:
    answer = plain.post("synonyms/reload", SYNONYMS, TEXT, wait="false")
    assert answer.status_code == 202
    where = answer.headers["Location"].removeprefix("/api/v1/admin/")
    wait_for(lambda: plain.get(where).json()["state"] != "running")
    job = plain.get(where).json()
    assert (job["state"], job["answer"]["added"], job["kind"]) == ("done", 1, "synonyms")
    assert plain.found(q="碳所", match="all") == {"r1"}


def test_new_synonyms_are_in_use_when_it_is_acknowledged_and_need_no_index(plain: Service) -> None:
    before = plain.client.get("/readyz").json()["generation"]
    assert plain.found(q="碳所", match="all") == set()
    said = plain.post("synonyms/reload", f"# 名称\n{SYNONYMS}", TEXT).json()
    assert (said["rules"], said["added"], said["removed"]) == (1, 1, 0)
    assert said["generation"] == before
    assert plain.found(q="碳所", match="all") == {"r1"}
    moved = plain.post("synonyms/reload", f"{SYNONYMS}绿证 => 绿电\n", TEXT).json()
    assert (moved["rules"], moved["added"], moved["removed"]) == (2, 1, 0)


def test_a_dry_run_of_synonyms_changes_nothing(ruled: Service) -> None:
    said = ruled.post("synonyms/reload", "", TEXT, dry_run="true").json()
    assert (said["rules"], said["removed"], said["dry_run"]) == (0, 1, True)
    assert ruled.found(q="碳所", match="all") == {"r1"}


def test_synonyms_with_a_fault_are_refused_by_their_lines_and_the_old_ones_stay(ruled: Service) -> None:
    answer = ruled.post("synonyms/reload", f"{SYNONYMS}a => b => c\n甲,,乙\n", TEXT)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/synonyms-invalid")
    assert [error["line"] for error in answer.json()["errors"]] == [2, 3]
    assert ruled.found(q="碳所", match="all") == {"r1"}


def test_a_file_of_synonyms_with_a_fault_can_be_replaced(ruled: Service) -> None:
    ruled.folder.synonyms.write_text("a => b => c", encoding="utf-8")
    answer = ruled.post("synonyms/reload")
    assert (answer.status_code, [error["line"] for error in answer.json()["errors"]]) == (400, [1])
    assert ruled.post("synonyms/reload", SYNONYMS, TEXT).json()["added"] == 1
    assert ruled.found(q="碳所", match="all") == {"r1"}


@pytest.mark.parametrize("path", ["dictionary/reload", "synonyms/reload"])
def test_bytes_that_are_no_text_are_refused_by_their_line(service: Service, path: str) -> None:
    answer = service.post(path, b"a\n\xff\xfe", TEXT)
    assert (answer.status_code, [error["line"] for error in answer.json()["errors"]]) == (400, [2])


@pytest.mark.parametrize("path", ["dictionary/reload", "synonyms/reload"])
@pytest.mark.parametrize(
    ("body", "headers", "told"),
    [
        ("词".encode(), {}, (415, "unsupported-content")),
        (b"{}", {"Content-Type": "application/json"}, (415, "unsupported-content")),
        (b"", TEXT | {"Content-Length": str(9 * 2**20)}, (413, "batch-too-large")),
        (b"no gzip", TEXT | {"Content-Encoding": "gzip"}, (400, "invalid-body")),
    ],
)
def test_bodies_that_are_no_rules_are_refused(
    service: Service, path: str, body: bytes, headers: dict[str, str], told: tuple[int, str]
) -> None:
    answer = service.post(path, body, headers)
    assert (answer.status_code, answer.json()["type"].removeprefix("/problems/")) == told
