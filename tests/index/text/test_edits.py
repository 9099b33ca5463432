"""The repaired text knows what it was: the laws of the repair log."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Certainty
from index.text.edits import Edit, RepairedText


@st.composite
def texts_with_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and edits in order: stretches of it that are taken out, put in or replaced."""
    pieces = draw(
        st.lists(st.tuples(st.text(max_size=4), st.text(max_size=3), st.text(max_size=3)), max_size=6)
    )
    text = ""
    edits = []
    for kept, before, after in pieces:
        text += kept
        if before or after:
            edits.append(Edit(len(text), before, after, "made up", Certainty.EVIDENT))
        text += before
    return text + draw(st.text(max_size=4)), edits


@given(texts_with_edits())
def test_the_log_gives_back_the_original(given_text: tuple[str, list[Edit]]) -> None:
    text, edits = given_text
    assert RepairedText.of(text, edits).original() == text


@given(texts_with_edits())
def test_each_change_lies_where_it_says(given_text: tuple[str, list[Edit]]) -> None:
    text, edits = given_text
    repaired = RepairedText.of(text, edits)
    assert [change.edit for change in repaired.changes] == edits
    for change in repaired.changes:
        assert repaired.text[change.start : change.end] == change.edit.after
        assert text[change.edit.start : change.edit.end] == change.edit.before


@given(texts_with_edits())
def test_kept_characters_are_found_again(given_text: tuple[str, list[Edit]]) -> None:
    text, edits = given_text
    repaired = RepairedText.of(text, edits)
    replaced = {at for edit in edits for at in range(edit.start, edit.end)}
    for offset, char in enumerate(text):
        if offset not in replaced:
            assert repaired.text[repaired.repaired_offset(offset)] == char


@given(texts_with_edits())
def test_offsets_never_go_back(given_text: tuple[str, list[Edit]]) -> None:
    text, edits = given_text
    repaired = RepairedText.of(text, edits)
    offsets = [repaired.repaired_offset(offset) for offset in range(len(text) + 1)]
    assert offsets == sorted(offsets)
    assert all(0 <= offset <= len(repaired.text) for offset in offsets)


REPAIRED = RepairedText.of(
    "創(chuàng)新abc",
    [Edit(1, "(chuàng)", "", "a", Certainty.EVIDENT), Edit(11, "bc", "xyz", "b", Certainty.EVIDENT)],
)


def test_without_edits_the_text_is_the_same_object() -> None:
    text = "".join(["創", "新"])
    assert RepairedText.of(text, []).text is text


@pytest.mark.parametrize(
    ("original", "repaired"),
    [(0, 0), (1, 1), (5, 1), (9, 1), (10, 2), (11, 3), (12, 3), (13, 6)],
)
def test_repaired_offset(original: int, repaired: int) -> None:
    assert REPAIRED.text == "創新axyz"
    assert REPAIRED.repaired_offset(original) == repaired


@pytest.mark.parametrize(
    ("start", "end", "rules"),
    [
        pytest.param(0, 1, "a", id="taken out at the end"),
        pytest.param(1, 2, "a", id="taken out at the start"),
        pytest.param(2, 6, "b", id="inside"),
        pytest.param(0, 6, "ab", id="all"),
        pytest.param(2, 5, "", id="cut in two"),
        pytest.param(2, 3, "", id="beside"),
    ],
)
def test_changes_within(start: int, end: int, rules: str) -> None:
    assert "".join(change.edit.rule for change in REPAIRED.changes_within(start, end)) == rules
