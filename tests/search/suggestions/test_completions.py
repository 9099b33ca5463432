"""Completions beside a plain search through all entries."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.suggestions.completions import Completions, Entry
from search.suggestions.suggestion import Matched
from search.suggestions.syllables import Syllables

ALL = 1_000


def entry(text: str, count: int = 1) -> Entry:
    return Entry(text, text, text, count)


def texts(completions: Completions, typed: str, syllables: Syllables, limit: int = ALL) -> list[str]:
    return [completions.texts[found.rank] for found in completions.find(typed, syllables.read(typed), limit)]


def is_spelled(typed: str, syllables: Sequence[str]) -> bool:
    """Whether letters are the beginnings of the first syllables, in whatever way they are cut."""
    if not typed:
        return True
    return bool(syllables) and any(
        typed.startswith(syllables[0][:end]) and is_spelled(typed[end:], syllables[1:])
        for end in range(1, len(syllables[0]) + 1)
    )


def goes_on(text: str, typed: str, syllables: Syllables) -> bool:
    """Whether a text goes on from characters, whole syllables with the start of another, or first letters."""
    for key in syllables.keys(text):
        spelled = [syllables.spelling(sound) for sound in key]
        whole = ["".join(spelled[:end]) for end in range(len(spelled))]
        if typed == "".join(one[0] for one in spelled)[: len(typed)] or any(
            typed.startswith(before) and typed != before and (before + syllable).startswith(typed)
            for before, syllable in zip(whole, spelled, strict=True)
        ):
            return True
    return text.startswith(typed)


def goes_on_cut_short(text: str, typed: str, syllables: Syllables) -> bool:
    return any(
        is_spelled(typed, [syllables.spelling(sound) for sound in key]) for key in syllables.keys(text)
    )


ENTRIES = st.dictionaries(
    st.text(alphabet="浙江折将重庆西安先", min_size=1, max_size=4), st.integers(1, 5), max_size=12
)
TYPED = st.one_of(
    st.text(alphabet="浙江重西", min_size=1, max_size=3),
    st.sampled_from(
        ["z", "zh", "zhe", "zhej", "zhejiang", "zj", "xian", "xi", "chongq", "zq", "zhq", "zheq", "xa", "cq"]
    ),
)


@given(ENTRIES, TYPED)
def test_what_is_found_is_what_goes_on_from_the_typed(
    syllables: Syllables, counts: dict[str, int], typed: str
) -> None:
    completions = Completions.of([entry(text, count) for text, count in counts.items()], syllables)
    found = texts(completions, typed, syllables)
    assert len(found) == len(set(found))
    expected = {text for text in counts if goes_on(text, typed, syllables)}
    cut_short = {text for text in counts if goes_on_cut_short(text, typed, syllables)}
    assert expected <= set(found) <= expected | cut_short
    assert set(found) == expected | cut_short or expected


@given(ENTRIES, TYPED, st.integers(1, 4))
def test_few_are_the_commonest(syllables: Syllables, counts: dict[str, int], typed: str, limit: int) -> None:
    completions = Completions.of([entry(text, count) for text, count in counts.items()], syllables)
    every = list(completions.find(typed, syllables.read(typed), ALL))
    few = {found.rank for found in completions.find(typed, syllables.read(typed), limit)}
    for matched in Matched:
        ranks = sorted(found.rank for found in every if found.matched is matched)
        assert few.issuperset(ranks[:limit])


def test_ranks_are_by_count_then_by_length() -> None:
    syllables = Syllables((), {}, frozenset())
    completions = Completions.of([entry("甲乙", 1), entry("甲", 1), entry("乙", 3)], syllables)
    assert list(completions.texts) == ["乙", "甲", "甲乙"]
    assert list(completions.counts) == [3, 1, 1]


@pytest.mark.parametrize(
    ("text", "typed", "matched", "span"),
    [
        ("浙江省", "浙江", Matched.CHARACTERS, (0, 2)),
        ("浙江省", "zhej", Matched.PINYIN, (0, 2)),
        ("浙江省", "zhejiangsheng", Matched.PINYIN, (0, 3)),
        ("浙江省", "zj", Matched.INITIALS, (0, 2)),
        ("浙江省", "z", Matched.INITIALS, (0, 1)),
        ("浙江省", "zjiang", Matched.INITIALS, (0, 2)),
        ("浙江省", "浙j", Matched.INITIALS, (0, 2)),
        ("[视频]浙江新闻", "浙江", Matched.CHARACTERS, (4, 2)),
        ("[视频]浙江新闻", "zhejiang", Matched.PINYIN, (4, 2)),
        ("《浙江》新闻", "zhejiangxin", Matched.PINYIN, (1, 4)),
        ("重庆市", "chongqing", Matched.PINYIN, (0, 2)),
        ("2024年", "2024n", Matched.INITIALS, (0, 5)),
    ],
)
def test_how_a_text_matches_and_what_of_it(
    syllables: Syllables, text: str, typed: str, matched: Matched, span: tuple[int, int]
) -> None:
    completions = Completions.of([entry(text), entry("无关")], syllables)
    (found,) = completions.find(typed, syllables.read(typed), ALL)
    assert (found.matched, (found.start, found.length)) == (matched, span)


@pytest.mark.parametrize(
    ("typed", "found"), [("zhejiang", ["浙江"]), ("zhe", []), ("zhejiangsheng", ["浙江省"])]
)
def test_whole_sounds(syllables: Syllables, typed: str, found: Sequence[str]) -> None:
    completions = Completions.of([entry("浙江", 2), entry("浙江省"), entry("江")], syllables)
    sounds = syllables.whole(typed)[0]
    assert [completions.texts[rank] for rank in completions.sounding(sounds, ALL)] == list(found)


def test_only_marks_are_typed_as_they_are(syllables: Syllables) -> None:
    completions = Completions.of([entry("……")], syllables)
    assert texts(completions, "…", syllables) == ["……"]
