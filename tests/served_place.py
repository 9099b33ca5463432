"""What machines without a data folder need, kept in memory: no cluster has to run."""

from dataclasses import dataclass, field

from index.analysis.analyzer import Analyzer
from index.analysis.user_words import UserWords
from index.article_reader import ServedArticles
from index.served_place import AnalyzerSource, RuleFiles, StateDamaged, StateFile, WordsMissing
from index.text.folding import Folding


@dataclass(slots=True)
class MemoryState:
    """A ServedState in memory; asking for what is in `damaged` fails."""

    added: dict[str, UserWords] = field(default_factory=dict)
    written: RuleFiles = field(default_factory=RuleFiles)
    damaged: set[str] = field(default_factory=set)

    def put_words(self, analyzer: Analyzer) -> None:
        self.damaged.discard("words")
        self.added[analyzer.version] = analyzer.added

    def words(self, version: str) -> UserWords:
        self._check("words")
        if version not in self.added:
            raise WordsMissing(version)
        return self.added[version]

    def put_rules(self, rules: RuleFiles) -> None:
        self.damaged.discard("rules")
        self.written = rules

    def rules(self) -> RuleFiles:
        self._check("rules")
        return self.written

    def _check(self, name: str) -> None:
        if name in self.damaged:
            raise StateDamaged(name, "it is cut")


@dataclass(slots=True)
class MemoryFiles:
    """ServedFiles in memory; None for one that is damaged."""

    held: dict[str, StateFile | None] = field(default_factory=dict)

    def put(self, name: str, file: StateFile) -> None:
        self.held[name] = file

    def version(self, name: str) -> str | None:
        file = self.get(name)
        return None if file is None else file.version

    def get(self, name: str) -> StateFile | None:
        if name in self.held and self.held[name] is None:
            raise StateDamaged(name, "it is cut")
        return self.held.get(name)


@dataclass(frozen=True, slots=True)
class MemoryPlace:
    """A ServedPlace in memory, without articles and analyzers."""

    kept_state: MemoryState
    kept_files: MemoryFiles

    def state(self) -> MemoryState:
        return self.kept_state

    def files(self) -> MemoryFiles:
        return self.kept_files

    def articles(self) -> ServedArticles:
        raise NotImplementedError

    def analyzers(self, folding: Folding) -> AnalyzerSource:
        raise NotImplementedError
