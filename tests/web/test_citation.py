"""Citations: what GB/T 7714—2015 writes of an electronic resource, and records in RIS."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article, DocumentFacts, TopicTag
from tests.web.fake_articles import ARTICLES
from web.presenters.citation import Citation, citation_of, gb_t_7714, ris_record

TODAY = date(2026, 11, 28)
OWN = "https://search.example/articles/described"
DESCRIBED = next(article for article in ARTICLES if article.id == "described")
UNDATED = next(article for article in ARTICLES if article.id == "undated")

CITED = Citation(
    title="关于加强社区服务工作的通知",
    responsible="湖北省人民政府",
    publisher="湖北省人民政府网",
    number="鄂政发〔2024〕12号",
    published=date(2024, 10, 14),
    accessed=TODAY,
    address="https://news.example/described",
    keywords=("交通运输",),
)


@pytest.mark.parametrize(
    ("citation", "text"),
    [
        pytest.param(
            CITED,
            "湖北省人民政府. 关于加强社区服务工作的通知: 鄂政发〔2024〕12号[EB/OL]. "
            "(2024-10-14)[2026-11-28]. https://news.example/described.",
            id="everything known",
        ),
        pytest.param(
            replace(CITED, responsible=None),
            "关于加强社区服务工作的通知: 鄂政发〔2024〕12号[EB/OL]. "
            "(2024-10-14)[2026-11-28]. https://news.example/described.",
            id="nobody responsible is known: the title comes first",
        ),
        pytest.param(
            replace(CITED, published=None, number=None),
            "湖北省人民政府. 关于加强社区服务工作的通知[EB/OL]. [2026-11-28]. https://news.example/described.",
            id="no date: only the day of access",
        ),
        pytest.param(
            replace(CITED, address=None, number=None, responsible=None, published=None),
            "关于加强社区服务工作的通知[EB/OL]. [2026-11-28].",
            id="nothing but a title",
        ),
        pytest.param(
            replace(CITED, title="长" * 300, number=None),
            f"湖北省人民政府. {'长' * 300}[EB/OL]. (2024-10-14)[2026-11-28]. https://news.example/described.",
            id="a long title stays whole",
        ),
    ],
)
def test_what_is_not_known_is_left_out_with_its_signs(citation: Citation, text: str) -> None:
    assert gb_t_7714(citation) == text


def test_a_record_has_a_line_for_each_tag_and_ends() -> None:
    assert ris_record(CITED) == (
        "TY  - ELEC\r\n"
        "TI  - 关于加强社区服务工作的通知\r\n"
        "AU  - 湖北省人民政府\r\n"
        "PB  - 湖北省人民政府网\r\n"
        "M1  - 鄂政发〔2024〕12号\r\n"
        "PY  - 2024\r\n"
        "DA  - 2024/10/14\r\n"
        "Y2  - 2026/11/28\r\n"
        "KW  - 交通运输\r\n"
        "UR  - https://news.example/described\r\n"
        "ER  - \r\n"
    )


def test_a_record_leaves_out_what_is_not_known() -> None:
    bare = citation_of(UNDATED, TODAY, None)
    assert ris_record(bare) == "TY  - ELEC\r\nTI  - 城市更新项目公示\r\nY2  - 2026/11/28\r\nER  - \r\n"


@pytest.mark.parametrize(
    ("article", "own", "expected"),
    [
        pytest.param(
            DESCRIBED,
            OWN,
            replace(
                CITED,
                title="省人民政府关于支持鄂州航空货运发展的通知",
                keywords=("交通运输", "财政补贴"),
            ),
            id="the agency is responsible, the source publishes",
        ),
        pytest.param(
            replace(DESCRIBED, document=DocumentFacts(), topics=()),
            None,
            Citation(
                title="省人民政府关于支持鄂州航空货运发展的通知",
                responsible="湖北省人民政府网",
                publisher="湖北省人民政府网",
                number=None,
                published=date(2024, 10, 14),
                accessed=TODAY,
                address="https://news.example/described",
                keywords=(),
            ),
            id="without an agency the source is",
        ),
        pytest.param(
            UNDATED,
            OWN,
            Citation(
                title="城市更新项目公示",
                responsible=None,
                publisher=None,
                number=None,
                published=None,
                accessed=TODAY,
                address=OWN,
                keywords=(),
            ),
            id="what has no address of its own is cited at ours",
        ),
        pytest.param(
            replace(UNDATED, title=" \n ", url="javascript:alert(1)"),
            None,
            Citation(
                title="undated",
                responsible=None,
                publisher=None,
                number=None,
                published=None,
                accessed=TODAY,
                address=None,
                keywords=(),
            ),
            id="no title and no address that may be linked to",
        ),
    ],
)
def test_what_is_cited_of_an_article(article: Article, own: str | None, expected: Citation) -> None:
    assert citation_of(article, TODAY, own) == expected


def test_the_day_of_publication_is_that_of_china() -> None:
    late = replace(UNDATED, published=datetime(2024, 3, 4, 17, 30, tzinfo=UTC))
    assert citation_of(late, TODAY, None).published == date(2024, 3, 5)


BREAKS = st.text(st.sampled_from("甲a\r\n\x0b\x0c\x1d\x85\u2028\u2029\x00 -"), max_size=12)


@settings(max_examples=60)
@given(title=BREAKS, agency=BREAKS, source=BREAKS, number=BREAKS, topic=BREAKS)
def test_no_text_of_an_article_begins_a_field_of_its_own(
    title: str, agency: str, source: str, number: str, topic: str
) -> None:
    article = replace(
        DESCRIBED,
        title=f"{title}\r\nER  - \r\nTY  - BOOK",
        source=source,
        url=f"https://news.example/{number}",
        document=DocumentFacts(number=number, agency=agency),
        topics=(TopicTag(topic, 1.0, ()),),
    )
    citation = citation_of(article, TODAY, None)
    record = ris_record(citation)
    lines = record.removesuffix("\r\n").split("\r\n")
    assert lines == record.splitlines()
    assert [line[:6] for line in lines].count("ER  - ") == 1
    assert [line[:6] for line in lines].count("TY  - ") == 1
    assert len(gb_t_7714(citation).splitlines()) == 1
