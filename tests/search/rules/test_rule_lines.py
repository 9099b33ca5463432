"""Lines of rules: forms, arrows, escapes, and what is wrong with a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.rules.rule_lines import NAMED_FAULTS, Faults, RuleLine, rule_lines


def read(text: str) -> tuple[RuleLine, ...]:
    faults = Faults("rules.txt")
    lines = tuple(rule_lines(text.encode(), faults))
    assert not faults, str(faults)
    return lines


@pytest.mark.parametrize(
    ("line", "left", "right"),
    [
        pytest.param("a, b,c", ("a", "b", "c"), None, id="forms"),
        pytest.param(
            "  发改委 ,\t发展和改革委员会  ", ("发改委", "发展和改革委员会"), None, id="white space"
        ),
        pytest.param("a b, c", ("a b", "c"), None, id="white space inside"),
        pytest.param("a", ("a",), None, id="one form"),
        pytest.param("a => b", ("a",), ("b",), id="arrow"),
        pytest.param("a,b=>c , d", ("a", "b"), ("c", "d"), id="lists beside the arrow"),
        pytest.param(r"a\, b, c", ("a, b", "c"), None, id="comma in a form"),
        pytest.param(r"a \=> b", ("a => b",), None, id="arrow in a form"),
        pytest.param(r"a\\, b", ("a\\", "b"), None, id="backslash in a form"),
        pytest.param(r"a\，b", ("a，b",), None, id="full-width comma in a form"),
        pytest.param("a=b, c>d", ("a=b", "c>d"), None, id="halves of an arrow"),
        pytest.param("a # b", ("a # b",), None, id="a comment begins a line only"),
    ],
)
def test_a_line(line: str, left: tuple[str, ...], right: tuple[str, ...] | None) -> None:
    assert read(line) == (RuleLine(1, left, right),)


def test_comments_and_empty_lines_are_passed_over_and_counted() -> None:
    assert [line.number for line in read("\ufeff# head\n\na\n   # more\n \nb\r\n")] == [3, 6]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param("a,,b", "line 1: a form is empty; take out the comma", id="two commas"),
        pytest.param("a,", "a form is empty", id="comma at the end"),
        pytest.param("=> b", "a form is empty", id="nothing before the arrow"),
        pytest.param("a =>", "a form is empty", id="nothing behind it"),
        pytest.param("a => b => c", "there are two arrows; write one rule a line", id="two arrows"),
        pytest.param("a\\", "a backslash ends the line; write two", id="backslash at the end"),
        pytest.param("a，b", "， does not part forms; write ,, or \\， where", id="full-width comma"),
        pytest.param("a→b", "→ does not part forms; write =>", id="another arrow"),
        pytest.param("a＝＞b", "＝＞ does not part forms; write =>", id="full-width arrow"),
    ],
)
def test_what_is_wrong_is_said(data: str, reason: str) -> None:
    faults = Faults("rules.txt")
    assert list(rule_lines(data.encode(), faults)) == []
    assert str(faults).startswith("rules.txt: line 1: ")
    assert reason in str(faults)


def test_another_encoding_is_named_with_its_line() -> None:
    faults = Faults("rules.txt")
    assert list(rule_lines("a\n发展".encode("gb18030"), faults)) == []
    assert str(faults) == "rules.txt: line 2: this is not UTF-8; save the file as UTF-8"


def test_good_lines_are_read_beside_bad_ones_and_few_faults_are_named() -> None:
    faults = Faults("rules.txt")
    assert [line.left for line in rule_lines(("a\n" + ",\n" * (NAMED_FAULTS + 2)).encode(), faults)] == [
        ("a",)
    ]
    assert str(faults).count("line ") == NAMED_FAULTS
    assert str(faults).endswith("; and 2 more")


_FORMS = st.lists(
    st.text(st.sampled_from("ab发改,=>\\，→# ")).map(str.strip).filter(bool), min_size=1, max_size=4
)


@given(_FORMS, st.none() | _FORMS)
def test_what_is_escaped_is_read_as_it_was(left: list[str], right: list[str] | None) -> None:
    def written(forms: list[str]) -> str:
        return ",".join("".join("\\" + char for char in form) for form in forms)

    line = written(left) + ("" if right is None else "=>" + written(right))
    assert read(line) == (RuleLine(1, tuple(left), None if right is None else tuple(right)),)


@given(st.binary(max_size=40) | st.text(st.sampled_from("a发,=>\\，\n# \ufeff"), max_size=20).map(str.encode))
def test_any_file_is_read_or_faulted(data: bytes) -> None:
    faults = Faults("rules.txt")
    for line in rule_lines(data, faults):
        assert all(line.left)
        assert line.right is None or (line.right and all(line.right))
