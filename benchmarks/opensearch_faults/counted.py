"""How many articles a search has to find, by what its answer says it is of."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from benchmarks.opensearch_faults.articles import QUESTIONS, Record, has


@dataclass(frozen=True, slots=True)
class Counted:
    """For each question the journal entries, rising, of the articles that have it.

    Each of these articles enters the journal once, so an index that covers the journal up to an entry holds
    just those with lower ones.
    """

    entries: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, records: Iterable[Record], entries: Mapping[str, int]) -> "Counted":
        """`entries` are the newest of the articles that are stored, by id."""
        numbers: dict[str, list[int]] = {question: [] for question in QUESTIONS}
        for record in records:
            if record["id"] in entries:
                for question in filter(partial(has, record), QUESTIONS):
                    numbers[question].append(entries[record["id"]])
        return cls({question: sorted(found) for question, found in numbers.items()})

    def total(self, question: str, sequence: int) -> int:
        """How many articles with this an index holds that covers the journal up to `sequence`."""
        return bisect_right(self.entries[question], sequence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A search and what came of it: the moment of the clock at which it was asked, how many seconds it took,
    its status, 0 where there was no answer, and of an answer in full what it says."""

    moment: float
    seconds: float
    question: str
    status: int
    retry_after: bool = False
    generation: str = ""
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """How searches were answered. `short` and `wrong` have to be 0: fewer articles than the answered state
    holds, and anything else than the right number or an honest refusal; `first` is the first such one."""

    full: int = 0
    refused: int = 0
    short: int = 0
    wrong: int = 0
    slowest_s: float = 0.0
    states: int = 0
    first: str = field(default="", compare=False)

    @property
    def hold(self) -> bool:
        """Whether there were answers, of which each was in full or a refusal."""
        return self.full > 0 and not self.short and not self.wrong


REFUSED = 503


def judged(asked: Iterable[Asked], counted: Counted, published: Mapping[str, int]) -> Answers:
    """Compare answers with the articles; `published` is the journal entry that each state covers."""
    full = refused = short = wrong = 0
    slowest = 0.0
    first = ""
    states: set[str] = set()
    for one in asked:
        slowest = max(slowest, one.seconds)
        if one.status == REFUSED and one.retry_after:
            refused += 1
            continue
        sequence = published.get(one.generation) if one.status == 200 else None
        wanted = None if sequence is None else counted.total(one.question, sequence)
        if wanted is not None and one.total == wanted:
            full += 1
            states.add(one.generation)
            continue
        if wanted is not None and one.total < wanted:
            short += 1
        else:
            wrong += 1
        first = first or f"{one}, where {wanted} was right"
    return Answers(
        full=full,
        refused=refused,
        short=short,
        wrong=wrong,
        slowest_s=slowest,
        states=len(states),
        first=first,
    )
