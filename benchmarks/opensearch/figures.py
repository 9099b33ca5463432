"""What a run measures, as values that are written to a file and read back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A rebuild of the whole index: seconds by the clock, and of processors (of the program and of the nodes
    together)."""

    wall_s: float
    processor_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFigures:
    """One class of queries, asked by one client over one connection; times in milliseconds.

    `http` is what the client waits. `took` is what the cluster says that its part took, summed over the
    searches of one answer; `added` the median of what an answer took more than that. `app` and `cluster` are
    processor time an answer, of our server and of all nodes. `requests` is how many an answer sends to the
    cluster, `asked` what these take as our server sees it, with JSON and the way there and back. None: there
    is no cluster. `stages` are those of our server, as it says in its answers.
    """

    answers: int
    http_p50: float
    http_p99: float
    app: float
    took_p50: float | None = None
    took_p99: float | None = None
    added_p50: float | None = None
    cluster: float | None = None
    requests: float | None = None
    asked_p50: float | None = None
    stages_p50: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One engine over so many articles. Without a cluster `shards` and `nodes` are 1 and `replicas` 0;
    `bytes` is what an article takes in the index, replicas not counted."""

    engine: str
    articles: int
    shards: int
    replicas: int
    nodes: int
    bytes: float
    written: Written
    classes: Mapping[str, ClassFigures]


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Many connections for a while, as articles come in.

    `errors` are answers other than 200 and connections that broke, `kinds` how many of each;
    `generations` the states of the index that answers were of; `mixed` the answers that differ from another
    one to the same question of the same state.
    """

    shards: int
    connections: int
    seconds: float
    answers: int
    errors: int
    generations: int
    mixed: int
    p50_ms: float
    p99_ms: float
    kinds: Mapping[str, int] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether no answer was wrong, and states changed meanwhile."""
        return not self.errors and not self.mixed and self.generations > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All of one command. `processors` are those that all processes of the machine share, `load` how many
    wanted one in the minute before (getloadavg(3)): above 0.2 or so, times are too long."""

    measured: str
    processors: int
    load: float
    runs: tuple[Run, ...]
    loaded: Load | None = None

    def of_engine(self, engine: str) -> tuple[Run, ...]:
        return tuple(run for run in self.runs if run.engine == engine)


def together(some: Sequence[Figures]) -> Figures:
    """The runs of several commands, as of the last of them; one at least. Loads are not among them.

    Raises ValueError where the machines had not as many processors.
    """
    if len({one.processors for one in some}) > 1:
        raise ValueError("these figures are of machines with other numbers of processors")
    return Figures(
        measured=max(one.measured for one in some),
        processors=some[0].processors,
        load=max(one.load for one in some),
        runs=tuple(run for one in some for run in one.runs),
    )


_FIGURES: Final = msgspec.json.Decoder(Figures)


def write(figures: Figures, path: Path) -> None:
    path.write_bytes(msgspec.json.format(msgspec.json.encode(figures)) + b"\n")


def read(path: Path) -> Figures:
    """Raises OSError, and msgspec.ValidationError where the file holds something else."""
    return _FIGURES.decode(path.read_bytes())
