"""A vocabulary as a file says what it said before it was written."""

import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.analyzer import Analyzer
from index.text.rules.readings import Readings
from search.suggestions import column_file
from search.suggestions.column_file import ALIGNMENT, ColumnFile, ColumnFileInvalid, open_columns, pack
from search.suggestions.suggestion import SuggestionKind
from search.suggestions.syllables import Syllables
from search.suggestions.vocabulary import Term
from search.suggestions.vocabulary_file import VocabularyFile
from tests.search.suggestions.vocabularies import TERMS, TYPED, answers, flip, made

TEXTS = st.text(alphabet="武汉协同创新重庆五心ab【】 𠮷", min_size=1, max_size=8)
DRAWN = st.builds(Term, st.sampled_from(SuggestionKind), TEXTS, TEXTS, st.integers(1, 2**24))


@pytest.fixture
def file(tmp_path: Path) -> VocabularyFile:
    file = VocabularyFile(tmp_path / "suggestions" / "vocabulary.bin")
    file.make_folder()
    return file


@settings(max_examples=20, deadline=None)
@given(terms=st.lists(DRAWN, max_size=12), typed=st.lists(TEXTS, max_size=4))
def test_the_mapped_vocabulary_says_what_the_made_one_says(
    terms: list[Term], typed: list[str], analyzer: Analyzer, syllables: Syllables
) -> None:
    vocabulary = made(analyzer.folding, syllables, terms)
    texts = [*typed, *(term.text for term in terms), "wuh", "wh"]
    with tempfile.TemporaryDirectory() as folder:
        file = VocabularyFile(Path(folder) / "v")
        content = ColumnFile(vocabulary.state, syllables.version, vocabulary.columns)
        file.path.write_bytes(pack(content))  # as `write` does, but for waiting until it is on the disk
        mapped = file.read(syllables)
    assert mapped.state == vocabulary.state
    # The file is gone, and what is mapped of it is not.
    assert answers(mapped, analyzer, texts) == answers(vocabulary, analyzer, texts)


def test_nothing_of_a_mapped_vocabulary_is_copied(
    file: VocabularyFile, analyzer: Analyzer, syllables: Syllables
) -> None:
    file.write(made(analyzer.folding, syllables))
    mapped = file.read(syllables)
    # One number is no array, and read as what it is.
    columns = [column for name, column in mapped.columns.items() if name != "pairs.usual"]
    assert {type(column.obj).__name__ for column in columns} == {"mmap"}
    assert all(column.readonly for column in columns)


def test_who_has_the_one_before_mapped_reads_on_in_that(
    file: VocabularyFile, analyzer: Analyzer, syllables: Syllables
) -> None:
    first = made(analyzer.folding, syllables)
    file.write(first)
    mapped = file.read(syllables)
    file.write(made(analyzer.folding, syllables, TERMS[:1], "1.2 8"))
    assert answers(mapped, analyzer) == answers(first, analyzer)
    assert file.read(syllables).state == "1.2 8"


def test_file_and_folder_are_the_owners_alone(
    file: VocabularyFile, analyzer: Analyzer, syllables: Syllables
) -> None:
    file.write(made(analyzer.folding, syllables))
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.path.parent.stat().st_mode) == 0o700


def test_what_a_killed_maker_left_is_removed(
    file: VocabularyFile, analyzer: Analyzer, syllables: Syllables
) -> None:
    file.write(made(analyzer.folding, syllables))
    file.path.with_name(".vocabulary.bin.x1y2.new").write_bytes(b"half")
    file.clean()
    assert [path.name for path in file.path.parent.iterdir()] == ["vocabulary.bin"]


