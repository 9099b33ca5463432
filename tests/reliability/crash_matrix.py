"""The program is crashed at every moment of its operations: what was recorded once is cut everywhere.

    python -m tests.reliability.crash_matrix [--points N] [--work FOLDER]

The operations of `crash_operations` run under strace. A cut point is before each call that syncs a file or
a folder or changes a name, and at the end. There the folders that a crash could leave are made, one for every
Loss, and the program is started on them. Printed is a row for each operation, and for each control: a disk
that forgets some fsyncs, which is what a program does that leaves them out. `--points` takes so many of each,
drawn by lot. Exits with 1 where anything is wrong that should not be, or nothing where it should be.
"""

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Final

from index.data_folder import DataFolder
from tests.processes import unmeasured_environment
from tests.reliability.crash_judge import (
    Fault,
    Found,
    Judge,
    State,
    is_acknowledgement,
    state_of_copy,
    states,
)
from tests.reliability.crash_operations import BEGINS, OPERATIONS, Program, prepare
from tests.reliability.recorded_disk import (
    File,
    Folder,
    Forgets,
    Loss,
    RecordedDisk,
    contents_of,
    forgets_nothing,
    lay_out,
)
from tests.reliability.system_calls import Call, FolderMade, Removed, Renamed, Said, Synced, recorded

ROOT: Final = Path(__file__).resolve().parents[2]
PROGRAM: Final = ("-m", "tests.reliability.crash_operations")
CUT_AT: Final = (Synced, Renamed, Removed, FolderMade)


def forgets_database(path: Path, node: File | Folder) -> bool:
    return path.name.startswith("articles.db")


def forgets_folders(path: Path, node: File | Folder) -> bool:
    return isinstance(node, Folder)


def forgets_all(path: Path, node: File | Folder) -> bool:
    return True


CONTROLS: Final[Mapping[str, Forgets]] = {
    "the database is not fsynced": forgets_database,
    "folders are not fsynced": forgets_folders,
    "nothing is fsynced": forgets_all,
}


@dataclass(frozen=True, slots=True)
class Recording:
    """What the folder `top` held, what the program did there, and the states that it had to go through."""

    top: Path
    before: Mapping[str, bytes | None]
    calls: Sequence[Call]
    states: Mapping[str, Sequence[State]]

    def points(self) -> dict[str, int]:
        """How many cut points each operation has."""
        counts = Counter(cut.operation for cut in self.cuts(forgets_nothing))
        return {name: counts[name] for name in self.states}

    def cuts(self, forgets: Forgets) -> "Iterator[Cut]":
        """All cut points in their order; each is to be used before the next one is asked for."""
        disk = RecordedDisk.holding(self.top, self.before, forgets)
        name, number, acknowledged = "", 0, 0
        for call in self.calls:
            if name and isinstance(call, CUT_AT):
                yield Cut(name, number, acknowledged, disk, type(call).__name__)
                number += 1
            match call:
                case Said(line) if line.startswith(BEGINS):
                    if name:
                        yield Cut(name, number, acknowledged, disk, "the end")
                    name, number, acknowledged = line.removeprefix(BEGINS), 0, 0
                case Said(line) if is_acknowledgement(line):
                    acknowledged += 1
            disk.apply(call)
        yield Cut(name, number, acknowledged, disk, "the end")


@dataclass(frozen=True, slots=True)
class Cut:
    """A moment just before a call, when so many steps of an operation had been acknowledged."""

    operation: str
    number: int
    acknowledged: int
    disk: RecordedDisk
    before: str

    def left(self, loss: Loss) -> dict[str, bytes | None]:
        """What a crash leaves now; empty where the folder itself is lost."""
        lot = Random(f"{self.operation} {self.number}")
        return self.disk.left(self.disk.top / self.operation, loss, lot)

    def __str__(self) -> str:
        return (
            f"{self.operation}, point {self.number} (before {self.before}), {self.acknowledged} acknowledged"
        )


