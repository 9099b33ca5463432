"""How the parts of a run make alternatives: which count, in which order, and how many."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import Folding
from search.expansion.alternative import AlternativeKind
from search.expansion.expander import MAX_PARTS, Expander
from search.expansion.expansion import MAX_ALTERNATIVES, MAX_TOGETHER
from search.expansion.folded_run import FoldedRun
from search.expansion.source import Found, Reading


@dataclass(frozen=True, slots=True)
class Given:
    """A source that finds what it was told to find."""

    parts: tuple[Found, ...]

    def found(self, run: FoldedRun) -> Iterable[Found]:
        return (part for part in self.parts if part.end <= len(run.text))


def part(start: int, end: int, *texts: str) -> Found:
    return Found(
        start, end, tuple(Reading(text, text.lower(), AlternativeKind.SYNONYM, "rule") for text in texts)
    )


def texts(folding: Folding, run: str, *parts: Found) -> list[str]:
    return [alternative.text for alternative in Expander(folding, (Given(parts),)).expand(run).alternatives()]


@pytest.mark.parametrize(
    ("run", "parts", "expected"),
    [
        pytest.param("甲乙", (), [], id="nothing found"),
        pytest.param("甲乙", (part(0, 1, "丙"),), ["丙乙"], id="one part"),
        pytest.param("甲乙", (part(0, 1, "丙", "丁"),), ["丙乙", "丁乙"], id="readings in their order"),
        pytest.param("甲乙丙", (part(0, 2, "丁"), part(1, 3, "戊")), ["丁丙"], id="the first of two as long"),
        pytest.param("甲乙丙丁", (part(0, 2, "戊"), part(1, 4, "己")), ["甲己"], id="the longest of two"),
        pytest.param(
            "甲乙", (part(0, 1, "丙"), part(1, 2, "丁")), ["甲丁", "丙乙", "丙丁"], id="side by side"
        ),
        pytest.param(
            "甲乙",
            (part(0, 1, "丙", "子"), part(1, 2, "丁")),
            ["甲丁", "丙乙", "丙丁", "子乙", "子丁"],
            id="second readings last",
        ),
        pytest.param("甲", (part(0, 1, "甲乙", "丙"),), ["丙"], id="none that holds the run"),
        pytest.param("甲", (part(0, 1, "甲"),), [], id="nor the run itself"),
        pytest.param("甲a", (part(0, 1, "丙"), part(1, 2, "A")), ["丙a"], id="nor one twice after folding"),
    ],
)
def test_alternatives(run: str, parts: tuple[Found, ...], expected: list[str], folding: Folding) -> None:
    assert texts(folding, run, *parts) == expected


def test_there_are_few(folding: Folding) -> None:
    many = [part(at, at + 1, *"子丑寅卯辰") for at in range(MAX_PARTS + 2)]
    run = "甲" * (MAX_PARTS + 2)
    found = texts(folding, run, *many)
    assert len(found) == MAX_ALTERNATIVES
    assert "子" * MAX_TOGETHER + "甲" * (MAX_PARTS + 2 - MAX_TOGETHER) in found
    assert len(Expander(folding, (Given(tuple(many)),)).expand(run).parts) == MAX_PARTS


def test_changes_are_told_one_by_one_in_the_order_of_the_run(folding: Folding) -> None:
    parts = part(0, 1, "子"), part(1, 3, "丑", "寅"), part(2, 4, "卯")
    changes = Expander(folding, (Given(parts),)).expand("甲乙 丙丁").changes()
    assert [(change.part, change.span, change.text) for change in changes] == [
        ("甲", (0, 1), "子"),
        ("乙 丙", (1, 3), "丑"),
        ("乙 丙", (1, 3), "寅"),
    ]


def test_of_one_part_the_first_source_speaks(folding: Folding) -> None:
    sources = Given((part(0, 1, "子"),)), Given((part(0, 1, "丑"),))
    assert [change.text for change in Expander(folding, sources).expand("甲").changes()] == ["子"]


_PARTS = st.lists(
    st.tuples(
        st.integers(0, 7),
        st.integers(1, 4),
        st.lists(st.sampled_from("子丑寅卯辰巳"), min_size=1, unique=True),
    ),
    max_size=4,
)


def test_every_alternative_is_a_choice_of_readings_and_the_fewest_ranks_come_first(folding: Folding) -> None:
    @given(_PARTS)
    def law(drawn: list[tuple[int, int, list[str]]]) -> None:
        run = "甲乙丙丁戊己庚辛"
        parts = [part(start, min(start + length, 8), *others) for start, length, others in drawn]
        alternatives = Expander(folding, (Given(tuple(parts)),)).expand(run).alternatives()
        assert bool(alternatives) == bool(parts)
        ranks = []
        for alternative in alternatives:
            spans = [change.span for change in alternative.changes]
            assert all(one[0] + one[1] <= other[0] for one, other in pairwise(spans))
            ranks.append(
                max(
                    min(
                        [reading.text for reading in found.readings].index(change.text)
                        for found in parts
                        if (found.start, found.end - found.start) == change.span
                        and change.text in [reading.text for reading in found.readings]
                    )
                    for change in alternative.changes
                )
            )
        assert ranks[:1] in ([], [0])

    law()


def test_all_choices_are_there_where_they_are_few(folding: Folding) -> None:
    one, other = part(0, 1, "子", "丑"), part(2, 3, "寅", "卯")
    expected = {f"{a}乙{b}" for a, b in product("甲子丑", "丙寅卯")} - {"甲乙丙"}
    assert set(texts(folding, "甲乙丙", one, other)) == expected
