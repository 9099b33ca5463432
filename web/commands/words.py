"""`reload-dictionary`: an operator's words into the dictionary."""

from dataclasses import dataclass
from pathlib import Path

from index.analysis.setup import load_analyzer
from index.analysis.user_words import read_user_words
from index.data_folder import DataFolder
from index.durable import write_atomic
from index.text.folding import Folding
from web.commands.ingest import index_stored
from web.opening import words_of


@dataclass(frozen=True, slots=True)
class WordsReport:
    """How the words differ from those before, and the generation that was made with them (None: not yet)."""

    words: int
    added: int
    removed: int
    generation: str | None


def reload_dictionary(folder: DataFolder, file: Path) -> WordsReport:
    """Make the words of a file the operator's words, and index all articles with them.

    A server that runs on the folder takes them up by itself. Raises UserWordsInvalid, with nothing changed.
    """
    data = file.read_bytes()
    words = read_user_words(data, str(file))
    analyzer = load_analyzer(Folding.load(), words)
    new, old = set(words.words), set(words_of(folder).words)
    folder.create()
    if new != old:
        write_atomic(folder.words, data)
    generation = index_stored(folder, analyzer)
    return WordsReport(len(new), len(new - old), len(old - new), generation)
