"""The seed page, through the command line and as a folder, as a new user would take it in."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.article import TAG_SEPARATOR, Article, Certainty
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.engine_settings import EngineSettings
from index.text.folding import Folding
from tests.both_engines import EngineFactory
from tests.commands import Done, run_on
from tests.conftest import ROOT
from web.engine_settings import engine_arguments

pytestmark = pytest.mark.shared

SEED = ROOT.parent / "shared" / "data" / "seed"
PINYIN_GROUPS = 105


@dataclass(frozen=True, slots=True)
class Site:
    """A data folder, and what keeps its index."""

    data: Path
    engine: EngineSettings

    def run(self, name: str, *arguments: str) -> Done:
        """A command that asks the index."""
        return run_on(self.data, name, *arguments, *engine_arguments(self.engine))

    def json(self, name: str, *arguments: str) -> dict[str, object]:
        """The same with --json, of a command that prints one object."""
        return self.run(name, *arguments, "--json").json()


@pytest.fixture(scope="module")
def site(engine_of: EngineFactory, tmp_path_factory: pytest.TempPathFactory) -> Site:
    made = Site(tmp_path_factory.mktemp("seed") / "data", engine_of())
    page = next(SEED.glob("*.txt"))
    first = made.run("ingest", str(page))
    assert first.out.decode() == "1 new, 0 updated, 0 unchanged, 0 failed\n", first.err.decode()
    assert first.status == 0
    return made


@pytest.fixture(scope="module")
def data(site: Site) -> Path:
    return site.data


@pytest.fixture(scope="module")
def article(data: Path) -> dict[str, object]:
    (line,) = run_on(data, "export").out.splitlines()
    record = json.loads(line)
    assert isinstance(record, dict)
    return record


def test_the_folder_holds_nothing_new(site: Site) -> None:
    again = site.run("ingest", str(SEED))
    assert again.out.decode() == "0 new, 0 updated, 1 unchanged, 0 failed\n"
    assert site.json("stats")["articles"] == 1


def test_each_part_goes_where_it_belongs(article: dict[str, object]) -> None:
    assert article["published"] == "2024-10-14T15:46:51+08:00"
    assert article["source"] == "中國企業新聞網"
    assert article["written_by"] == "湖北省科技廳"
    assert article["category"] == ["創新創業"]
    body = article["text"]
    assert isinstance(body, str)
    assert len(body.split("\n")) == 3
    assert "科(湖北)" in body
    assert "(chuàng)" not in json.dumps(article, ensure_ascii=False)
    assert "免責聲明" not in body


def test_every_pinyin_group_is_taken_out_and_logged(data: Path, article: dict[str, object]) -> None:
    with CorpusReader.open(DataFolder(data)) as reader:
        stored = reader.articles([str(article["id"])])[str(article["id"])]
    assert isinstance(stored, Article)
    groups = [repair for repair in stored.repairs if repair.rule == "pinyin"]
    assert len(groups) == PINYIN_GROUPS
    text = next(SEED.glob("*.txt")).read_text(encoding="utf-8")
    for repair in groups:
        place = slice(repair.original_start, repair.original_start + repair.original_length)
        assert text[place] == repair.before


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [("?偼顿Y", "。總投", "建設。總投資超過100億元"), (";a", "模化生產", "規模化生產制造")],
)
def test_a_lost_byte_is_restored_and_logged(
    data: Path, article: dict[str, object], before: str, after: str, sentence: str
) -> None:
    assert sentence in str(article["text"])
    with CorpusReader.open(DataFolder(data)) as reader:
        stored = reader.articles([str(article["id"])])[str(article["id"])]
    assert isinstance(stored, Article)
    logged = next(change for change in stored.repairs if change.before == before)
    assert (logged.rule, logged.certainty) == ("gbk-slip", Certainty.INFERRED)
    assert logged.after.startswith(after)
    assert stored.body[logged.start : logged.start + logged.length] == logged.after


def test_its_regions_are_the_province_and_the_two_cities(site: Site, article: dict[str, object]) -> None:
    with CorpusReader.open(DataFolder(site.data)) as reader:
        stored = reader.articles([str(article["id"])])[str(article["id"])]
    assert isinstance(stored, Article)
    assert {tag.code for tag in stored.regions} == {"420000", "420100", "420700"}
    for region in ("湖北省", "鄂", "武汉", "鄂州市"):
        assert site.json("search", "协同创新", "--region", region)["total"] == 1
    assert site.json("search", "协同创新", "--region", "湖南")["total"] == 0


def test_it_is_news_of_innovation(data: Path, article: dict[str, object]) -> None:
    with CorpusReader.open(DataFolder(data)) as reader:
        stored = reader.articles([str(article["id"])])[str(article["id"])]
    assert isinstance(stored, Article)
    assert (stored.topics[0].name, stored.document.type) == ("科技创新", "新闻")


def test_the_original_comes_back_byte_for_byte(data: Path, article: dict[str, object]) -> None:
    original = next(SEED.glob("*.txt")).read_bytes()
    assert run_on(data, "export", "--original", str(article["id"])).out == original


FOUND = [
    *(
        "科技创新",
        "科技創新",
        "协同创新",
        "創新創業",
        "葛店",
        "鄂",
        '"总投资超过500亿元"',
        "光芯屏端网",
        "武汉大学",
    ),
    *('"总投资超过100亿元"', "总投资超过100亿元", "规模化生产", "规模化生产制造", "悦科（湖北）数据中心"),
]


def other_ways(answer: dict[str, object]) -> set[str]:
    """How else the query may stand in a text, as the answer says: 科创 for 科技创新."""
    asked = answer["query"]
    assert isinstance(asked, dict)
    return {str(asked["q"]).replace(str(way["part"]), str(way["text"])) for way in asked["synonyms"]}


@pytest.mark.parametrize("query", FOUND)
def test_found_and_marked_exactly(query: str, site: Site, article: dict[str, object]) -> None:
    fold = Folding.load().fold
    answer = site.json("search", query)
    assert answer["total"] == 1
    results = answer["results"]
    assert isinstance(results, list)
    highlights = results[0]["highlights"]
    tags = article["tags"]
    assert isinstance(tags, list)
    texts = {
        "title": article["title"],
        "lead": article["lead"],
        "body": article["text"],
        "tags": TAG_SEPARATOR.join(tags),
    }
    marked = [
        str(texts[part])[start : start + length]
        for part, spans in highlights.items()
        for start, length in spans
    ]
    typed = fold(query.strip('"'))
    assert typed in {fold(text) for text in marked}
    assert {fold(text) for text in marked} <= {typed, *other_ways(answer)}


@pytest.mark.parametrize("query", ['"科技武汉"', "免責聲明", "免责声明"])
def test_not_found(query: str, site: Site) -> None:
    done = site.run("search", query, "--json")
    assert done.json()["total"] == 0
    assert done.status == 1
