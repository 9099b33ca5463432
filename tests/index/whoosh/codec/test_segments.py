"""Segments hold what documents hold; merging them is writing their live documents."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import pytest

from index.article import Part
from index.documents import DATE_FIELDS, KEYWORD_FIELDS, IndexDocument
from index.whoosh.codec import characters, list_merger, term_dictionary
from index.whoosh.codec.characters import GAP
from index.whoosh.codec.columns import NO_CLUSTER, NO_DATE
from index.whoosh.codec.errors import SegmentDamaged
from index.whoosh.codec.packed_lists import Members
from index.whoosh.codec.positions import UNIT
from index.whoosh.codec.segment_merger import Source, merge_segments
from index.whoosh.codec.segment_reader import SegmentReader, open_segment
from index.whoosh.codec.segment_writer import write_segment
from tests.index.whoosh.codec.documents import LETTERS, WORDS, documents

SEEDS = range(4)


def written(path: Path, chosen: Sequence[IndexDocument]) -> SegmentReader:
    write_segment(path, chosen)
    reader = open_segment(path)
    reader.verify()
    return reader


def check(reader: SegmentReader, chosen: Sequence[IndexDocument]) -> None:
    """Everything that a segment can be asked, against loops over the documents."""
    numbered = list(enumerate(chosen))
    assert reader.count == len(chosen)
    assert reader.lengths.tolist() == [document.length for document in chosen]
    expected = [NO_CLUSTER if document.cluster is None else document.cluster for document in chosen]
    assert reader.clusters.tolist() == expected
    for field in DATE_FIELDS:
        assert reader.dates(field).tolist() == [document.dates.get(field, NO_DATE) for document in chosen]
    ids = sorted(document.id for document in chosen)
    for number, document in numbered:
        assert reader.id_of(number) == document.id
        assert reader.document_of(document.id) == number
        assert ids[reader.id_ranks[number]] == document.id
    assert reader.ids_of(reader.by_id.tolist()) == ids
    assert reader.document_of("none") == -1
    for word in (*WORDS, "none"):
        ordinal = reader.word(word)
        having = [(number, document.words[word]) for number, document in numbered if word in document.words]
        assert (ordinal == -1) == (not having)
        if having:
            frequencies = reader.word_frequencies(ordinal).tolist()
            assert list(zip(listed(reader.word_documents(ordinal)), frequencies, strict=True)) == having
            assert reader.word_count(ordinal) == len(having)
            everywhere = reader.word_frequencies_in(ordinal, np.arange(reader.count))
            assert everywhere.tolist() == [document.words.get(word, 0) for document in chosen]
    for prefix in ("", "协", "a", "zzz"):
        expected = [n for n, document in numbered if any(word.startswith(prefix) for word in document.words)]
        assert listed(reader.documents_with_words(*reader.words_with(prefix))) == expected
    for field in KEYWORD_FIELDS:
        values = reader.keyword_values(field)
        held = [values.value(ordinal) for ordinal in range(values.count)]
        assert held == sorted(set().union(*(document.keywords.get(field, ()) for document in chosen)))
        assert reader.without_keyword(field).tolist() == [not one.keywords.get(field) for one in chosen]
        for number, document in numbered:
            own = values.ordinals[values.starts[number] : values.starts[number + 1]]
            assert [held[ordinal] for ordinal in own] == sorted(document.keywords.get(field, ()))
        for value in ("甲", "a-1", "none"):
            expected = [n for n, document in numbered if value in document.keywords.get(field, ())]
            assert listed(reader.keyword(field, value)) == expected
    check_characters(reader, numbered)


def listed(found: Members) -> list[int]:
    numbers: list[int] = (found.nonzero()[0] if found.dtype == np.bool_ else found).tolist()
    return numbers


def check_characters(reader: SegmentReader, numbered: Sequence[tuple[int, IndexDocument]]) -> None:
    starts = [int(unit) * UNIT for unit in reader.first_units]
    text: dict[int, str] = {}
    for number, document in numbered:
        at = starts[number]
        for part, begin in zip(Part, reader.part_starts[number].tolist(), strict=False):
            assert begin == at - starts[number]
            held = document.characters.get(part, "") + GAP
            text.update(enumerate(held, at))
            at += len(held)
        assert at <= starts[number + 1] < at + UNIT
        assert (reader.unit_documents[starts[number] // UNIT : starts[number + 1] // UNIT] == number).all()
    for first in (*LETTERS, "无"):
        places = [at for at, character in text.items() if character == first]
        assert reader.character_positions(first).tolist() == places
        having = [
            n for n, document in numbered if any(first in part for part in document.characters.values())
        ]
        assert listed(reader.documents_with_character(first)) == having
        titled = [n for n, document in numbered if first in document.characters.get(Part.TITLE, "")]
        assert listed(reader.titles_with_character(first)) == titled
        for second in (*LETTERS[:5], GAP):
            pairs = [at for at in places if text.get(at + 1) == second]
            pair = reader.pair(first, second)
            assert (pair >= 0) == bool(pairs)
            if pairs:
                assert reader.pair_positions(pair).tolist() == pairs
                assert reader.pair_count(pair) == len(pairs)
                everywhere = np.arange(starts[-1], dtype=np.uint32)
                assert reader.pair_stands_at(pair, everywhere).nonzero()[0].tolist() == pairs


@pytest.fixture(params=["small", "large"], autouse=True)
def sizes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Segments as they come, and as if they were large: what is done otherwise for many is done for few."""
    if request.param == "large":
        monkeypatch.setattr(characters, "FEW", 0)
        monkeypatch.setattr(term_dictionary, "LANDMARK_EVERY", 2)


