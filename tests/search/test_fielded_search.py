"""The query language put to an index: every field, dates, nearness, numbers, and strict readings."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from index.article import DocumentFacts, Level, RegionTag, Relation, TopicTag
from search.errors import QuerySyntax, UnknownField, WildcardTooBroad
from search.request import Reading, SearchRequest
from search.results import NoticeKind, ReadPart
from search.service import SearchService
from tests.both_engines import LibraryFactory
from tests.engines import make_article

MORNING = datetime(2024, 3, 5, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def language(library_of: LibraryFactory) -> SearchService:
    """Two articles that differ in every field that a query can name."""
    hubei = replace(
        make_article("hubei", "按鄂政发[2024]第12号办理，发展养老和托育"),
        document=DocumentFacts(
            number="鄂政发〔2024〕3号",
            type="通知",
            level=Level.PROVINCIAL,
            agency="湖北省人民政府",
            signed=date(2024, 3, 1),
            effective=date(2024, 5, 1),
        ),
        title="科技创新",
        lead="导语里的金融",
        tags=("招商", "光谷"),
        source="湖北日报",
        published=MORNING,
        regions=(RegionTag("420700", Relation.ABOUT, 8.0),),
        topics=(TopicTag("招商引资", 9.0, ("招商",)),),
    )
    other = replace(
        make_article("other", "科技，创新，然后是养老，还要好好说说托育"),
        document=DocumentFacts(number="鄂政发〔2024〕12号"),
        source="浙江日报",
        published=MORNING + timedelta(days=400),
    )
    library = library_of()
    library.build([hubei, other])
    return library.service()


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("title:科技", ["hubei"]),
        ("body:科技", ["other"]),
        ("title:创新科技", ["hubei"]),
        ("lead:金融", ["hubei"]),
        ("body:金融", []),
        ("tags:光谷", ["hubei"]),
        ("科技 -title:科技", ["other"]),
        ("来源：湖北日報", ["hubei"]),
        ("source:湖北", []),
        ("-source:湖北日报", ["other"]),
        ("地区：湖北", ["hubei"]),
        ("region:鄂州", ["hubei"]),
        ("-region:湖北", ["other"]),
        ("region:(湖北 OR 浙江)", ["hubei"]),
        ("专题:招商引资", ["hubei"]),
        ("doctype:通知", ["hubei"]),
        ("level:省级", ["hubei"]),
        ("agency:湖北省人民政府", ["hubei"]),
        ("number:鄂政发（2024）3号", ["hubei"]),
        ("year:2024", ["hubei"]),
        ("date:2025..", ["other"]),
        ("date:2024-03..2025-04 科技", ["hubei", "other"]),
        ("signed:2024-03-01", ["hubei"]),
        ("effective:..2024-04", []),
        ('"养老 托育"~1', ["hubei"]),
        ('"托育 养老"~1', ["hubei"]),
        ('"养老 托育"~7', ["hubei", "other"]),
        ('title:"养老 托育"~9', []),
        ("鄂政发【2024】12号", ["hubei", "other"]),
        ("body:鄂政发【2024】12号", ["hubei"]),
        ("科技*", ["hubei", "other"]),
    ],
)
def test_a_field_finds(q: str, expected: list[str], language: SearchService) -> None:
    result = language.search(SearchRequest(q=q))
    assert (sorted(hit.article.id for hit in result.hits), result.notices) == (expected, ())


def ids(service: SearchService, request: SearchRequest) -> list[str]:
    return [hit.article.id for hit in service.search(request).hits]


def test_the_document_itself_comes_before_those_that_cite_it(language: SearchService) -> None:
    assert ids(language, SearchRequest(q="鄂政发（2024）12号"))[0] == "other"


def test_what_is_no_region_is_searched_as_text(language: SearchService) -> None:
    result = language.search(SearchRequest(q="region:养老"))
    assert [notice.kind for notice in result.notices] == [NoticeKind.INVALID_VALUE]
    assert result.read_as == (ReadPart("word", "养老", (0, 9)),)
    assert result.total == 2
    assert language.article("hubei", "region:养老").read_as == result.read_as


@pytest.mark.parametrize(
    ("q", "error"),
    [
        pytest.param("nosuch:浙江", UnknownField, id="field"),
        pytest.param("region:火星", QuerySyntax, id="region"),
        pytest.param("region:鼓楼区", QuerySyntax, id="several regions"),
        pytest.param("创*", WildcardTooBroad, id="wildcard"),
        pytest.param("“创新", QuerySyntax, id="quote"),
    ],
)
def test_a_strict_reading_refuses(q: str, error: type[QuerySyntax], language: SearchService) -> None:
    with pytest.raises(QuerySyntax) as caught:
        language.search(SearchRequest(q=q, reading=Reading.STRICT))
    assert type(caught.value) is error
    [notice] = language.search(SearchRequest(q=q)).notices
    assert (caught.value.text, caught.value.span) == (notice.text, notice.span)


def test_a_strict_reading_answers_what_is_written_well(language: SearchService) -> None:
    request = SearchRequest(q="标题：科技 -region:浙江 year:2024", reading=Reading.STRICT)
    assert ids(language, request) == ["hubei"]
