"""Makes a vocabulary in a process of its own: what that takes of memory goes back with it."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, ClassVar, Final, cast

import msgspec

from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.engine_settings import EngineSettings
from index.errors import Cause, PolicySearchError
from index.factory import open_place
from index.regions.tree import Regions
from index.text.folding import Folding
from search.factory import open_engine
from search.ranking import Ranking
from search.suggestions.making import VocabularyClosed, VocabularyMaker
from search.suggestions.syllables import load_syllables
from search.suggestions.terms import IndexedTerms
from search.suggestions.vocabulary import Vocabulary
from search.suggestions.vocabulary_file import NAME, VocabularyFile

PROGRAM: Final = (sys.executable, "-P", "-m", "search.suggestions.maker_process")
"""-P: a folder `search` where the server happens to run is not this program."""
LOOK_S: Final = 0.2
"""How often a process at work is asked whether it has ended, and whether it is still wanted."""
NICENESS: Final = 5
"""It gives way to what answers searches, and still gets a third of what they get (`man 7 sched`): people wait
for the first suggestions. With 10 they took minutes on a machine with eight times as much to do as it can."""


class MakerFailed(PolicySearchError):
    """The process that makes suggestions ended without any."""

    kind: ClassVar[str] = "suggestions-not-made"
    cause: ClassVar[Cause] = Cause.UNAVAILABLE


@dataclass(frozen=True, slots=True)
class MakerJob:
    """Of what a vocabulary is made, and where it is written to: the first of `places` that takes it, else a
    temporary folder.

    `analyzer` is the version of the index's words.
    """

    folder: DataFolder
    engine: EngineSettings
    ranking: Ranking
    analyzer: str
    places: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class MakerReply:
    """Where it was written to, or why it was not."""

    written: Path | None = None
    reason: str = ""


def _path(kind: type[Any], text: str) -> Path:
    if kind is not Path:
        raise NotImplementedError(kind)
    return Path(text)


_JOB: Final = msgspec.json.Decoder(MakerJob, dec_hook=_path)
_REPLY: Final = msgspec.json.Decoder(MakerReply, dec_hook=_path)


@dataclass(frozen=True, slots=True)
class MakerProcess:
    """Starts such a process whenever a vocabulary is wanted. `analyzer` gives the version of the words that
    the index is to have by then."""

    folder: DataFolder
    engine: EngineSettings
    ranking: Ranking
    analyzer: Callable[[], str]
    program: Sequence[str] = PROGRAM

    def make(self, places: Sequence[Path], is_closed: Callable[[], bool]) -> Path:
        """See `search.suggestions.shared.FileMaker`. Raises MakerFailed, OSError and VocabularyClosed."""
        job = MakerJob(self.folder, self.engine, self.ranking, self.analyzer(), tuple(places))
        with subprocess.Popen(  # noqa: S603  # nothing in it comes from outside
            self.program, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as process:
            try:
                os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
                output = _output(process, msgspec.json.encode(job, enc_hook=str) + b"\n", is_closed)
            finally:
                process.kill()
        if process.returncode < 0:
            raise MakerFailed(f"the process that makes them was killed by signal {-process.returncode}")
        if process.returncode:
            raise MakerFailed(
                f"the process that makes them ended with status {process.returncode}; see the message above"
            )
        reply = _REPLY.decode(output)
        if reply.written is None:
            raise MakerFailed(reply.reason)
        return reply.written


def main() -> None:
    """Do the job on the first line of standard input, and reply on standard output; end at once where the
    process that wants it has ended."""
    # Ctrl+C goes to the whole group of processes; ending is the first one's to decide.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Unbuffered: a buffer that a thread waits in cannot be let go of at the end.
    with open(sys.stdin.fileno(), "rb", buffering=0, closefd=False) as file:
        job = _JOB.decode(file.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        reply = MakerReply(written=_write(_make(job), job.places))
    except (PolicySearchError, OSError) as error:
        reply = MakerReply(reason=str(error))
    sys.stdout.buffer.write(msgspec.json.encode(reply, enc_hook=str))


def _output(process: "subprocess.Popen[bytes]", job: bytes, is_closed: Callable[[], bool]) -> bytes:
    """What it says at its end. Its input stays open as long: it ends with us, however we do."""
    stdin, stdout = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
    # One that has ended already says by its status why.
    with suppress(BrokenPipeError):
        stdin.write(job)
        stdin.flush()
    while True:
        try:
            process.wait(LOOK_S)
        except subprocess.TimeoutExpired:
            if is_closed():
                raise VocabularyClosed("the vocabulary was closed") from None
        else:
            return stdout.read()


def _make(job: MakerJob) -> Vocabulary:
    ranking = job.ranking
    with (
        CorpusReader.open(job.folder) as articles,
        open_place(job.folder, job.engine, k1=ranking.k1, b=ranking.b) as place,
    ):
        engine = open_engine(place, job.analyzer, ranking)
        try:
            terms = IndexedTerms(articles, Regions.load())
            maker = VocabularyMaker(terms, Folding.load(), load_syllables)
            return maker.make(engine.snapshot())
        finally:
            engine.close()


def _write(vocabulary: Vocabulary, places: Sequence[Path]) -> Path:
    """Where it was written to. Raises OSError where not even a temporary folder takes it."""
    for place in places:
        try:
            VocabularyFile(place).write(vocabulary)
        except OSError as error:
            sys.stderr.write(f"suggestions cannot be written to {place}: {error.strerror or error}\n")
        else:
            return place
    aside = Path(tempfile.mkdtemp(prefix="policy-search-"))
    try:
        VocabularyFile(aside / NAME).write(vocabulary)
    except OSError:
        aside.rmdir()
        raise
    return aside / NAME


def _end_with_parent() -> None:
    # Nothing follows the job: this returns when the process that wrote it has ended.
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


if __name__ == "__main__":
    main()
