"""How many words of a run are enough, and which of them count."""

import pytest

from search.planning.demand import LONG_FROM, ONE_IN, Demand, telling_words, words_needed

SHORT = ("养老", "的", "服务")
LONG = ("湖北省", "的", "养老", "服务", "补贴")
LONGEST = tuple(f"词{number}" for number in range(25))


@pytest.mark.parametrize(
    ("words", "demand", "needed"),
    [
        pytest.param(SHORT, Demand.ALL, None, id="all of a short run"),
        pytest.param(LONG, Demand.ALL, None, id="all of a long run"),
        pytest.param(SHORT, Demand.SOME_OF_LONG, None, id="three words are not long"),
        pytest.param(
            LONG, Demand.SOME_OF_LONG, (1, ("湖北省", "养老", "服务", "补贴")), id="one of four, none single"
        ),
        pytest.param(LONGEST[:15], Demand.SOME_OF_LONG, (1, LONGEST[:15]), id="one of fifteen"),
        pytest.param(LONGEST[:16], Demand.SOME_OF_LONG, (2, LONGEST[:16]), id="two of sixteen"),
        pytest.param(LONGEST, Demand.SOME_OF_LONG, (3, LONGEST), id="three of twenty-five"),
        pytest.param(SHORT, Demand.SOME, (1, ("养老", "服务")), id="a short one in part"),
        pytest.param(("的", "了", "局", "和"), Demand.SOME_OF_LONG, None, id="single characters say nothing"),
        pytest.param(("的",), Demand.SOME, None, id="nor alone"),
        pytest.param(SHORT, Demand.ANY, (1, SHORT), id="any, single ones too"),
        pytest.param(LONGEST, Demand.ANY, (1, LONGEST), id="any of many"),
        pytest.param((), Demand.ANY, None, id="no words"),
        pytest.param((), Demand.SOME, None, id="none in part"),
    ],
)
def test_words_needed(
    words: tuple[str, ...], demand: Demand, needed: tuple[int, tuple[str, ...]] | None
) -> None:
    assert words_needed(words, demand) == needed
    assert telling_words(words, demand) == (() if needed is None else needed[1])


def test_the_table_stands_on_both_sides_of_the_bounds() -> None:
    assert (len(SHORT), 16 // 2) == (LONG_FROM - 1, ONE_IN)
