"""How much of a query hits have to have: the parameter, and what API, page and command line say of it."""

from io import StringIO

import pytest
from rich.console import Console

from index.regions.tree import Regions
from search.request import Match, SearchRequest
from search.results import Dropped, Relaxed
from tests.both_engines import LibraryFactory
from tests.engines import ArticleLibrary, make_article
from tests.web.conftest import ClientFactory
from tests.web.known_regions import REGIONS
from tests.web.markup import parse_page
from tests.web.spoken import HANS
from web.commands.search import show_result
from web.errors import BadParameters
from web.parameters.requests import read_search
from web.presenters.notices import relaxed_messages

LONG = "湖北省养老服务补贴"
NONE_HAS_ALL = "没有文章含有全部词语，以下文章含有其中一部分。"
ONE_HAS_ALL = "1 篇文章含有全部词语，排在前面；其余文章含有其中一部分。"


@pytest.fixture(scope="module")
def library(library_of: LibraryFactory) -> ArticleLibrary:
    library = library_of()
    library.build(
        [make_article("full", "补贴：湖北省的养老和服务"), make_article("part", "养老服务", title="经济")]
    )
    return library


@pytest.mark.parametrize("match", list(Match))
def test_the_parameter_is_read_and_left_out_of_the_canonical_form_where_it_is_the_default(
    match: Match,
) -> None:
    read = read_search([("q", "a"), ("match", match.value)], REGIONS)
    assert read.request.match is match
    canonical = (("q", "a"),) if match is Match.SMART else (("match", match.value), ("q", "a"))
    assert tuple(sorted(read.pairs)) == canonical
    assert read_search([("q", "a")], REGIONS).request.match is Match.SMART


def test_another_way_to_match_is_refused_with_the_nearest() -> None:
    with pytest.raises(BadParameters) as refused:
        read_search([("q", "a"), ("match", "exakt")], REGIONS)
    [fault] = refused.value.faults
    assert (fault.parameter, fault.suggestion) == ("match", "exact")


@pytest.mark.parametrize(
    ("params", "ids", "relaxed"),
    [
        pytest.param({"q": LONG}, ["full", "part"], {"strict_total": 1, "dropped": []}, id="smart"),
        pytest.param({"q": LONG, "match": "all"}, ["full"], None, id="all"),
        pytest.param({"q": f"{LONG} 航天", "match": "all"}, [], None, id="all, or nothing"),
        pytest.param({"q": "经济 航天", "match": "any"}, ["part"], None, id="any"),
        pytest.param({"q": "养老服务", "match": "exact"}, ["part"], None, id="exact"),
        pytest.param(
            {"q": "航天 经济"},
            ["part"],
            {"strict_total": 0, "dropped": [{"text": "航天", "span": [0, 2]}]},
            id="smart, where nothing has everything",
        ),
    ],
)
def test_the_api_says_what_was_asked_for_in_part(
    params: dict[str, str],
    ids: list[str],
    relaxed: dict[str, object] | None,
    library: ArticleLibrary,
    client_of: ClientFactory,
) -> None:
    answer = client_of(library.service()).get("/api/v1/search", params=params).json()
    assert [hit["id"] for hit in answer["results"]] == ids
    assert answer["total"] == len(ids)
    assert answer["query"]["relaxed"] == relaxed


@pytest.mark.parametrize(
    ("q", "shown", "hidden"),
    [
        pytest.param(LONG, [ONE_HAS_ALL], [NONE_HAS_ALL, "没有用到"], id="some have all"),
        pytest.param("经济 航天", [NONE_HAS_ALL, "这一页的文章没有用到：航天"], [ONE_HAS_ALL], id="none has"),
        pytest.param("养老服务", [], [NONE_HAS_ALL, ONE_HAS_ALL, "没有用到"], id="all have all"),
    ],
)
def test_the_page_says_so_too(
    q: str, shown: list[str], hidden: list[str], library: ArticleLibrary, client_of: ClientFactory
) -> None:
    page = client_of(library.service()).get("/search", params={"q": q})
    assert page.status_code == 200
    text = " ".join(parse_page(page.text).text.split())
    assert [message for message in (*shown, *hidden) if message in text] == shown


@pytest.mark.parametrize(
    ("relaxed", "messages"),
    [
        (None, ()),
        (Relaxed(0, ()), (NONE_HAS_ALL,)),
        (Relaxed(1, ()), (ONE_HAS_ALL,)),
        (
            Relaxed(12345, (Dropped("航天", (0, 2)), Dropped("雷达", (3, 2)))),
            (
                "12,345 篇文章含有全部词语，排在前面；其余文章含有其中一部分。",
                "这一页的文章没有用到：航天、雷达",
            ),
        ),
    ],
    ids=["nothing to say", "none", "one", "many"],
)
def test_messages(relaxed: Relaxed | None, messages: tuple[str, ...]) -> None:
    assert relaxed_messages(relaxed, None, HANS) == messages


def test_the_command_line_says_so_above_the_count(library: ArticleLibrary) -> None:
    printed = StringIO()
    result = library.service().search(SearchRequest(q="经济 航天"))
    show_result(result, Console(file=printed, width=200), Regions.load())
    lines = printed.getvalue().splitlines()
    assert lines[:2] == [
        "No article has all the words; these have some of them.",
        "The articles of this page lack: 航天",
    ]
    assert lines[2].startswith("1 result, in ")
