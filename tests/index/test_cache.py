"""The cache that is bounded by bytes."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from index.cache import ENTRY_BYTES, ByteBoundedCache

ENTRY = ENTRY_BYTES + 2
"""What a key of one letter takes, whose value are two."""


class Maker:
    """Makes values, and remembers for which keys."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def value(self, key: str) -> str:
        self.made.append(key)
        return key * 2


def cache(max_bytes: int) -> ByteBoundedCache[str]:
    return ByteBoundedCache(max_bytes, len)


def use(among: ByteBoundedCache[str], keys: str) -> list[str]:
    """The keys whose values had to be made."""
    maker = Maker()
    for key in keys:
        assert among.get(key, partial(maker.value, key)) == key * 2
    return maker.made


@pytest.mark.parametrize(
    ("keys", "made"),
    [
        pytest.param("aaa", "a", id="made once"),
        pytest.param("abcabc", "abc", id="all fit"),
        pytest.param("abcda", "abcda", id="the oldest goes"),
        pytest.param("abcad", "abcd", id="a used one is young again"),
        pytest.param("abcadb", "abcdb", id="the least recently used goes"),
    ],
)
def test_the_most_recently_used_are_kept(keys: str, made: str) -> None:
    assert use(cache(3 * ENTRY), keys) == list(made)


def test_a_value_larger_than_the_cache_is_given_and_throws_out_nothing() -> None:
    among = cache(3 * ENTRY)
    use(among, "abc")
    large = "x" * (3 * ENTRY)
    made = [among.get("large", lambda: large) for _ in range(2)]
    assert made == [large, large]
    assert use(among, "abc") == []
    assert "large" not in among._entries


def test_values_without_a_size_are_bounded_too() -> None:
    among: ByteBoundedCache[str] = ByteBoundedCache(10 * ENTRY_BYTES, len)
    for number in range(50):
        among.get(number, str)
    assert list(among._entries) == list(range(40, 50))


def test_sizes_are_counted_while_others_may_use_the_cache() -> None:
    unlocked: list[bool] = []

    def size(value: str) -> int:
        unlocked.append(not among._lock.locked())
        return len(value)

    among = ByteBoundedCache[str](2 * ENTRY, size)
    use(among, "abc")
    assert unlocked == [True] * 3


def test_a_failure_to_make_a_value_is_not_kept() -> None:
    among = cache(3 * ENTRY)

    def fail() -> str:
        raise ValueError("not now")

    with pytest.raises(ValueError, match="not now"):
        among.get("a", fail)
    assert use(among, "a") == ["a"]


def test_threads_get_their_values_and_the_bound_holds() -> None:
    among = cache(10 * ENTRY)
    keys = "abcdefghijklmnopqrstuvwxyz" * 20
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: use(among, keys), range(8)))
    assert among._bytes == len(among._entries) * ENTRY == 10 * ENTRY
