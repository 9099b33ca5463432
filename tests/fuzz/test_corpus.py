"""Every input that a fuzzer kept or found keeps the laws, and the laws can be broken."""

from pathlib import Path

import numpy as np
import pytest

from index.readers.documents import html
from index.readers.documents.elements import SKIPPED
from index.whoosh.codec import packed_lists
from index.whoosh.codec.array_file import ArrayFile
from search.language import lexer
from tests.fuzz.corpus import CORPUS, FINDINGS, read_inputs, shortest, write_inputs
from tests.fuzz.targets import TARGETS


def inputs(name: str) -> tuple[bytes, ...]:
    """All that is replayed of a target."""
    return (*TARGETS[name].seeds, *read_inputs(CORPUS, name), *read_inputs(FINDINGS, name))


def is_broken(name: str) -> bool:
    """Whether an input of a target breaks a law of it."""
    for data in inputs(name):
        try:
            TARGETS[name].check(data)
        except Exception:
            return True
    return False


@pytest.mark.parametrize("name", TARGETS)
def test_every_input_keeps_the_laws(name: str) -> None:
    for data in inputs(name):
        TARGETS[name].check(data)


@pytest.mark.parametrize("name", TARGETS)
def test_there_is_a_corpus_of_inputs_that_fit(name: str) -> None:
    kept = read_inputs(CORPUS, name)
    assert kept
    assert all(len(data) <= TARGETS[name].longest for data in kept)


def test_no_input_is_of_no_target() -> None:
    files = {path.stem for folder in (CORPUS, FINDINGS) if folder.exists() for path in folder.iterdir()}
    assert files <= TARGETS.keys()


class TestControl:
    def test_a_lexer_that_looks_through_no_stray_is_found(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(lexer, "_repaired", lambda q, _strays, _reading: q)
        assert is_broken("query_parser")

    def test_a_reader_that_skips_paragraphs_is_found(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(html, "SKIPPED", SKIPPED | {"p"})
        assert is_broken("page_reader")

    def test_a_repair_of_one_round_is_found(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("index.text.repair.MAX_ROUNDS", 1)
        assert is_broken("text_repair")

    def test_a_segment_that_is_not_verified_is_found(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ArrayFile, "verify", lambda _self: None)
        assert is_broken("segment_file")

    def test_numbers_that_are_found_in_a_wrong_place_are_found(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(packed_lists, "_places_among", lambda _numbers, wanted: np.zeros(len(wanted)))
        assert is_broken("packed_lists")


def test_inputs_come_back_as_they_were_kept(tmp_path: Path) -> None:
    every = [b"", b"\n", b"\\n", b"\r\n\x0b\x1c\x85", bytes(range(256)), "\u2028科".encode(), b"a", b"a"]
    write_inputs(tmp_path, "any", every)
    assert sorted(read_inputs(tmp_path, "any")) == sorted(set(every))
    assert read_inputs(tmp_path, "none") == ()


def test_the_shortest_are_kept() -> None:
    assert shortest([b"abc", b"a", b"ab"], most_bytes=3) == [b"a", b"ab"]