def record(work: Path, names: Sequence[str], program: Program, weakened: str = "") -> Recording:
    """Run operations below a new folder of `work`; `weakened` is a program that starts with this."""
    top = work.resolve() / "top"
    top.mkdir()
    prepare(top, names, program)
    before = contents_of(top)
    starts = {name: state_of_copy(top / name, work / "copy") for name in names}
    arguments = ("-c", weakened) if weakened else PROGRAM
    command = [sys.executable, *arguments, str(top), *names]
    calls = list(recorded(command, top, work / "trace", unmeasured_environment(), ROOT))
    said: dict[str, list[str]] = {}
    for call in calls:
        match call:
            case Said(line) if line.startswith(BEGINS):
                said[name := line.removeprefix(BEGINS)] = []
            case Said(line):
                said[name].append(line)
    return Recording(
        top, before, calls, {name: states(starts[name], OPERATIONS[name], said[name]) for name in names}
    )


@dataclass(slots=True)
class Row:
    """What became of an operation: `points` that were looked at, `images` that they left, `faulty` ones."""

    points: int = 0
    images: int = 0
    faulty: Counter[Fault] = field(default_factory=Counter)
    details: list[str] = field(default_factory=list)

    def add(self, image: str, found: Collection[Found]) -> None:
        self.images += 1
        self.faulty.update({each.fault for each in found})
        self.details += [f"{image}: {each.fault.value}: {each.detail}" for each in found]


Chosen = Mapping[str, Collection[int]]
"""By operation the numbers of the cut points that are looked at."""


def drawn(points: Mapping[str, int], most: int) -> Chosen:
    """At most so many points of each operation, drawn by lot."""
    return {name: Random(name).sample(range(count), min(most, count)) for name, count in points.items()}


def judged(
    recording: Recording, judge: Judge, work: Path, chosen: Chosen, forgets: Forgets = forgets_nothing
) -> dict[str, Row]:
    """A row for each operation. Images that are the same are judged once."""
    rows = {name: Row() for name in chosen}
    known: dict[tuple[str, int, bytes], list[Found]] = {}
    for cut in recording.cuts(forgets):
        if cut.number not in chosen.get(cut.operation, ()):
            continue
        row = rows[cut.operation]
        row.points += 1
        expected = recording.states[cut.operation]
        before = expected[cut.acknowledged]
        after = expected[min(cut.acknowledged + 1, len(expected) - 1)]
        for loss in Loss:
            contents = cut.left(loss)
            key = (cut.operation, cut.acknowledged, _digest(contents))
            if key not in known:
                folder = work / "image"
                lay_out(contents, folder)
                known[key] = judge.faults(folder, before, after)
                shutil.rmtree(folder)
            row.add(f"{cut}, {loss.value}", known[key])
    return rows


def _digest(contents: Mapping[str, bytes | None]) -> bytes:
    digest = sha256()
    for name in sorted(contents):
        data = contents[name]
        digest.update(f"{name}\0{'folder' if data is None else len(data)}\0".encode())
        digest.update(data or b"")
    return digest.digest()


def _print_row(name: str, row: Row) -> None:
    counts = "".join(f"{row.faulty[fault]:>16}" for fault in Fault)
    sys.stdout.write(f"{name:<34}{row.points:>8}{row.images:>8}{counts}\n")
    sys.stdout.flush()


def main(most: int, work: Path) -> int:
    """Print the table; 1 where it is not as it should be."""
    program = Program.load()
    judge = Judge.of(program, DataFolder(work))
    recording = record(work, tuple(OPERATIONS), program)
    headings = "".join(f"{fault.value:>16}" for fault in Fault)
    sys.stdout.write(f"{'operation':<34}{'points':>8}{'images':>8}{headings}\n")
    total, details = Row(), []
    chosen = drawn(recording.points(), most)
    for name, numbers in chosen.items():
        row = judged(recording, judge, work, {name: numbers})[name]
        _print_row(name, row)
        total.points += row.points
        total.images += row.images
        total.faulty += row.faulty
        details += row.details
    _print_row("all operations", total)
    are_found = True
    for control, forgets in CONTROLS.items():
        row = judged(recording, judge, work, {"ingest": chosen["ingest"]}, forgets)["ingest"]
        _print_row(f"control: {control}", row)
        are_found = are_found and row.faulty[Fault.LOST] > 0
    sys.stdout.writelines(f"{line}\n" for line in details)
    return int(bool(details) or not are_found)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--points", type=int, default=sys.maxsize)
    parser.add_argument("--work", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.work) as place:
        sys.exit(main(arguments.points, Path(place)))
