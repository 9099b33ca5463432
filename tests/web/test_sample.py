"""What the bundled sample promises to the demo, the screenshots and the browser tests."""

import json
import re
from itertools import combinations
from pathlib import Path

import pytest

SAMPLE = Path(__file__).resolve().parents[2] / "web" / "sample"
KEYS = ["id", "title", "text", "url", "source", "published", "region", "origin"]
PROVINCES = (
    "北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|"
    "广东|广西|海南|重庆|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆"
)
TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
READING = re.compile(rf"(?<=[\u4e00-\u9fff])\((?=[a-z]*[{TONED}])[a-zü{TONED}]{{1,6}}\)")
TRADITIONAL = frozenset("區業產發開對後學國會東來時為與這醫電萬數據聯現優節衛統際環經濟")
UNUSUAL = [
    *"𠮷㐂㙟𨱏鿍《",
    "ＧＤＰ",
    "６％",
    "１２０㎡",
    "〔2024〕12号",
    "GB/T",
    "5G",
    "C919",
    "“最多跑一次”",
]
LINES = (SAMPLE / "articles.jsonl").read_text(encoding="utf-8").splitlines()
RECORDS: list[dict[str, str | None]] = [json.loads(line) for line in LINES]
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in sorted((SAMPLE / "pages").glob("*.txt"))}
TEXTS = {str(record["id"]): f"{record['title']}\n{record['text']}" for record in RECORDS}
TEXTS |= {name: READING.sub("", page) for name, page in PAGES.items()}
ALL = "\n".join(TEXTS.values())
HANT = {name for name, text in TEXTS.items() if sum(c in TRADITIONAL for c in text) * 50 > len(text)}


def shingles(text: str) -> set[str]:
    bare = re.sub(r"\W", "", text)
    return {bare[at : at + 5] for at in range(len(bare) - 4)}


def test_there_are_enough_articles_none_tiny_and_one_very_long() -> None:
    assert len(TEXTS) >= 84
    assert len(PAGES) >= 26
    assert min(len(text) for text in TEXTS.values()) >= 200
    assert sum(len(text) > 20_000 for text in TEXTS.values()) == 1


def test_records_have_the_documented_keys_and_unique_ids() -> None:
    assert all(list(record) == KEYS and record["origin"] is None for record in RECORDS)
    assert len({record["id"] for record in RECORDS}) == len(RECORDS)
    assert all(re.fullmatch(r"sample-\d{3}", str(record["id"])) for record in RECORDS)


def test_addresses_use_reserved_domains_only() -> None:
    urls = [url for record in RECORDS if (url := record["url"])]
    assert len(set(urls)) == len(urls) < len(RECORDS)
    assert all(url.startswith(("https://example.org/", "https://example.com/")) for url in urls)
    assert "http" not in ALL
    assert set(re.findall(r"@([\w.]+)", ALL)) == {"example.org", "example.com"}


def test_every_province_of_the_mainland_and_every_year_occur() -> None:
    assert set(re.findall(PROVINCES, ALL)) == set(PROVINCES.split("|"))
    dates = [str(record["published"]) for record in RECORDS if record["published"]]
    assert all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", date) for date in dates)
    assert {date[:4] for date in dates} == {str(year) for year in range(2019, 2027)}


def test_both_scripts_occur_in_records_and_in_pages() -> None:
    assert len(HANT & PAGES.keys()) >= 10
    assert HANT - PAGES.keys()
    assert len(TEXTS.keys() - HANT) >= 60


def test_at_least_five_articles_have_reposts() -> None:
    grams = {name: shingles(text) for name, text in TEXTS.items()}
    originals = {
        one
        for (one, left), (_, right) in combinations(grams.items(), 2)
        if len(left & right) > min(len(left), len(right)) / 2
    }
    assert len(originals) >= 6


@pytest.mark.parametrize(("page", "title"), [("hengqin", "澳门居民在横琴"), ("xiongan_repost", "雄安新区：")])
def test_a_repost_in_the_other_script_keeps_the_figures(page: str, title: str) -> None:
    (twin,) = [name for name, text in TEXTS.items() if text.startswith(title)]
    assert (page in HANT, twin in HANT) == (True, False)
    here, there = (set(re.findall(r"\d[\d,.]*\d", TEXTS[name])) for name in (page, twin))
    assert len(here & there) >= 5


def test_damaged_pages_have_readings_real_brackets_and_lost_bytes() -> None:
    damaged = {name for name, page in PAGES.items() if len(READING.findall(page)) >= 10}
    assert 6 <= len(damaged & HANT) == len(damaged)
    assert "協(xié)同創(chuàng)新" in PAGES["changzhutan"].splitlines()[2]
    assert all(kept in PAGES["changzhutan"] for kept in ("湘芯(湖南)", "動工?偼顿Y超過"))
    assert "附件(a)" in PAGES["huangshi"]
    assert "規;a和應用" in PAGES["chengyu"]


def test_one_record_and_one_page_have_no_date() -> None:
    assert [record["published"] for record in RECORDS].count(None) == 1
    assert [name for name, page in PAGES.items() if not re.search(r"\n\d{4}/\d\d/\d\d ", page)] == ["undated"]


@pytest.mark.parametrize("wanted", UNUSUAL)
def test_unusual_characters_occur(wanted: str) -> None:
    assert wanted in ALL


@pytest.mark.parametrize("run", ["[协協]同[创創]新", "[总總]投[资資]超[过過]100[亿億]元", "科技[创創]新"])
def test_the_suggested_queries_have_results_outside_wuhan_too(run: str) -> None:
    found = [text for text in TEXTS.values() if re.search(run, text)]
    assert 5 <= len(found) < len(TEXTS) / 3
    assert any(not re.search("武[汉漢]", text) for text in found)
