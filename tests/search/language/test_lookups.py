"""What the tables of regions and the index say of a query: codes, names that are none, stems too broad."""

import pytest

from index.text.folding import Folding
from search.language.lookups import MAX_WORDS, with_narrow_prefixes, with_regions
from search.language.parser import ParseResult, parse
from search.language.query import And, Not, Phrase, Prefix, Query, Run, Value
from tests.engines import regions_of


def looked_up(q: str, folding: Folding) -> ParseResult:
    return with_regions(parse(q, folding), q, regions_of(folding))


@pytest.mark.parametrize(
    ("q", "codes"),
    [
        pytest.param("region:湖北", ("420000",), id="short name"),
        pytest.param("地区：鄂州市", ("420700",), id="full name"),
        pytest.param("region:鄂", ("420000",), id="letter"),
        pytest.param("region:4207", ("420700",), id="code"),
        pytest.param("-region:廣東省", ("440000",), id="negated, in Traditional"),
        pytest.param('region:"湖北 鄂州"', ("420700",), id="quoted"),
    ],
)
def test_a_region_is_its_codes(q: str, codes: tuple[str, ...], folding: Folding) -> None:
    result = looked_up(q, folding)
    value = result.query.child if isinstance(result.query, Not) else result.query
    assert isinstance(value, Value)
    assert value.values == codes
    assert result.notices == ()
    [part] = result.read_as
    assert part.field == "region"


def test_a_name_of_several_regions_is_all_of_them(folding: Folding) -> None:
    result = looked_up("科技 region:鼓楼区", folding)
    assert isinstance(result.query, And)
    value = result.query.children[1]
    assert isinstance(value, Value)
    assert len(value.values) == 4
    assert [(notice.kind.value, notice.text, notice.span) for notice in result.notices] == [
        ("ambiguous-region", "region:鼓楼区", (3, 10))
    ]


@pytest.mark.parametrize(
    ("q", "tree"),
    [
        pytest.param("region:火星", Run("火星"), id="text"),
        pytest.param("-region:火星", Not(Run("火星")), id="negated"),
        pytest.param("region:“火星 基地”", Phrase("火星 基地"), id="quoted"),
    ],
)
def test_what_is_no_region_is_text(q: str, tree: Query, folding: Folding) -> None:
    result = looked_up(q, folding)
    assert result.query == tree
    start = q.index("region")
    assert [(notice.kind.value, notice.text, notice.span) for notice in result.notices] == [
        ("invalid-value", q[start:], (start, len(q) - start))
    ]
    assert {part.kind for part in result.read_as} <= {"word", "phrase", "not"}


@pytest.mark.parametrize(
    ("words", "tree", "kinds"),
    [(MAX_WORDS, Prefix("ＧＤＰ"), []), (MAX_WORDS + 1, Run("ＧＤＰ"), ["wildcard-too-broad"])],
    ids=["as many as allowed", "one more"],
)
def test_a_stem_of_too_many_words_is_text(
    words: int, tree: Query, kinds: list[str], folding: Folding
) -> None:
    asked: list[str] = []

    def words_with(prefix: str) -> int:
        asked.append(prefix)
        return words

    q = "科技 -ＧＤＰ*"
    result = with_narrow_prefixes(parse(q, folding), q, folding, words_with)
    assert result.query == And((Run("科技"), Not(tree)))
    assert [notice.kind.value for notice in result.notices] == kinds
    assert all((notice.text, notice.span) == ("ＧＤＰ*", (4, 4)) for notice in result.notices)
    assert asked == ["gdp"]
