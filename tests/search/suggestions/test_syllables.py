from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.suggestions.syllables import LONGEST, MAX_WAYS, Syllables, splits


def spelled(syllables: Syllables, sounds: str) -> str:
    return " ".join(map(syllables.spelling, sounds))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("浙江", {"zhe jiang"}),
        ("5g网", {"5 g wang"}),
        ("《浙》，江", {"zhe jiang"}),
        ("绿", {"lv", "lu"}),
        ("，", {""}),
    ],
)
def test_the_sounds_of_a_text(syllables: Syllables, text: str, keys: set[str]) -> None:
    assert {spelled(syllables, key) for key in syllables.keys(text)} == keys


@pytest.mark.parametrize(
    ("text", "key"),
    [("重庆市", "chong qing shi"), ("银行", "yin hang"), ("厦门", "xia men"), ("西藏", "xi zang")],
)
def test_names_are_known_by_their_rarer_readings(syllables: Syllables, text: str, key: str) -> None:
    assert key in {spelled(syllables, one) for one in syllables.keys(text)}


@pytest.mark.parametrize(
    ("typed", "ways"),
    [
        ("zhejiang", {"zhe|jiang"}),
        ("zhej", {"zhe|j"}),
        ("xian", {"|xian", "xi|an"}),
        ("xi'an", {"|xian", "xi|an"}),
        ("z", {"|z"}),
        ("zj", set()),
        ("vvv", set()),
    ],
)
def test_letters_are_read_as_syllables(syllables: Syllables, typed: str, ways: set[str]) -> None:
    read = syllables.read(typed)
    assert read is not None
    assert ways <= {f"{spelled(syllables, way.sounds)}|{way.beginning}" for way in read.ways}
    assert bool(ways) == bool(read.ways)


@pytest.mark.parametrize(
    ("typed", "initials", "has_mixed"), [("zj", "zj", False), ("zjiang", "", True), ("u", "", False)]
)
def test_letters_are_read_as_the_first_of_syllables(
    syllables: Syllables, typed: str, *, initials: str, has_mixed: bool
) -> None:
    read = syllables.read(typed)
    assert read is not None
    assert (read.initials, bool(read.mixed)) == (initials, has_mixed)


@pytest.mark.parametrize("typed", ["浙江", "z浙", "2024", ""])
def test_what_does_not_end_in_letters_is_no_pinyin(syllables: Syllables, typed: str) -> None:
    assert syllables.read(typed) is None


def test_characters_before_letters_stay_as_they_are(syllables: Syllables) -> None:
    read = syllables.read("浙j")
    assert read is not None
    assert (read.head, [way.beginning for way in read.ways]) == ("浙", ["j"])


@pytest.mark.parametrize("typed", ["an" * 30 + "v", "an" * 32, "zhezhe" * 10, "a" * 64])
def test_letters_that_can_be_cut_in_very_many_ways_are_read_at_once(syllables: Syllables, typed: str) -> None:
    read = syllables.read(typed)
    assert read is not None
    assert len(read.ways) <= MAX_WAYS
    assert len(syllables.whole(typed)) <= MAX_WAYS


def every_cut(letters: str) -> Iterator[tuple[str, ...]]:
    if letters:
        yield (letters,)
    for end in range(1, len(letters)):
        for rest in every_cut(letters[end:]):
            yield (letters[:end], *rest)


PIECES = st.sets(st.text(alphabet="ab", min_size=1, max_size=LONGEST), max_size=6)


@given(st.text(alphabet="ab", max_size=7), PIECES, PIECES)
def test_splits_are_all_the_cuts_into_known_pieces(letters: str, inner: set[str], last: set[str]) -> None:
    expected = {cut for cut in every_cut(letters) if inner.issuperset(cut[:-1]) and cut[-1] in last}
    found = list(splits(letters, inner, last))
    assert len(found) == len(set(found))
    assert set(found) == expected


@given(st.text(alphabet="abeghnouxzj", min_size=1, max_size=3))
def test_a_beginning_bounds_the_sounds_that_begin_so(syllables: Syllables, letters: str) -> None:
    low, high = syllables.beginning(letters)
    spellings = {
        syllables.spelling(syllables.key(char)) for char in "安岸个哦你浙江西新按展中好恩" + "ghjnxz"
    }
    for spelling in spellings:
        sound = syllables.beginning(spelling)[0]
        assert (low <= sound < high) == spelling.startswith(letters)


@pytest.mark.parametrize(
    ("text", "other", "alike"),
    [
        ("五汉", "武汉", True),
        ("行", "航", True),
        ("武汉", "武警", False),
        ("汗", "个", False),
        ("武", "武汉", False),
        ("a", "a", True),
    ],
)
def test_sounding_alike(syllables: Syllables, text: str, other: str, *, alike: bool) -> None:
    assert syllables.sound_alike(text, other) is alike


def test_homophones_are_all_that_sound_alike(syllables: Syllables) -> None:
    found = syllables.homophones("五")
    assert {"五", "武", "物"} <= set(found)
    assert all(syllables.sound_alike("五", char) for char in found)
    assert syllables.homophones("，") == ""
