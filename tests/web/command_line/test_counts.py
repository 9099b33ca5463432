"""`facets`, `timeline`, `similar` and `regions`: what there is, counted."""

from pathlib import Path

import pytest

from tests.commands import Done, lines, run, run_json, run_on

ALIKE = tuple(
    {
        "id": f"s{number}",
        "title": "制造业减税政策",
        "text": f"减税降费支持制造业，制造业企业研发费用加计扣除，减税降费第{'一二三'[number]}批，{other}。",
        "published": f"202{number}-05-01",
    }
    for number, other in enumerate(("先行试点", "扩大范围", "总结评估"))
)


def test_a_facet_has_its_values_with_their_counts(library: Path) -> None:
    answer = run_json(library, "facets", "region", "协同")
    assert answer["facet"] == "region"
    assert answer["total"] == 2
    values = answer["values"]
    assert isinstance(values, list)
    assert {value["value"]: value["count"] for value in values} == {"330000": 1, "330100": 1, "710000": 1}
    assert {"value": "330100", "count": 1, "selected": False, "path": ["浙江省", "杭州市"]} in values


def test_a_filter_counts_unless_it_chooses_among_the_values(library: Path) -> None:
    filtered = run_json(library, "facets", "year", "--region", "浙江")["values"]
    assert filtered == [{"value": "2024", "count": 1, "selected": False}]
    chosen = run_json(library, "facets", "year", "--year", "2024", "--sort", "value")["values"]
    assert chosen == [
        {"value": "2023", "count": 1, "selected": False},
        {"value": "2024", "count": 1, "selected": True},
    ]


def test_a_facet_for_people_has_a_line_for_each_value(library: Path) -> None:
    done = run_on(library, "facets", "region", "--limit", "1")
    first, last = done.text.splitlines()
    assert first.startswith("1  浙江省 330000  ▇")
    assert last == "3 found, 2 more values, 1 without a value"


def test_no_value_is_status_1(library: Path) -> None:
    assert run_on(library, "facets", "topic", "没有的词组").status == 1


def test_a_timeline_has_every_period_between_the_first_and_the_last(library: Path) -> None:
    answer = run_json(library, "timeline", "--interval", "year")
    assert answer["buckets"] == [{"start": "2023", "count": 1}, {"start": "2024", "count": 1}]
    assert answer["undated"] == 1
    months = run_json(library, "timeline")["buckets"]
    assert isinstance(months, list)
    assert len(months) == 15
    assert sum(month["count"] for month in months) == 2


def test_a_timeline_for_people_has_bars(library: Path) -> None:
    done = run_on(library, "timeline", "--interval", "year")
    assert done.text.splitlines() == [
        f"1  2023  {'▇' * 40}",
        f"1  2024  {'▇' * 40}",
        "3 found, 1 without a date",
    ]
    assert run_on(library, "timeline", "没有的词组").status == 1


def test_too_many_periods_are_refused_with_what_to_ask_for(tmp_path: Path) -> None:
    far = [{"id": f"y{year}", "title": "甲", "published": f"{year}-01-01"} for year in (1950, 2024)]
    assert run_on(tmp_path, "ingest", "-", stdin=lines(*far)).status == 0
    done = run_on(tmp_path, "timeline", "--interval", "day")
    assert done.status == 2
    assert "month" in done.message


@pytest.fixture(scope="module")
def alike(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("alike")
    assert run_on(folder, "ingest", "-", stdin=lines(*ALIKE)).status == 0
    return folder


def test_similar_articles_come_with_the_words_that_they_share(alike: Path) -> None:
    answer = run_json(alike, "similar", "s0", "--collapse", "none")
    results = answer["results"]
    assert isinstance(results, list)
    assert {result["id"] for result in results} == {"s1", "s2"}
    assert "减税" in results[0]["shared_terms"]
    shown = run_on(alike, "similar", "s0", "--collapse", "none", "--year", "2021").text
    assert shown.startswith("1. 制造业减税政策\n")
    assert "s1" in shown
    assert "减税" in shown


def test_an_article_that_has_none_is_status_1(library: Path) -> None:
    assert run_json(library, "similar", "a3")["results"] == []
    assert run_on(library, "similar", "a3").status == 1


@pytest.mark.parametrize("article_id", ["nosuch", "甲", "\x1b"])
def test_similar_to_what_is_not_there_names_it(article_id: str, library: Path) -> None:
    done = run_on(library, "similar", article_id)
    assert done.status == 1
    assert done.message.startswith("policy-search: there is no article ")
    assert "\x1b" not in done.message


def regions(done: Done) -> list[str]:
    assert done.status == 0, done.message
    return [line.split()[1] for line in done.text.splitlines()]


def test_regions_need_no_articles() -> None:
    provinces = regions(run("regions", "--data", "no-such-folder"))
    assert "浙江省" in provinces
    assert len(provinces) == 34
    below = regions(run("regions", "--parent", "浙江", "--depth", "2", "--data", "no-such-folder"))
    assert below[:2] == ["杭州市", "上城区"]


def test_a_name_that_several_regions_have_gives_all_of_them() -> None:
    found = regions(run("regions", "鼓楼区", "--data", "no-such-folder"))
    assert "江苏省南京市鼓楼区" in found
    assert len(found) == 4


def test_a_name_that_no_region_has_gives_those_near_it() -> None:
    done = run("regions", "武汗", "--data", "no-such-folder")
    assert done.status == 1
    assert "did you mean: 武汉市" in done.text


def test_counts_of_regions_are_of_the_articles_that_the_filters_let_through(library: Path) -> None:
    counted = run_on(library, "regions", "--counts", "true", "--year", "2024").text
    assert "330000  浙江省  1 articles" in counted
    assert "710000  台湾省  0 articles" in counted
