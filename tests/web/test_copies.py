"""The copies of an article, in the API and on its page, from an ingest to the browser."""

import json
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.commands import run_on
from tests.processes import server

SUBJECTS = "产业园区 人才公寓 轨道交通 社区养老 绿色金融 职业教育 数字政府 乡村旅游 港口物流 生物医药"
TEXT = "\n".join(
    f"第{number}条　{subject}是本市推进科技创新与产业发展的重要抓手，各区应当制定具体措施并按季度报告进展。"
    for number, subject in enumerate(SUBJECTS.split(), start=1)
)
TRADITIONAL = TEXT.translate(
    str.maketrans("条创产业发进与区应当体报轨养数医药", "條創產業發進與區應當體報軌養數醫藥")
)

RECORDS = [
    {"id": "paper", "text": TEXT + "\n（责任编辑：甲）", "published": "2024-03-06", "source": "晚报"},
    {"id": "office", "text": TEXT, "published": "2024-03-05", "source": "市政府"},
    {"id": "hant", "text": TRADITIONAL, "published": "2024-03-07", "source": "網站"},
    {"id": "other", "text": "今日举行了消防演练，参加者三百人。" * 3, "published": "2024-03-05"},
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data = tmp_path_factory.mktemp("copies") / "data"
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in RECORDS)
    assert run_on(data, "ingest", "-", stdin=lines.encode()).status == 0
    with server(data) as address:
        yield address


def article(address: str, article_id: str) -> dict[str, object]:
    with urllib.request.urlopen(f"{address}/api/v1/articles/{article_id}") as answer:
        found = json.load(answer)
    assert isinstance(found, dict)
    return found


def test_copies_are_named_in_the_order_of_publication_in_either_script(address: str) -> None:
    answer = article(address, "hant")
    copies = answer["copies"]
    assert isinstance(copies, list)
    assert answer["copy_count"] == 2
    assert [(copy["id"], copy["source"], copy["is_earliest"], copy["is_best"]) for copy in copies] == [
        ("office", "市政府", True, True),
        ("paper", "晚报", False, False),
    ]
    assert all(0.8 < copy["similarity"] <= 1 for copy in copies)


def test_an_article_without_copies_has_none(address: str) -> None:
    answer = article(address, "other")
    assert (answer["copies"], answer["copy_count"]) == ([], 0)


def test_copies_are_one_hit_unless_each_is_asked_for(address: str) -> None:
    def answered(more: str) -> dict[str, Any]:
        with urllib.request.urlopen(f"{address}/api/v1/search?fields=id&{more}") as answer:
            found: dict[str, Any] = json.load(answer)
        return found

    park = quote("产业园区")
    folded = answered(f"q={park}")
    assert (folded["total"], folded["clusters"]) == (3, 1)
    [hit] = folded["results"]
    assert (hit["copies"], hit["earliest"]) == (2, "office")
    [newest] = answered(f"q={park}&sort=newest")["results"]
    assert newest["id"] == "hant"
    each = answered(f"q={park}&collapse=none")
    assert (each["total"], each["clusters"]) == (3, 3)
    assert {(hit["id"], hit["copies"]) for hit in each["results"]} == {
        ("paper", 2),
        ("office", 2),
        ("hant", 2),
    }
    [alone] = answered(f"q={quote('消防演练')}")["results"]
    assert (alone["id"], alone["copies"], alone["earliest"]) == ("other", 0, None)


def test_the_page_links_to_them(address: str) -> None:
    with urllib.request.urlopen(f"{address}/articles/paper") as answer:
        page = answer.read().decode()
    assert "相同内容的其他 2 篇" in page
    assert 'href="/articles/office"' in page
    assert "最早发布 · 内容最完整" in page
    with urllib.request.urlopen(f"{address}/articles/other") as answer:
        assert "相同内容" not in answer.read().decode()
