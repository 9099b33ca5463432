"""Phrases are found from left to right, the longest first, and never inside a longer Latin word."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.topics.matcher import SHORTEST, PhraseMatcher

CASES = {
    "every-time-it-stands": (["创新", "科技"], "科技创新与创新", ["科技", "创新", "创新"]),
    "longest-at-a-place": (["科技", "科技创新", "创新"], "科技创新", ["科技创新"]),
    "shorter-where-the-longer-breaks-off": (["科技", "科技创新"], "科技创造", ["科技"]),
    "shorter-at-the-end-of-the-text": (["科技", "科技创新"], "论科技", ["科技"]),
    "the-first-takes-the-place": (["北京大", "大学生"], "北京大学生", ["北京大"]),
    "nothing": (["科技"], "教育", []),
    "empty-text": (["科技"], "", []),
    "latin-alone": (["5g"], "5g与5g", ["5g", "5g"]),
    "latin-inside-a-number": (["5g"], "15g", []),
    "latin-inside-a-word": (["ai", "mail"], "aim说ai", ["ai"]),
    "latin-before-han": (["a股"], "看a股，cba股", ["a股"]),
    "longer-refused-shorter-found": (["互联网", "互联网app"], "互联网apple", ["互联网"]),
}


@pytest.mark.parametrize(("phrases", "text", "found"), CASES.values(), ids=CASES.keys())
def test_finds(phrases: list[str], text: str, found: list[str]) -> None:
    assert list(PhraseMatcher(phrases).find(text)) == found


def slowly(phrases: list[str], text: str) -> list[str]:
    """The same law, tried at each place with each phrase; for Han only."""
    found = []
    at = 0
    while at < len(text):
        here = [phrase for phrase in phrases if text.startswith(phrase, at)]
        best = max(here, key=len, default="")
        found += [best] if best else []
        at += len(best) or 1
    return found


@given(
    st.lists(st.text(alphabet="甲乙丙", min_size=SHORTEST, max_size=5), min_size=1, max_size=8),
    st.text(alphabet="甲乙丙丁", max_size=60),
)
def test_finds_what_a_plain_search_finds(phrases: list[str], text: str) -> None:
    assert list(PhraseMatcher(phrases).find(text)) == slowly(phrases, text)


def test_time_is_linear_where_phrases_share_their_beginnings() -> None:
    matcher = PhraseMatcher(["甲" * length + "乙" for length in range(1, 40)])

    def seconds(length: int) -> float:
        started = time.process_time()
        assert not list(matcher.find("甲" * length))
        return time.process_time() - started

    seconds(10_000)
    assert seconds(200_000) < 40 * max(seconds(20_000), 0.005)
