import pickle
from dataclasses import replace

import pytest

from index.reposts.similarity import Outline, similarity
from index.reposts.sketch import BITS, KEPT, LEAST_SHARED, Sketch, Sketcher, least_shared
from index.text.folding import Folding
from tests.index.reposts.samples import DAY, article, text_of


@pytest.fixture
def sketcher(folding: Folding) -> Sketcher:
    return Sketcher(folding)


def test_a_sketch_keeps_the_smallest_shingles(sketcher: Sketcher) -> None:
    sample = article("a", text_of(1))
    sketch = sketcher.sketch(sample)
    assert sketch.size == len(sketcher.comparable(sample).shingles)
    assert len(sketch.hashes) == KEPT
    assert list(sketch.hashes) == sorted(set(sketch.hashes))
    assert sketch.hashes[-1] < 2**BITS / 4


def test_a_sketch_follows_from_the_texts_alone(sketcher: Sketcher) -> None:
    sample = article("a", text_of(1), title="通知")
    assert sketcher.sketch(
        replace(sample, id="b", tags=("协同",), url="https://example.org")
    ) == sketcher.sketch(sample)


@pytest.mark.parametrize("characters", [0, 4, 19])
def test_an_article_too_short_for_copies_has_no_hashes(sketcher: Sketcher, characters: int) -> None:
    sketch = sketcher.sketch(article("a", text_of(1, characters)))
    assert sketch == Sketch(sketcher.version, max(0, characters - 4), ())


def test_a_shortest_article_with_copies_has_as_many_hashes_as_shingles(sketcher: Sketcher) -> None:
    sketch = sketcher.sketch(article("a", text_of(1, 20)))
    assert sketch.size == len(sketch.hashes) == KEPT


def test_the_version_names_the_folding(sketcher: Sketcher) -> None:
    assert sketcher.version.startswith(sketcher.folding.version)


def test_a_sketch_and_its_maker_can_be_sent_to_another_process(sketcher: Sketcher) -> None:
    sketch = sketcher.sketch(article("a", text_of(1)))
    assert pickle.loads(pickle.dumps(sketch)) == sketch  # noqa: S301 - our own bytes
    sent: Sketcher = pickle.loads(pickle.dumps(sketcher))  # noqa: S301 - our own bytes
    assert sent.sketch(article("a", text_of(1))) == sketch


@pytest.mark.parametrize(
    ("size", "other_size", "least"),
    [(1_000, 1_000, 5), (200, 200, 8), (1_000, 500, LEAST_SHARED), (1_000, 300, None), (15, 15, None)],
    ids=["long", "short", "one half of the other", "one a third of the other", "too short"],
)
def test_the_more_two_copies_have_in_common_the_more_their_sketches_do(
    size: int, other_size: int, least: int | None
) -> None:
    assert least_shared(Outline(size, DAY), Outline(other_size, DAY)) == least
    assert least_shared(Outline(other_size, DAY), Outline(size, None)) == least


def test_nearly_all_copies_share_enough_of_their_sketches(sketcher: Sketcher) -> None:
    """Of 1,000 texts cut by half and 1,000 with a fifth of other text, at most 5 are lost by sketches."""
    lost = 0
    for number in range(1_000):
        text, other = text_of(number, 800), text_of(number + 1_000, 800)
        for copied in (text[:420], text[:690] + other[:150]):
            first, second = (sketcher.comparable(article("a", body)) for body in (text, copied))
            assert similarity(first, second) is not None
            common = set(sketcher.of(first).hashes) & set(sketcher.of(second).hashes)
            least = least_shared(first.outline, second.outline)
            lost += least is None or len(common) < least
    assert lost <= 5
