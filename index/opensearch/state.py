"""What an operator has written, for machines that have no data folder: words, synonyms and pinned results.

Words belong to an analyzer, and so to the generations that were made with it: there is one document for each
version of the analyzer, and what a generation says of itself names that version. Rules for queries need no
index, and count at once for whatever generation: there is one document with those that count now.
"""

from collections.abc import Collection
from typing import Final

from msgspec.msgpack import Decoder
from opensearchpy import OpenSearch

from index.analysis.analyzer import Analyzer
from index.analysis.user_words import UserWords
from index.opensearch.state_documents import StateDocuments
from index.served_place import RuleFiles, WordsMissing

_WORDS: Final = "words"
_RULES: Final = "rules"

_USER_WORDS: Final = Decoder(UserWords)
_RULE_FILES: Final = Decoder(RuleFiles)


class OperatorState:
    """A ServedState in the cluster. Threads may share it; errors: `StateDocuments`."""

    def __init__(self, client: OpenSearch, prefix: str, replicas: int = 0) -> None:
        """`replicas` is for the index where it has to be made."""
        self._documents = StateDocuments(client, prefix, replicas)

    def put_words(self, analyzer: Analyzer) -> None:
        """Let the words of this analyzer be found; to be called before an index is made live that was made
        with it."""
        self._documents.put(_words_name(analyzer.version), _WORDS, analyzer.version, analyzer.added)

    def words(self, version: str) -> UserWords:
        """The words of the analyzer of this version. Raises WordsMissing and StateDamaged."""
        words = self._documents.get(_words_name(version), _USER_WORDS)
        if words is None:
            raise WordsMissing(version)
        return words

    def forget_words(self, but: Collection[str]) -> None:
        """Remove the words of all analyzers but those of these versions."""
        self._documents.forget(_WORDS, but)

    def put_rules(self, rules: RuleFiles) -> None:
        """Let these be the rules from now on."""
        self._documents.put(_RULES, _RULES, "", rules)

    def rules(self) -> RuleFiles:
        """The rules that count now; none where none were ever written. Raises StateDamaged."""
        return self._documents.get(_RULES, _RULE_FILES) or RuleFiles()


def _words_name(version: str) -> str:
    return f"{_WORDS}:{version}"
