"""A history of commits that any process can work out by itself: the judge of readers beside a writer.

Commit n puts and deletes what `batch(n)` says, and covers the journal up to n. So whoever sees a state of the
index knows from its sequence which articles it has to hold, and what it has to answer.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Final

from index.article import Part
from index.documents import PUBLISHED, IndexDocument
from search.deadline import Deadline
from search.engine import Snapshot
from search.plan import ByScore, Characters, DateRange, Every, Keyword, Node, Not, Plan, Word

ANALYZER: Final = "history-1"
"""No analyzer made these words: a version of its own."""

DAY_S: Final = 86_400
NAMES: Final = tuple(f"a{number:03}" for number in range(300))


@dataclass(frozen=True, slots=True)
class Batch:
    """The ids that a commit puts, each in a text of its number, and those that it deletes."""

    puts: tuple[str, ...]
    deletes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """The text that commit `version` puts under the id `name`."""

    name: str
    version: int


def batch(number: int) -> Batch:
    """What commit `number` (1 or more) does."""
    random = Random(number)
    names = random.sample(NAMES, random.randint(1, 6))
    kept = random.randint(1, len(names))
    return Batch(tuple(names[:kept]), tuple(names[kept:]))


def document(name: str, version: int) -> IndexDocument:
    """The text that commit `version` puts under an id."""
    return IndexDocument(
        id=name,
        characters={Part.TITLE: f"第{version}版", Part.LEAD: "", Part.BODY: f"政策{name}" * 3, Part.TAGS: ""},
        words={"政策": 1 + version % 4, f"类{version % 7}": 1},
        keywords={"source": (f"s{version % 5}",)},
        dates={PUBLISHED: version * DAY_S},
        cluster=None,
    )


@dataclass(slots=True)
class History:
    """The articles after so many commits: the version of each by its id."""

    sequence: int = 0
    versions: dict[str, int] = field(default_factory=dict)

    def advance(self, sequence: int) -> None:
        """Go on to this commit, which is not an earlier one."""
        assert sequence >= self.sequence
        for number in range(self.sequence + 1, sequence + 1):
            step = batch(number)
            self.versions |= dict.fromkeys(step.puts, number)
            for name in step.deletes:
                self.versions.pop(name, None)
        self.sequence = sequence

    def documents(self) -> Iterator[IndexDocument]:
        for name, version in self.versions.items():
            yield document(name, version)


QUESTIONS: Final[Mapping[Node, Callable[[Text], bool]]] = {
    Every(): lambda text: text.version > 0,
    Word("政策"): lambda text: text.version > 0,
    Word("类3"): lambda text: text.version % 7 == 3,
    Not(Word("类3")): lambda text: text.version % 7 != 3,
    Keyword("source", ("s1", "s4")): lambda text: text.version % 5 in {1, 4},
    Characters("第1"): lambda text: str(text.version).startswith("1"),
    Characters("策a02"): lambda text: text.name.startswith("a02"),
    Characters("版"): lambda text: text.version > 0,
    DateRange(PUBLISHED, None, 40 * DAY_S): lambda text: text.version < 40,
}
"""What readers ask, and which articles answer it."""


def wrong_answers(snapshot: Snapshot, history: History) -> Iterator[str]:
    """Where a snapshot answers otherwise than the articles of its sequence do, one line each.

    `history` is advanced to the snapshot's sequence, or is there already.
    """
    history.advance(snapshot.sequence)
    for node, holds in QUESTIONS.items():
        plan = Plan(query=node, filters=(), order=ByScore(), offset=0, limit=len(NAMES))
        matches = snapshot.search(plan, Deadline.never())
        found = sorted(hit.id for hit in matches.hits)
        expected = sorted(name for name, version in history.versions.items() if holds(Text(name, version)))
        if (matches.total, found) != (len(expected), expected):
            yield f"{snapshot.generation} at {snapshot.sequence}: {node} gives {matches.total}, {found[:5]}…"
