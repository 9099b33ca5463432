"""What a process keeps of making vocabularies again and again: a program for `test_remaking.py`.

    python -m tests.search.suggestions.remaking own|shared FOLDER

prints its own memory in KiB, that of files left out, after each of several vocabularies.
`write PLACE` writes one there.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from index.text.folding import Folding
from search.engine import Snapshot
from search.suggestions.followed import VocabularySource
from search.suggestions.making import VocabularyMaker
from search.suggestions.shared import SharedVocabulary
from search.suggestions.suggestion import SuggestionKind
from search.suggestions.syllables import load_syllables
from search.suggestions.vocabulary import Term, Vocabulary
from search.suggestions.vocabulary_file import VocabularyFile

TITLES = 15_000
REMAKES = 3
SEED = 7


class Titles:
    """Titles of random characters: as many pairs and triples as real ones have, and more."""

    def terms(self, _snapshot: Snapshot | None = None) -> Iterator[Term]:
        random = Random(SEED)
        for _ in range(TITLES):
            text = "".join(chr(random.randint(0x4E00, 0x5500)) for _ in range(20))
            yield Term(SuggestionKind.TITLE, text, text, 1)


class Others:
    """Has another process write one."""

    def make(self, places: Sequence[Path], _is_closed: Callable[[], bool]) -> Path:
        subprocess.run([sys.executable, "-m", __spec__.name, "write", str(places[0])], check=True)
        return places[0]


class Unread:
    """A state of the index that nobody looks into."""

    generation = "1.1"
    sequence = 1
    committed = None


def memory() -> int:
    """What this process has of memory that is no file's."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    (found,) = (int(line.split()[1]) for line in lines if line.startswith("RssAnon:"))
    return found


def source_of(way: str, folder: Path) -> VocabularySource:
    if way == "own":
        return VocabularyMaker(Titles(), Folding.load(), load_syllables)
    return SharedVocabulary(
        VocabularyFile(folder / "suggestions" / "vocabulary.bin"), Others(), load_syllables
    )


def use(vocabulary: Vocabulary | None) -> None:
    assert vocabulary is not None
    titles = vocabulary.completions[SuggestionKind.TITLE]
    for text in list(titles.typed)[:200]:
        assert list(titles.find(text, vocabulary.syllables.read(text), 3))
        vocabulary.titles.near(text[1:])
        vocabulary.pairs.weigh(text)


def main(way: str, place: Path) -> None:
    if way == "write":
        made = Vocabulary.of("1.1", Titles().terms(), Folding.load(), load_syllables())
        VocabularyFile(place).write(made)
        return
    source, snapshot = source_of(way, place), Unread()
    kept = None
    for _ in range(1 + REMAKES):
        kept = source.make(snapshot)  # type: ignore[arg-type]
        use(kept)
        sys.stdout.write(f"{memory()}\n")
    source.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
