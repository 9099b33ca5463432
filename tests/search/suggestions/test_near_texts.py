import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.suggestions import near_texts
from search.suggestions.near_texts import NearTexts, is_slip
from search.suggestions.string_table import StringTable

TEXTS = st.text(alphabet="甲乙丙", max_size=6)


def distance(typed: str, meant: str) -> int:
    """Optimal string alignment, row by row (Boytsov 2011, definition 2)."""
    rows = [list(range(len(meant) + 1))]
    for at, char in enumerate(typed, 1):
        row = [at]
        for beside, other in enumerate(meant, 1):
            best = min(rows[-1][beside] + 1, row[-1] + 1, rows[-1][beside - 1] + (char != other))
            if at > 1 and beside > 1 and (typed[at - 2], char) == (other, meant[beside - 2]):
                best = min(best, rows[-2][beside - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


@given(TEXTS, TEXTS)
def test_a_slip_is_a_distance_of_one(typed: str, meant: str) -> None:
    assert is_slip(typed, meant) == (distance(typed, meant) == 1)


@given(st.lists(TEXTS, max_size=20), st.text(alphabet="甲乙丙", min_size=2, max_size=6))
def test_all_texts_within_one_slip_are_found(texts: list[str], typed: str) -> None:
    found = NearTexts.of(StringTable.of(texts)).near(typed)
    assert found == {text for text in texts if distance(typed, text) == 1}


def test_where_very_many_begin_alike_those_that_end_alike_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near_texts, "MAX_COMPARED", 2)
    found = NearTexts.of(StringTable.of(["甲甲乙", "甲甲丙", "甲甲丁", "戊甲乙"])).near("戊戊乙")
    assert found == {"戊甲乙"}
