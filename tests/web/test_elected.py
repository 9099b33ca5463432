"""Work that one of several processes does for all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.indexer import never
from web.serving.elected import Elected


def worker(lock: Path, done: list[str], name: str) -> Elected:
    def tend(_should_stop: Callable[[], bool]) -> None:
        done.append(name)

    return Elected(lock, tend)


@pytest.mark.parametrize("locks", [("lock", "lock"), ("lock", "other")], ids=["one lock", "control: two"])
def test_the_first_one_does_it_until_it_ends(tmp_path: Path, locks: tuple[str, str]) -> None:
    done: list[str] = []
    one, other = (worker(tmp_path / lock, done, name) for lock, name in zip(locks, "ab", strict=True))
    for elected in (one, other, one, other):
        elected.tend(never)
    if locks[0] != locks[1]:
        assert done == ["a", "b", "a", "b"]
        return
    assert done == ["a", "a"]
    one.close()
    other.tend(never)
    one.tend(never)
    assert done == ["a", "a", "b"]


def test_a_failure_does_not_end_the_election(tmp_path: Path) -> None:
    def fail(_should_stop: Callable[[], bool]) -> None:
        raise OSError("broken")

    done: list[str] = []
    failing = Elected(tmp_path / "lock", fail)
    for _ in range(2):
        with pytest.raises(OSError, match="broken"):
            failing.tend(never)
        worker(tmp_path / "lock", done, "b").tend(never)
    assert not done
