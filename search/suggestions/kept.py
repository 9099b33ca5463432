"""A vocabulary for those who can wait: from the file of the data folder where that is new enough."""

import logging

from index.errors import WriterBusy
from index.writer_lock import LockUnusable, WriterLock
from search.engine import Snapshot
from search.suggestions.column_file import ColumnFileInvalid
from search.suggestions.making import VocabularyMaker
from search.suggestions.syllables import Syllables
from search.suggestions.vocabulary import Vocabulary, state_of
from search.suggestions.vocabulary_file import VocabularyFile

_log = logging.getLogger(__name__)


def vocabulary_now(
    snapshot: Snapshot, maker: VocabularyMaker, file: VocabularyFile, syllables: Syllables
) -> Vocabulary:
    """That of this state: the one in the file, or one that is made now and kept there, if no other process
    does that and the folder takes it. Raises what reading index and articles raises."""
    try:
        found = file.read(syllables)
    except FileNotFoundError:
        pass
    except (ColumnFileInvalid, OSError) as error:
        _log.warning("suggestions are not read: %s", error)
    else:
        if found.state == state_of(snapshot):
            return found
    made = maker.make(snapshot)
    try:
        file.make_folder()
        with WriterLock(file.lock, wait=0.0):
            file.clean()
            file.write(made)
    except (WriterBusy, LockUnusable, OSError) as error:
        _log.info("suggestions are made for this once: %s", error)
    return made
