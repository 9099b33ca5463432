"""How well the rules of topics agree with labels given by hand.

    python -m benchmarks.topics DATA_FOLDER [--half seen|unseen]

DATA_FOLDER holds articles as JSON lines (`*.jsonl.gz`); the labels are those of tests/data/topic_labels.tsv.
For each half: precision, recall and F1 of every topic of the upper level, their mean, and a table of the main
label (rows) against the strongest topic (columns). Ends with 1 where the mean F1 of a half is below the goal.
"""

import argparse
import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.text.folding import Folding
from index.topics.tagger import TopicTagger

LABELS = Path(__file__).resolve().parents[1] / "tests/data/topic_labels.tsv"
HALVES = ("seen", "unseen")
NONE = "-"
GOAL = 0.70


@dataclass(frozen=True, slots=True)
class Label:
    """The topics that a person gave an article, the main one first; none where it has no topic."""

    half: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often a topic was given rightly, given wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def main() -> int:
    """Print the tables of the halves asked for."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("data", type=Path, help="folder with *.jsonl.gz")
    arguments.add_argument("--half", choices=HALVES, help="only this half")
    given = arguments.parse_args()
    halves: Sequence[str] = HALVES if given.half is None else (given.half,)
    labels = {name: label for name, label in read_labels() if label.half in halves}
    tagger = TopicTagger.load(Folding.load())
    upper = tuple(topic.name for topic in tagger.taxonomy.upper)
    drawn = list(articles(given.data, frozenset(labels)))
    found: dict[str, tuple[str, ...]] = {}
    started = time.perf_counter()
    for name, title, text in drawn:
        tags = tagger.tag(title=title, lead="", body=text, tags=())
        found[name] = tuple(tag.name for tag in tags if tag.name in upper)
    seconds = time.perf_counter() - started
    missing = labels.keys() - found.keys()
    if missing:
        print(
            f"{len(missing)} labelled articles are not in {given.data}, {min(missing)} for one",
            file=sys.stderr,
        )
        return 1
    print(f"{len(found)} articles, {1_000 * seconds / len(found):.2f} ms each")
    means = [report(half, labels, found, upper) for half in halves]
    return int(min(means) < GOAL)


def read_labels() -> Iterator[tuple[str, Label]]:
    """Article ids and their labels."""
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, half, topics = line.split("\t")
            yield name, Label(half, () if topics == NONE else tuple(topics.split(",")))


def articles(folder: Path, wanted: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Id, title and text of the wanted articles."""
    for path in sorted(folder.rglob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                if article["id"] in wanted:
                    yield article["id"], article["title"], article["text"]


def report(
    half: str, labels: Mapping[str, Label], found: Mapping[str, Sequence[str]], upper: Sequence[str]
) -> float:
    """Print both tables of one half; gives the mean F1 over the topics."""
    pairs = [(label.topics, found[name]) for name, label in labels.items() if label.half == half]
    by_topic = {topic: agreement(topic, pairs) for topic in upper}
    print(f"\n{half}: {len(pairs)} articles\n{'topic':<14} labels precision recall   F1")
    for topic, score in by_topic.items():
        count = score.right + score.missed
        print(f"{wide(topic, 14)} {count:>6} {score.precision:>9.2f} {score.recall:>6.2f} {score.f1:>4.2f}")
    every = Agreement(
        sum(score.right for score in by_topic.values()),
        sum(score.wrong for score in by_topic.values()),
        sum(score.missed for score in by_topic.values()),
    )
    mean = sum(score.f1 for score in by_topic.values()) / len(by_topic)
    same = sum((given or (NONE,))[0] == (wanted or (NONE,))[0] for wanted, given in pairs)
    print(f"micro: precision {every.precision:.3f}, recall {every.recall:.3f}, F1 {every.f1:.3f}")
    print(f"macro F1 {mean:.3f}; the main topic agrees in {same} of {len(pairs)}")
    print_confusion(pairs, (*upper, NONE))
    return mean


def agreement(topic: str, pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> Agreement:
    """How the labels and the tags of one topic agree."""
    counts = Counter((topic in wanted, topic in given) for wanted, given in pairs)
    return Agreement(counts[True, True], counts[False, True], counts[True, False])


def print_confusion(pairs: Sequence[tuple[Sequence[str], Sequence[str]]], names: Sequence[str]) -> None:
    """Main label in rows, strongest topic in columns, each named by its first two characters."""
    counts = Counter(((wanted or (NONE,))[0], (given or (NONE,))[0]) for wanted, given in pairs)
    print(wide("", 10) + "".join(f" {wide(name[:2], 4)}" for name in names))
    for row in names:
        cells = "".join(f" {counts[row, column] or '.':>4}" for column in names)
        print(wide(row, 10) + cells)


def wide(text: str, columns: int) -> str:
    """The text filled up to so many columns of a terminal, where a Chinese character takes two."""
    return text + " " * (columns - sum(1 if character.isascii() else 2 for character in text))


if __name__ == "__main__":
    sys.exit(main())