def places(file: VocabularyFile) -> dict[str, int]:
    """A byte of each part of the file: of its beginning, of its header, and in the middle of each column."""
    data = file.path.read_bytes()
    length = int.from_bytes(data[12:16], "little")
    start = -(-(20 + length) // ALIGNMENT) * ALIGNMENT
    found = {"magic": 3, "version": 8, "length": 12, "sum": 16, "header": 25}
    for name, form, count, offset, _ in msgspec.json.decode(data[20 : 20 + length])["columns"]:
        if count:
            found[name] = start + offset + count * {"I": 4, "B": 1}[form] // 2
    return found


def test_one_wrong_bit_anywhere_is_noticed(
    file: VocabularyFile, analyzer: Analyzer, syllables: Syllables
) -> None:
    file.write(made(analyzer.folding, syllables))
    whole = file.path.read_bytes()
    for at in places(file).values():
        flip(file, at)
        with pytest.raises(ColumnFileInvalid):
            file.read(syllables)
        file.path.write_bytes(whole)
    file.read(syllables)


def test_control_without_the_sums_wrong_bits_become_wrong_answers(
    file: VocabularyFile, analyzer: Analyzer, syllables: Syllables, monkeypatch: pytest.MonkeyPatch
) -> None:
    vocabulary = made(analyzer.folding, syllables)
    file.write(vocabulary)
    flip(file, places(file)["words.counts"])
    monkeypatch.setattr(column_file, "verify", lambda *_: None)
    mapped = file.read(syllables)
    assert list(mapped.words.counts) != list(vocabulary.words.counts)
    assert list(mapped.words.texts) == list(vocabulary.words.texts)


def packed(**changes: str) -> Callable[[bytes], bytes]:
    """The file made with other sounds, or without a column."""

    def change(data: bytes) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "v"
            path.write_bytes(data)
            found = open_columns(path)
            columns = {name: column for name, column in found.columns.items() if name != changes.get("lost")}
            return pack(ColumnFile(found.state, changes.get("sounds", found.sounds), columns))

    return change


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param((lambda _: b""), "does not begin as", id="empty"),
        pytest.param((lambda _: b"PSEARCH\0" * 9), "does not begin as", id="another file"),
        pytest.param((lambda data: data[:8] + b"\0\0\0\0" + data[12:]), "of version 0, and", id="older"),
        pytest.param((lambda data: data[:-4000]), "shorter than its header says", id="cut short"),
        pytest.param(packed(sounds="others"), "other readings", id="other readings"),
        pytest.param(packed(lost="near_titles.by_end"), "no column 'by_end'", id="a column lost"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(
    file: VocabularyFile,
    analyzer: Analyzer,
    syllables: Syllables,
    change: Callable[[bytes], bytes],
    reason: str,
) -> None:
    file.write(made(analyzer.folding, syllables))
    file.path.write_bytes(change(file.path.read_bytes()))
    with pytest.raises(ColumnFileInvalid, match=reason) as refused:
        file.read(syllables)
    assert str(file.path) in str(refused.value)


def test_numbers_of_another_processor_are_refused(
    file: VocabularyFile, analyzer: Analyzer, syllables: Syllables, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("sys.byteorder", "big")
        file.path.write_bytes(
            pack(ColumnFile("1.1", syllables.version, made(analyzer.folding, syllables).columns))
        )
    with pytest.raises(ColumnFileInvalid, match="big-endian"):
        file.read(syllables)


def test_without_a_file_there_is_none(file: VocabularyFile, syllables: Syllables) -> None:
    with pytest.raises(FileNotFoundError):
        file.read(syllables)


def test_other_readings_have_another_version(syllables: Syllables) -> None:
    again = Syllables.load(Readings.load())
    assert again.version == syllables.version
    fewer = Syllables(again._spellings, {**again._sounds, "武": again._sounds["汉"]}, again._syllables)
    assert fewer.version != syllables.version


def test_answers_are_not_empty(analyzer: Analyzer, syllables: Syllables) -> None:
    """What the other tests compare says something."""
    found = answers(made(analyzer.folding, syllables), analyzer)
    assert len(found) == len(TYPED)
    assert all(any(part for part in each) for each in found if isinstance(each, tuple))