@pytest.mark.parametrize("count", [0, 1, 2, 30])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_segment_holds_its_documents(seed: int, count: int, tmp_path: Path) -> None:
    chosen = documents(Random(seed), count)
    check(written(tmp_path / "segment", chosen), chosen)


def test_a_segment_may_have_more_characters_than_16_bits_number(tmp_path: Path) -> None:
    every = [chr(code) for code in (*range(0x100, 0xD800), *range(0x10000, 0x16000))]
    Random(1).shuffle(every)
    chosen = [
        replace(document, characters={Part.BODY: "".join(every)}) for document in documents(Random(1), 1)
    ]
    reader = written(tmp_path / "segment", chosen)
    for first, second in list(pairwise(every))[:50]:
        assert reader.pair_positions(reader.pair(first, second)).tolist() == [every.index(first) + 2]
    merge_segments(tmp_path / "merged", [Source(reader, np.ones(1, dtype=bool))])
    assert (tmp_path / "merged").read_bytes() == (tmp_path / "segment").read_bytes()


def test_what_is_no_proper_text_is_found_nowhere(tmp_path: Path) -> None:
    reader = written(tmp_path / "segment", documents(Random(1), 5))
    assert reader.word("\ud800") == reader.document_of("\ud800") == -1
    assert not len(reader.keyword("source", "\ud800"))
    assert reader.words_with("\ud800")[0] == reader.words_with("\ud800")[1]


def test_a_segment_reads_on_when_its_file_is_gone(tmp_path: Path) -> None:
    chosen = documents(Random(1), 5)
    reader = written(tmp_path / "segment", chosen)
    (tmp_path / "segment").unlink()
    check(reader, chosen)


@pytest.mark.parametrize("live_share", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_merge_is_the_segment_of_the_live_documents(
    seed: int, live_share: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Byte for byte, whatever the size of the chunks in which lists are merged."""
    monkeypatch.setattr(list_merger, "CHUNK_NUMBERS", 1_000 if seed % 2 else 4_000_000)
    random = Random(seed)
    sources, left = [], []
    for number, count in enumerate((20, 1, 0, 12)):
        chosen = documents(random, count, prefix=f"{number}-")
        live = np.array([random.random() < live_share for _ in chosen], dtype=bool)
        sources.append(Source(written(tmp_path / f"source-{number}", chosen), live))
        left += [document for document, lives in zip(chosen, live, strict=True) if lives]
    merge_segments(tmp_path / "merged", sources)
    check(written(tmp_path / "anew", left), left)
    assert (tmp_path / "merged").read_bytes() == (tmp_path / "anew").read_bytes()


def test_a_merge_takes_no_damage_over(tmp_path: Path) -> None:
    reader = written(tmp_path / "segment", documents(Random(1), 5))
    data = bytearray((tmp_path / "segment").read_bytes())
    data[data.index(b"000001002")] ^= 1
    with (tmp_path / "segment").open("r+b") as file:
        file.write(data)
    with pytest.raises(SegmentDamaged):
        merge_segments(tmp_path / "merged", [Source(reader, np.ones(reader.count, dtype=bool))])
    assert not (tmp_path / "merged").exists()
