"""A vocabulary that another machine has made is mapped once, and one that is of no use takes no place."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from index.text.folding import Folding
from search.suggestions.fetched import SHARED_NAME, FetchedVocabulary, content_version
from search.suggestions.suggestion import SuggestionKind
from search.suggestions.syllables import Syllables, load_syllables
from search.suggestions.vocabulary import Term, Vocabulary
from search.suggestions.vocabulary_file import VocabularyFile


@dataclass(frozen=True, slots=True)
class File:
    version: str
    data: bytes


@dataclass(slots=True)
class Shared:
    """Files in memory; counts how often one was fetched as a whole."""

    file: File | None = None
    fetched: int = 0
    asked: set[str] = field(default_factory=set)

    def put(self, data: bytes) -> None:
        self.file = File(content_version(data), data)

    def version(self, name: str) -> str | None:
        self.asked.add(name)
        return None if self.file is None else self.file.version

    def get(self, name: str) -> File | None:
        self.asked.add(name)
        self.fetched += 1
        return self.file


@pytest.fixture(scope="module")
def syllables() -> Syllables:
    return load_syllables()


@pytest.fixture
def made(tmp_path: Path, folding: Folding, syllables: Syllables) -> bytes:
    """The file of a vocabulary of one word."""
    file = VocabularyFile(tmp_path / "made.bin")
    terms = (Term(SuggestionKind.WORD, "科技创新", "科技创新", 3),)
    file.write(Vocabulary.of("2.1 7", terms, folding, syllables))
    return file.path.read_bytes()


def test_it_is_fetched_once_and_stays_when_its_file_is_gone(made: bytes, syllables: Syllables) -> None:
    shared = Shared()
    fetched = FetchedVocabulary(shared, syllables)
    fetched.follow()
    assert fetched.current() is None
    shared.put(made)
    fetched.follow()
    vocabulary = fetched.current()
    assert vocabulary is not None
    assert (vocabulary.state, list(vocabulary.words.typed)) == ("2.1 7", ["科技创新"])
    fetched.follow()
    assert fetched.current() is vocabulary
    assert (shared.fetched, shared.asked) == (1, {SHARED_NAME})


def test_one_that_is_of_no_use_is_told_once_and_the_one_before_stays(
    made: bytes, syllables: Syllables, caplog: pytest.LogCaptureFixture
) -> None:
    shared = Shared()
    fetched = FetchedVocabulary(shared, syllables)
    shared.put(made)
    fetched.follow()
    vocabulary = fetched.current()
    shared.put(made[:-1])
    for _ in range(3):
        fetched.follow()
    assert fetched.current() is vocabulary
    assert shared.fetched == 2
    assert caplog.text.count("suggestions stay those of before") == 1


def test_what_is_removed_meanwhile_is_asked_for_again(made: bytes, syllables: Syllables) -> None:
    class Vanishing(Shared):
        def get(self, name: str) -> File | None:
            super().get(name)
            return self.file if self.fetched > 1 else None

    shared = Vanishing()
    shared.put(made)
    fetched = FetchedVocabulary(shared, syllables)
    fetched.follow()
    assert fetched.current() is None
    fetched.follow()
    assert fetched.current() is not None
