"""A data folder whose index lies in the cluster, and the processes that work on it."""

import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.opensearch.target import Target
from benchmarks.opensearch_faults.articles import Record, write
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.engine_settings import EngineName, EngineSettings
from index.errors import WriterBusy
from tests.opensearch.cluster import OwnCluster, ask
from tests.processes import command
from web.commands.articles import delete
from web.commands.exits import Exit

END_S: Final = 60.0
"""Seconds that the indexer gets from SIGTERM to its end."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command that has ended: seconds it took, its status, and what it said of trouble."""

    seconds: float
    status: int
    said: str


@dataclass(frozen=True, slots=True)
class Site:
    """The articles of one run, the cluster that is broken, and how the index is laid out there."""

    cluster: OwnCluster
    target: Target
    work: Path

    @property
    def folder(self) -> DataFolder:
        return DataFolder(self.work / "data")

    @property
    def log(self) -> Path:
        """What the process that indexes says."""
        return self.work / "indexer.log"

    def engine(self) -> EngineSettings:
        """As the processes have it from their environment."""
        return EngineSettings(
            engine=EngineName.OPENSEARCH,
            urls=self.target.urls,
            prefix=self.target.prefix,
            shards=self.target.shards,
            replicas=self.target.replicas,
        )

    def start_ingest(self, records: Iterable[Record], name: str) -> "Running":
        """`policy-search ingest` of these articles, from a file that is called so."""
        file = self.work / f"{name}.jsonl"
        write(records, file)
        return self._start("ingest", str(file))

    def ingest(self, records: Iterable[Record], name: str) -> Command:
        """The same, to its end."""
        return self.start_ingest(records, name).end()

    def delete(self, ids: Iterable[str]) -> None:
        """As `policy-search delete` does, without indexing it; waits for other writers."""
        names = tuple(ids)
        while True:
            try:
                delete(self.folder, names)
            except WriterBusy:
                continue
            return

    def index(self) -> Command:
        """`policy-search index`, to its end."""
        return self._start("index").end()

    def check(self) -> Command:
        """`policy-search check`, to its end; what it finds it says on standard output."""
        return self._start("check", expected=(Exit.DONE, Exit.NOT_FOUND)).end()

    def has_room(self) -> bool:
        """Whether the cluster takes new indexes: it may not for a while after its disks were full."""
        found = ask(self.cluster.urls[0], "/_cluster/state/blocks")
        return not (isinstance(found, dict) and found["blocks"])

    def last_entry(self) -> int:
        """The newest entry of the journal."""
        with closing(CorpusReader.open(self.folder)) as reader:
            return reader.last_sequence()

    @contextmanager
    def indexing(self) -> Iterator[None]:
        """`policy-search index --follow`, until the end of the block."""
        with self.log.open("wb") as log:
            process = subprocess.Popen(
                command(self.folder.root, "index", "--follow"),
                env=self.target.environment | {"POLICY_SEARCH_LOG": "info"},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
            try:
                yield
            finally:
                process.terminate()
                process.wait(END_S)

    def _start(self, name: str, *arguments: str, expected: tuple[Exit, ...] = (Exit.DONE,)) -> "Running":
        process = subprocess.Popen(
            command(self.folder.root, name, *arguments),
            env=self.target.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        return Running(process, time.monotonic(), expected)


@dataclass(frozen=True, slots=True)
class Running:
    """A command that was started at a moment of the monotonic clock, and how it may end."""

    process: "subprocess.Popen[bytes]"
    began: float
    expected: tuple[Exit, ...]

    @property
    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def end(self) -> Command:
        """Wait for it; a run that is stopped takes it along. Raises RuntimeError where it ends otherwise."""
        try:
            said, _ = self.process.communicate()
        except BaseException:
            self.process.kill()
            raise
        done = Command(time.monotonic() - self.began, self.process.returncode, said.decode())
        if done.status not in self.expected:
            raise RuntimeError(f"{self.process.args!r} ended with {done.status}: {done.said}")
        return done
