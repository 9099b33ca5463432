"""`reload-dictionary`: an operator's words into the dictionary."""

from dataclasses import dataclass, replace
from pathlib import Path

from index.analysis.setup import load_analyzer
from index.analysis.user_words import read_user_words
from index.data_folder import DataFolder
from index.durable import write_atomic
from index.engine_settings import IN_FOLDER, EngineSettings
from index.text.folding import Folding
from web.commands.indexing import catch_up
from web.serving.opening import open_search, words_of


@dataclass(frozen=True, slots=True)
class WordsReport:
    """How the words differ from those before, and the generation that was made with them (None: not yet).

    `reanalysed` counts the articles that hold a word that has changed, which were indexed anew; None: all
    articles were, or none, or another process does it.
    """

    words: int
    added: int
    removed: int
    generation: str | None
    reanalysed: int | None


def reload_dictionary(folder: DataFolder, file: Path, *, engine: EngineSettings = IN_FOLDER) -> WordsReport:
    """Make the words of a file the operator's words, and index the articles that hold one that has changed.

    A server that runs on the folder takes them up by itself. Raises UserWordsInvalid, with nothing changed.
    """
    data = file.read_bytes()
    words = read_user_words(data, str(file))
    analyzer = load_analyzer(Folding.load(), words)
    new, old = set(words.words), set(words_of(folder).words)
    folder.create()
    if new != old:
        write_atomic(folder.words, data)
    report = WordsReport(len(new), len(new - old), len(old - new), generation=None, reanalysed=None)
    if not folder.articles.exists():
        return report
    with open_search(folder, analyzer, engine=engine) as opened:
        indexed = catch_up(opened.upkeep, opened.service.readiness().lag)
        readiness = opened.service.readiness()
    return replace(
        report,
        generation=readiness.generation if readiness.lag == 0 else None,
        reanalysed=None if indexed is None else indexed.reanalysed,
    )
