"""What machines without a data folder need beside the index: who brings it, and who reads it.

No engine is named here: whoever reads or brings it knows these Protocols, and `index.factory` what they are.
"""

from dataclasses import dataclass
from typing import Protocol

from index.analysis.analyzer import Analyzer
from index.analysis.user_words import UserWords
from index.article_reader import ServedArticles
from index.errors import Cause, PolicySearchError
from index.text.folding import Folding


class WordsMissing(PolicySearchError):
    """The words are not there that the index which is searched was made with."""

    kind = "words-missing"
    cause = Cause.UNAVAILABLE

    def __init__(self, version: str) -> None:
        super().__init__(
            f"the search cluster does not have the words of the analyzer {version}, which its index was made "
            "with; run `policy-search rebuild` on the machine that ingests"
        )


class StateDamaged(PolicySearchError):
    """What was written for machines without a data folder is not what is there."""

    kind = "state-damaged"
    cause = Cause.INTERNAL

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"the document {name} of the search cluster is damaged ({reason}); the machine that ingests "
            "writes it anew by itself, or with `policy-search rebuild`"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFiles:
    """The files of rules for queries, byte for byte; None for one that there is not."""

    synonyms: bytes | None = None
    pinned: bytes | None = None


@dataclass(frozen=True, slots=True)
class StateFile:
    """A file as a whole; `version` tells it from others of its name."""

    version: str
    data: bytes


class ServedState(Protocol):
    """What an operator has written: words, and rules for queries.

    Laws: what is put is read by the next call of any machine; words belong to the analyzer that has them, and
    rules count at once for whatever index. Every method raises StorageFailed where the place does not answer.
    """

    def put_words(self, analyzer: Analyzer) -> None:
        """Let the words of this analyzer be found."""
        ...

    def words(self, version: str) -> UserWords:
        """The words of the analyzer of this version. Raises WordsMissing and StateDamaged."""
        ...

    def put_rules(self, rules: RuleFiles) -> None:
        """Let these be the rules from now on."""
        ...

    def rules(self) -> RuleFiles:
        """The rules that count now; none where none were ever written. Raises StateDamaged."""
        ...


class ServedFiles(Protocol):
    """Files that one machine makes for all.

    Law: a file is read as it was put, or not at all, also while it is replaced. Every method raises
    StorageFailed where the place does not answer.
    """

    def put(self, name: str, file: StateFile) -> None:
        """Let this file have this name; another one with its version is taken to be the same."""
        ...

    def version(self, name: str) -> str | None:
        """The version of the file with this name; None where there is none. Raises StateDamaged."""
        ...

    def get(self, name: str) -> StateFile | None:
        """The file with this name; None where there is none. Raises StateDamaged."""
        ...


class AnalyzerSource(Protocol):
    """Knows the analyzer of what is searched."""

    def newest(self, known: Analyzer | None = None) -> Analyzer:
        """The analyzer that the index was made with which is searched now: `known`, where it is that one.

        Raises GenerationMissing, GenerationStale where this program makes another analyzer of the same words,
        WordsMissing, StateDamaged, and StorageFailed where the place does not answer.
        """
        ...


class ServedPlace(Protocol):
    """Where an index lies together with all that machines without a data folder need.

    Each of the four is the same place at each call, and costs nothing to ask for: nothing is read yet.
    """

    def state(self) -> ServedState:
        """What an operator has written."""
        ...

    def files(self) -> ServedFiles:
        """The files that one machine makes for all."""
        ...

    def articles(self) -> ServedArticles:
        """The articles; raises what says that none were brought yet."""
        ...

    def analyzers(self, folding: Folding) -> AnalyzerSource:
        """What knows the analyzers of what is searched."""
        ...
