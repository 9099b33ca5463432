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


@st.composite
def texts_edited_twice(draw: st.DrawFn) -> tuple[str, RepairedText, list[Edit]]:
    """A text, the outcome of some edits, and edits of that outcome, which may touch what the first made."""
    text, edits = draw(texts_with_edits())
    repaired = RepairedText.of(text, edits)
    later, at = [], 0
    for skip, length, after in draw(
        st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4), st.text(max_size=3)), max_size=5)
    ):
        start = at + skip
        before = repaired.text[start : start + length]
        if start <= len(repaired.text) and (before or after):
            later.append(Edit(start, before, after, "later", Certainty.EXACT))
        at = start + length
    return text, repaired, later


@given(texts_edited_twice())
def test_changes_upon_changes_are_changes_of_the_original(
    given_text: tuple[str, RepairedText, list[Edit]],
) -> None:
    text, repaired, later = given_text
    both = repaired.then(later)
    assert both.text == RepairedText.of(repaired.text, later).text
    assert both.original() == text
    at = 0
    for change in both.changes:
        assert text[change.edit.start : change.edit.end] == change.edit.before
        assert both.text[change.start : change.end] == change.edit.after
        assert change.edit.start >= at
        at = change.edit.end


CHAINS = {
    "before a change": (
        [Edit(0, "x", "y", "b", Certainty.EXACT)],
        [(0, "x", "y", "b"), (2, "⼯", "工", "a")],
    ),
    "of a change": ([Edit(2, "工", "", "b", Certainty.INFERRED)], [(2, "⼯", "", "a+b")]),
    "around a change": ([Edit(1, "a工", "z", "b", Certainty.EXACT)], [(1, "a⼯", "z", "a+b")]),
    "behind a change": (
        [Edit(3, "bc", "", "b", Certainty.EXACT)],
        [(2, "⼯", "工", "a"), (3, "bc", "", "b")],
    ),
    "back to what it was": ([Edit(2, "工", "⼯", "b", Certainty.EXACT)], []),
    "none": ([], [(2, "⼯", "工", "a")]),
}


@pytest.mark.parametrize(("later", "expected"), CHAINS.values(), ids=CHAINS.keys())
def test_a_change_is_changed_once_more(later: list[Edit], expected: list[tuple[int, str, str, str]]) -> None:
    first = RepairedText.of("xa⼯bc", [Edit(2, "⼯", "工", "a", Certainty.EXACT)])
    changes = first.then(later).changes
    assert [(c.edit.start, c.edit.before, c.edit.after, c.edit.rule) for c in changes] == expected


def test_a_chain_is_as_sure_as_its_weakest_change() -> None:
    first = RepairedText.of("⼯", [Edit(0, "⼯", "工", "a", Certainty.EXACT)])
    (change,) = first.then([Edit(0, "工", "公", "b", Certainty.INFERRED)]).changes
    assert change.edit.certainty is Certainty.INFERRED


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
