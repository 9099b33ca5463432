"""The analyzer for what is searched now, for machines that have no data folder."""

from collections.abc import Callable

from opensearchpy import OpenSearch

from index.analysis.analyzer import Analyzer
from index.analysis.setup import load_analyzer
from index.analysis.user_words import UserWords
from index.errors import GenerationStale
from index.opensearch.generations import find_all, searched
from index.opensearch.state import OperatorState
from index.opensearch.state_documents import READING_SECONDS
from index.text.folding import Folding


class ServedAnalyzers:
    """An AnalyzerSource for the generation that is searched. Threads may share it."""

    def __init__(
        self,
        client: OpenSearch,
        prefix: str,
        folding: Folding,
        load: Callable[[Folding, UserWords], Analyzer] = load_analyzer,
    ) -> None:
        self._client = client
        self._prefix = prefix
        self._folding = folding
        self._state = OperatorState(client, prefix)
        self._load = load

    def newest(self, known: Analyzer | None = None) -> Analyzer:
        """The analyzer of the generation that the alias leads to: `known`, where it is that one.

        Another one takes a second to load. Until a process has it, its engine serves the generation before,
        which stays for a while, with the analyzer before: it exchanges both by exchanging one reference.
        Raises GenerationMissing; GenerationStale where this program makes another analyzer of the same words,
        so that the generation is of another version of it; WordsMissing, StateDamaged, ClusterUnavailable,
        ClusterRefused and AliasAmbiguous.
        """
        version = searched(find_all(self._client, self._prefix, READING_SECONDS)).state().analyzer
        if known is not None and known.version == version:
            return known
        analyzer = self._load(self._folding, self._state.words(version))
        if analyzer.version != version:
            raise GenerationStale(
                "the index in the search cluster was made by another version of this program; run the same "
                "version here and on the machine that ingests"
            )
        return analyzer
