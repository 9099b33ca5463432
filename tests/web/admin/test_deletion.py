"""What a search finds is deleted once its number has been confirmed, and nothing else is."""

import pytest

from tests.web.admin.service import Service, record


@pytest.fixture(autouse=True)
def articles(service: Service) -> None:
    service.send(
        record("d1", "碳汇交易试点", source="甲报", published="2024-03-05"),
        record("d2", "碳汇交易", source="甲报", published="2023-03-05"),
        record("d3", "碳汇项目的交易", source="乙报", published="2024-03-05"),
        record("d4", "交易大厅", source="乙报"),
    )


def test_without_a_number_it_is_only_counted(service: Service) -> None:
    for query in ({}, {"confirm": "0"}):
        answer = service.post("delete", q="碳汇", **query)
        assert (answer.status_code, answer.json()["matched"], answer.json()["deleted"]) == (200, 3, 0)
    assert service.found(q="碳汇") == {"d1", "d2", "d3"}


def test_with_the_number_all_of_them_are_deleted(service: Service) -> None:
    answer = service.post("delete", q="碳汇", source="甲报", confirm="2").json()
    assert (answer["matched"], answer["deleted"]) == (2, 2)
    assert service.found(q="碳汇") == {"d3"}
    assert service.found(q="交易大厅") == {"d4"}
    assert answer["generation"] == service.client.get("/readyz").json()["generation"]


@pytest.mark.parametrize("confirm", ["1", "2", "4"])
def test_with_another_number_nothing_is_deleted(service: Service, confirm: str) -> None:
    answer = service.post("delete", q="碳汇", confirm=confirm, lang="en")
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (409, "/problems/count-changed")
    [error] = problem["errors"]
    assert (error["parameter"], "3" in error["detail"]) == ("confirm", True)
    assert len(service.found(q="碳汇")) == 3


def test_the_same_parameters_come_as_a_form(service: Service) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    body = "q=%E7%A2%B3%E6%B1%87&published_after=2024"
    assert service.post("delete", body, headers).json()["matched"] == 2


def test_nothing_matches_is_no_error(service: Service) -> None:
    answer = service.post("delete", q="查无此词").json()
    assert (answer["matched"], answer["deleted"]) == (0, 0)
    assert service.post("delete", q="查无此词", confirm="1").status_code == 409


def test_what_has_a_part_of_the_query_stays(service: Service) -> None:
    """A search finds these, since it gives a part where nothing has it all."""
    assert service.found(q="碳汇 交易大厅")
    assert service.post("delete", q="碳汇 交易大厅").json()["matched"] == 0
    assert service.post("delete", q="碳汇 交易大厅", match="any").json()["matched"] == 4


def test_what_is_pinned_and_not_found_stays(service: Service) -> None:
    service.folder.pinned.write_text("碳汇 => d4", encoding="utf-8")
    try:
        service.post("synonyms/reload")
        assert "d4" in service.found(q="碳汇")
        assert service.post("delete", q="碳汇").json()["matched"] == 3
    finally:
        service.folder.pinned.unlink()
        service.post("synonyms/reload")


def test_what_another_name_finds_stays_unless_it_is_asked_for(service: Service) -> None:
    service.post("synonyms/reload", "大厅, 碳汇", {"Content-Type": "text/plain"})
    assert service.post("delete", q="大厅").json()["matched"] == 1
    assert service.post("delete", q="大厅", synonyms="true").json()["matched"] == 4
    service.post("synonyms/reload", "", {"Content-Type": "text/plain"})


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ({"q": '"碳汇'}, "query-syntax"),
        ({"q": "nosuch:碳汇"}, "unknown-field"),
        ({"q": "碳汇", "match": "smart"}, "invalid-parameter"),
        ({"q": "碳汇", "region": "不存在"}, "unknown-region"),
        ({"q": "碳汇", "confirm": "-1"}, "invalid-parameter"),
        ({"q": "碳汇", "per_page": "1"}, "unknown-parameter"),
        ({"q": "碳汇", "published_after": "2024", "published_before": "2023"}, "conflicting-parameters"),
    ],
    ids=str,
)
def test_a_search_that_cannot_be_read_as_it_is_written_deletes_nothing(
    service: Service, query: dict[str, str], kind: str
) -> None:
    answer = service.post("delete", **({"confirm": "3"} | query))
    assert (answer.status_code, answer.json()["type"]) == (400, f"/problems/{kind}")
    assert len(service.found(q="碳汇")) == 3
