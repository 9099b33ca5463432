"""A folded run leads back to what was typed, and knows its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import Folding
from search.expansion.folded_run import FoldedRun

TYPED = "科\u200b技 廳ＡＩ"


def test_it_is_folded_and_compact(folding: Folding) -> None:
    assert FoldedRun.of(TYPED, folding).text == "科技厅ai"


@pytest.mark.parametrize(
    ("start", "end", "span"), [(0, 1, (0, 1)), (0, 2, (0, 3)), (1, 3, (2, 3)), (3, 5, (5, 2))]
)
def test_spans_lead_back(start: int, end: int, span: tuple[int, int], folding: Folding) -> None:
    assert FoldedRun.of(TYPED, folding).typed_span(start, end) == span


@pytest.mark.parametrize(
    ("start", "end", "before", "behind"),
    [
        (0, 2, False, False),
        (1, 3, True, False),
        (1, 2, False, False),
        (0, 3, False, False),
        (2, 4, False, True),
    ],
)
def test_words_over_the_borders(
    folding: Folding, start: int, end: int, *, before: bool, behind: bool
) -> None:
    run = FoldedRun.of(TYPED, folding, ((0, 3), (4, 1), (5, 2)))
    assert run.begins_in_a_word(start, end) is before
    assert run.ends_in_a_word(start, end) is behind


@pytest.mark.parametrize(
    ("start", "end", "within"),
    [(1, 2, True), (1, 3, False), (0, 2, False), (0, 3, False), (2, 4, False), (1, 4, False)],
)
def test_a_part_within_a_word(folding: Folding, start: int, end: int, *, within: bool) -> None:
    run = FoldedRun.of("甲乙丙丁", folding, ((0, 3), (3, 1)))
    assert run.lies_in_a_word(start, end) is within


@given(st.text(st.sampled_from("a科 \u200b\n技"), min_size=1, max_size=12), st.data())
def test_a_span_holds_the_characters_of_its_part(typed: str, data: st.DataObject) -> None:
    folding = Folding.load()
    run = FoldedRun.of(typed, folding)
    if not run.text:
        return
    start = data.draw(st.integers(0, len(run.text) - 1))
    end = data.draw(st.integers(start + 1, len(run.text)))
    at, length = run.typed_span(start, end)
    assert FoldedRun.of(typed[at : at + length], folding).text == run.text[start:end]
    assert not typed[at].isspace()
