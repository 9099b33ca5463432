"""P6: a flipped bit in the index never gives a wrong answer, and the index heals itself.

`python -m benchmarks.bit_flips` flips 500. Cut, swapped, stale and missing files: `test_index_damage.py`.
"""

from pathlib import Path
from random import Random

import pytest

from index.analysis.analyzer import Analyzer
from index.generation import Generation, Manifest
from index.whoosh.files import FileVerifier
from tests.reliability.flipped_index import (
    BAD,
    Ending,
    IndexFlips,
    flip,
    site_of_two_generations,
    some_bit,
)

FLIPS = 60


@pytest.fixture
def flips(tmp_path: Path, analyzer: Analyzer) -> IndexFlips:
    return IndexFlips.of(site_of_two_generations(tmp_path / "data", analyzer), tmp_path / "whole")


@pytest.mark.slow
def test_each_flip_in_any_file_is_noticed_before_an_answer_uses_it(flips: IndexFlips) -> None:
    tally = flips.run(FLIPS, Random(6))
    assert {kind for kind, _ in tally} == {"CURRENT", "manifest.json", "*.seg", "*.toc"}
    assert {ending for _, ending in tally} & BAD == set()
    assert tally["*.seg", Ending.HEALED] == tally["*.toc", Ending.HEALED] == FLIPS // 4


@pytest.mark.slow
def test_control_where_names_and_sizes_alone_are_verified_answers_are_wrong(
    flips: IndexFlips, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The segments alone: nobody knows what a damaged pickle in the TOC would do."""

    def compare_sizes(self: FileVerifier, generation: Generation, manifest: Manifest) -> None:
        assert all((generation.folder / file.name).stat().st_size == file.size for file in manifest.files)

    monkeypatch.setattr(FileVerifier, "verify", compare_sizes)
    random = Random(6)
    wrong = 0
    for _ in range(FLIPS):
        path = random.choice(flips.files()["*.seg"])
        bit = some_bit(path, random)
        flip(path, bit)
        try:
            wrong += not flips.answers_right()
        except Exception:  # noqa: S112 - whatever the codec makes of damaged bytes
            continue
        finally:
            flip(path, bit)
    assert wrong > 0
