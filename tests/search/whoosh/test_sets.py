"""Operations on sets of documents beside Python's own sets, listed and masked, few and many."""

from collections import Counter
from random import Random

import numpy as np
import pytest

from search.whoosh.sets import DocumentSet, at_least, complement, difference, intersection

SIZE = 10_000


def made(numbers: set[int], random: Random) -> DocumentSet:
    listed = DocumentSet.listed(np.array(sorted(numbers), dtype=np.intp), SIZE)
    return listed if random.random() < 0.5 else DocumentSet.masked(listed.mask)


@pytest.mark.parametrize("most", [0, 12, 60, 5000])
@pytest.mark.parametrize("seed", range(6))
def test_sets_are_those_of_python(most: int, seed: int) -> None:
    random = Random(seed)
    plain = [
        set(random.sample(range(SIZE if most > 100 else 40), random.randint(0, min(most, 40))))
        for _ in range(4)
    ]
    plain[0] |= set(random.sample(range(SIZE), most))
    listed = [DocumentSet.listed(np.array(sorted(one), dtype=np.intp), SIZE) for one in plain]
    for sets in (listed, [made(one, random) for one in plain]):
        counted = Counter(number for one in plain for number in one)
        for count in (1, 2, 3, 5):
            expected = sorted(number for number, times in counted.items() if times >= count)
            assert at_least(count, sets, SIZE).documents.tolist() == expected
        first, second = plain[0], plain[1]
        assert intersection(sets[0], sets[1]).documents.tolist() == sorted(first & second)
        assert difference(sets[0], sets[1]).documents.tolist() == sorted(first - second)
        assert complement(sets[0]).documents.tolist() == sorted(set(range(SIZE)) - first)
        assert len(sets[0]) == len(first)
