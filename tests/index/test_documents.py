"""The flat document of an article: what an engine gets to index."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Article, DocumentFacts, Level, Part, RegionTag, Relation, TopicTag
from index.documents import (
    DATE_FIELDS,
    KEYWORD_FIELDS,
    MAX_POSITIONS,
    PART_WEIGHTS,
    IndexDocument,
    to_document,
)
from index.errors import DocumentTooLong
from index.readers.record import MAX_TEXT
from index.regions.tree import Regions
from tests.engines import make_article

SHANGHAI = timezone(timedelta(hours=8))
DESCRIBED = {"document_number", "document_type", "agency", "level", "topic"}
ADDED = datetime(2026, 11, 24, 12, 0, 0, 999_999, tzinfo=UTC)


@pytest.fixture
def article() -> Article:
    return replace(
        make_article("a", "科技 中心，科技", title="科技", source=" 湖北科技網"),
        lead="改革",
        tags=("科技", "發展"),
        notice="免责声明",
        related=("另一篇",),
        category=("要闻",),
        origin="来源",
    )


def flat(article: Article, analyzer: Analyzer) -> IndexDocument:
    """The document of an article without copies, stored at ADDED."""
    return to_document(article, analyzer, ADDED, None)


def test_every_part_has_a_weight() -> None:
    assert set(PART_WEIGHTS) == set(Part)


def test_characters_are_kept_part_by_part(article: Article, analyzer: Analyzer) -> None:
    assert flat(article, analyzer).characters == {
        Part.TITLE: "科技",
        Part.LEAD: "改革",
        Part.BODY: "科技中心,科技",
        Part.TAGS: "科技、发展",
    }


def test_words_count_by_the_weight_of_their_part(article: Article, analyzer: Analyzer) -> None:
    title, lead, body, tags = (PART_WEIGHTS[part] for part in Part)
    assert flat(article, analyzer).words == {
        "科技": title + 2 * body + tags,
        "改革": lead,
        "中心": body,
        "发展": tags,
    }


def test_length_is_the_sum_of_the_weighted_frequencies(article: Article, analyzer: Analyzer) -> None:
    document = flat(article, analyzer)
    assert document.length == sum(document.words.values()) == 12


def test_disclaimers_and_related_links_are_not_indexed(article: Article, analyzer: Analyzer) -> None:
    bare = replace(article, notice="", related=())
    assert flat(article, analyzer) == flat(bare, analyzer)


def test_breadcrumb_and_origin_are_values_and_no_text(article: Article, analyzer: Analyzer) -> None:
    bare = replace(article, category=(), origin=None)
    without = replace(flat(article, analyzer), keywords={})
    assert without == replace(flat(bare, analyzer), keywords={})


def test_an_empty_article_has_no_words(analyzer: Analyzer) -> None:
    document = flat(make_article("a"), analyzer)
    assert (document.words, document.length) == ({}, 0)
    assert set(document.characters.values()) == {""}


@pytest.mark.parametrize(
    ("source", "keywords"),
    [
        pytest.param(" 湖北科技網\u3000", ("湖北科技网",), id="folded and stripped"),
        pytest.param(None, (), id="none"),
        pytest.param("", (), id="empty"),
    ],
)
def test_source_is_an_exact_value(source: str | None, keywords: tuple[str, ...], analyzer: Analyzer) -> None:
    document = flat(make_article("a", source=source), analyzer)
    assert document.keywords["source"] == keywords


def test_an_article_without_descriptions_has_no_values(analyzer: Analyzer) -> None:
    assert flat(make_article("a"), analyzer).keywords == dict.fromkeys(KEYWORD_FIELDS, ())


def test_what_a_document_states_is_an_exact_value(article: Article, analyzer: Analyzer) -> None:
    facts = DocumentFacts(
        number="鄂政發〔2024〕12號", agency="湖北省人民政府", level=Level.PROVINCIAL, type="通知"
    )
    topics = (TopicTag("科技创新", 2.0, ()), TopicTag("数字经济", 1.0, ()))
    keywords = flat(replace(article, document=facts, topics=topics), analyzer).keywords
    assert {field: keywords[field] for field in KEYWORD_FIELDS if field in DESCRIBED} == {
        "document_number": ("鄂政发〔2024〕12号",),
        "document_type": ("通知",),
        "agency": ("湖北省人民政府",),
        "level": ("provincial",),
        "topic": ("科技创新", "数字经济"),
    }


@pytest.mark.parametrize(
    ("given", "values"),
    [
        pytest.param(("要聞", " GOV 网 "), ("要闻", "gov 网"), id="folded and stripped"),
        pytest.param(("科技", "科技", "科 技"), ("科技", "科 技"), id="each once"),
        pytest.param((" ", ""), (), id="blank"),
    ],
)
def test_tags_and_breadcrumb_are_exact_values(
    given: tuple[str, ...], values: tuple[str, ...], article: Article, analyzer: Analyzer
) -> None:
    keywords = flat(replace(article, tags=given, category=given, origin=given[0]), analyzer).keywords
    assert keywords["tag"] == keywords["category"] == values
    assert keywords["origin"] == values[:1]


@pytest.mark.parametrize(
    ("codes", "values"),
    [
        pytest.param(["420000"], ("420000",), id="a province"),
        pytest.param(["420700"], ("420000", "420700"), id="a city and its province"),
        pytest.param(["420704"], ("420000", "420700", "420704"), id="a district, its city and province"),
        pytest.param(["420700", "420100"], ("420000", "420700", "420100"), id="two cities of one province"),
        pytest.param(["110105"], ("110000", "110105"), id="a district of a municipality"),
        pytest.param(["429004"], ("420000", "429004"), id="a city that the province governs itself"),
    ],
)
def test_a_region_is_found_under_all_units_above_it(
    codes: list[str], values: tuple[str, ...], article: Article, analyzer: Analyzer
) -> None:
    regions = tuple(RegionTag(code, Relation.ABOUT, 1.0) for code in codes)
    keywords = flat(replace(article, regions=regions), analyzer).keywords
    assert keywords["region"] == values
    assert keywords["unit"] == tuple(codes), "and by itself, without them"


@pytest.mark.parametrize(
    ("published", "seconds"),
    [
        pytest.param(datetime(1970, 1, 1, tzinfo=UTC), 0, id="the epoch"),
        pytest.param(datetime(1970, 1, 1, 8, 0, 1, tzinfo=SHANGHAI), 1, id="another zone"),
        pytest.param(datetime(1970, 1, 1, 0, 0, 0, 999_999, tzinfo=UTC), 0, id="a part of a second"),
        pytest.param(datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC), -1, id="before the epoch"),
        pytest.param(datetime(1969, 12, 31, 23, 59, 59, 1, tzinfo=UTC), -1, id="a part of a second before"),
    ],
)
def test_a_time_is_the_second_of_utc_that_it_is_in(
    published: datetime, seconds: int, analyzer: Analyzer
) -> None:
    article = replace(make_article("a"), published=published)
    assert flat(article, analyzer).dates["published"] == seconds


def test_a_day_is_its_first_second_in_china(article: Article, analyzer: Analyzer) -> None:
    facts = DocumentFacts(signed=date(2024, 3, 5), effective=date(2024, 4, 1))
    dates = flat(replace(article, document=facts), analyzer).dates
    assert dates["signed"] == int(datetime(2024, 3, 4, 16, 0, tzinfo=UTC).timestamp())
    assert dates["effective"] == int(datetime(2024, 3, 31, 16, 0, tzinfo=UTC).timestamp())
    assert set(dates) <= set(DATE_FIELDS)


def test_dates_that_are_not_known_are_left_out(analyzer: Analyzer) -> None:
    article = replace(make_article("a"), published=None)
    assert flat(article, analyzer).dates == {"added": int(ADDED.timestamp())}


@pytest.mark.parametrize(
    ("published", "year", "month"),
    [
        pytest.param(
            datetime(2023, 12, 31, 15, 59, 59, tzinfo=UTC), ("2023",), ("2023-12",), id="New Year's Eve"
        ),
        pytest.param(datetime(2023, 12, 31, 16, 0, 0, tzinfo=UTC), ("2024",), ("2024-01",), id="New Year"),
        pytest.param(None, (), (), id="undated"),
    ],
)
def test_year_and_month_are_those_of_publication_in_china(
    published: datetime | None, year: tuple[str, ...], month: tuple[str, ...], analyzer: Analyzer
) -> None:
    keywords = flat(replace(make_article("a"), published=published), analyzer).keywords
    assert (keywords["year"], keywords["month"]) == (year, month)


def test_the_cluster_of_copies_goes_with_the_article(article: Article, analyzer: Analyzer) -> None:
    assert to_document(article, analyzer, ADDED, 7).cluster == 7
    assert flat(article, analyzer).cluster is None


def document(characters: dict[Part, str]) -> IndexDocument:
    return IndexDocument(id="long-1", characters=characters, words={}, keywords={}, dates={}, cluster=None)


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({Part.BODY: MAX_POSITIONS - 4}, id="body"),
        pytest.param({Part.TAGS: MAX_POSITIONS - 4}, id="tags"),
        pytest.param({Part.TITLE: 10, Part.BODY: MAX_POSITIONS - 17, Part.TAGS: 3}, id="parts together"),
    ],
)
def test_the_longest_document(parts: dict[Part, int]) -> None:
    document({part: "a" * length for part, length in parts.items()})
    last = max(parts, key=lambda part: parts[part])
    with pytest.raises(DocumentTooLong, match=r"article long-1 needs 16,777,217 positions .* split it"):
        document({part: "a" * (length + (part is last)) for part, length in parts.items()})


def test_an_article_that_is_too_long_is_refused_by_name(
    analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.documents.MAX_POSITIONS", 10)
    flat(make_article("a", "一二 三四五六"), analyzer)
    with pytest.raises(DocumentTooLong, match="article a needs 11 positions"):
        flat(make_article("a", "一二 三四五六七"), analyzer)


def test_what_the_readers_let_in_fits() -> None:
    assert MAX_TEXT + len(Part) <= MAX_POSITIONS


def test_every_value_of_every_region_is_a_unit(analyzer: Analyzer) -> None:
    regions = Regions.load()
    for unit in regions:
        article = replace(make_article("a"), regions=(RegionTag(unit.code, Relation.ABOUT, 1.0),))
        codes = (*regions.ancestors(unit.code), unit.code)
        assert flat(article, analyzer).keywords["region"] == codes
