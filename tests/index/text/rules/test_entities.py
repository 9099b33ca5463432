"""Entities left over in the text become what they stand for; what only looks like one stays."""

from html import escape
from html.entities import html5, name2codepoint

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Certainty
from index.text.edits import Edit
from index.text.rules.entities import EntitiesRule
from tests.index.text.rules.laws import assert_clean, assert_linear, pages, repaired

RULE = EntitiesRule()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param("在&ldquo;平台&rdquo;上", "在“平台”上", id="names"),
        pytest.param("甲&nbsp;&nbsp;乙&#160;丙&#xA0;丁", "甲  乙 丙 丁", id="no-break spaces"),
        pytest.param("&#8220;创新&#x201D;&#X4e2d;", "“创新”中", id="numbers"),
        pytest.param("&#150;&#0147;", "–“", id="numbers of Windows-1252"),
        pytest.param("&#129;", "\x81", id="a number that Windows-1252 leaves open"),
        pytest.param("2&#1;5", "2\x015", id="a control character"),
        pytest.param("甲&amp;nbsp;乙&amp;ldquo;", "甲 乙“", id="written twice"),
        pytest.param("&amp;amp;#38;middot;", "·", id="written many times, in several ways"),
        pytest.param("&&#97;mp;ldquo;", "“", id="an entity made of entities"),
        pytest.param("A&amp;B，R&amp;D", "A&B，R&D", id="an ampersand"),
        pytest.param("?id=1&amp;page=2", "?id=1&page=2", id="an address"),
        pytest.param("&lt;br&gt;换行", "<br>换行", id="markup as text"),
        pytest.param("5&permil;，3&times;4，&ge;6", "5‰，3×4，≥6", id="signs"),
        pytest.param("&semi;&colon;", ";:", id="names of HTML 5"),
        pytest.param("&NotEqualTilde;", "≂̸", id="two characters for one name"),
        pytest.param("A&B;C&copy;D", "A&B;C©D", id="beside what is none"),
    ],
)
def test_it_becomes_what_it_stands_for(page: str, expected: str) -> None:
    assert repaired(RULE, page) == expected


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("A&B，S&TProgramofHebei，AT&T；R&D;", id="names of firms"),
        pytest.param("ui?pageId=1&copy=2&sect=3&columnId=4", id="an address"),
        pytest.param("&nbsp &ldquo创新&rdquo", id="without a semicolon"),
        pytest.param("&ldquo；", id="a semicolon that is none"),
        pytest.param("&unknown; &; &#; &#x; &#xyz;", id="no names"),
        pytest.param("&#xD800; &#1114112; &#99999999; &#999999999;", id="no characters"),
        pytest.param("P&Gt; Q&ii; K&ic;", id="one or two letters that HTML 4 does not know"),
        pytest.param("& ldquo;", id="a space"),
        pytest.param("&LDQUO;", id="capitals that no browser knows"),
        pytest.param("创新；发展;", id="clean text"),
    ],
)
def test_what_only_looks_like_one_stays(page: str) -> None:
    assert_clean(RULE, page)


def test_neighbours_are_one_exact_edit() -> None:
    assert RULE.find("甲&nbsp;&ldquo;A&rdquo;") == (
        Edit(1, "&nbsp;&ldquo;", " “", "entities", Certainty.EXACT),
        Edit(15, "&rdquo;", "”", "entities", Certainty.EXACT),
    )


@pytest.mark.parametrize("name", sorted(name2codepoint))
def test_every_name_of_html_4(name: str) -> None:
    assert repaired(RULE, f"甲&{name};乙") == f"甲{html5[name + ';']}乙".replace("\xa0", " ")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20), st.integers(1, 3))
def test_text_escaped_as_often_as_one_likes_comes_back(text: str, times: int) -> None:
    plain = repaired(RULE, text)
    escaped = plain
    for _ in range(times):
        escaped = escape(escaped)
    assert repaired(RULE, escaped) == plain


@given(pages(["&", "amp", "#", "38", "#97", ";", "ldquo", "lt;", "semi", "nbsp;", "创"]))
def test_laws(page: str) -> None:
    repaired(RULE, page)


@pytest.mark.slow
def test_hostile_pages_take_linear_time() -> None:
    assert_linear(
        RULE,
        [
            "&" * 200_000,
            "&amp;" * 40_000,
            "&#38;" * 40_000,
            "&amp" * 50_000 + ";",
            "&" + ";" * 200_000,
            "&a" * 100_000 + ";" * 1_000,
            "&#&#51;8;" * 20_000,
            "&#" * 30_000 + "&#56;" * 30_000,
        ],
    )
