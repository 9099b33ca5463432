"""What came of a fault, in a line."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.opensearch_faults.contents import Contents
from benchmarks.opensearch_faults.counted import Answers
from benchmarks.opensearch_faults.faults import Moment

CAUGHT_UP_S: Final = 60.0
"""From a cluster that takes writes again to an index that covers a backlog of 1,000 articles (issue 9)."""

SHOWN: Final = 240
"""Characters of what was said of a fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Seconds count from the strike. `mended_s` is when the mending was begun, `yellow_s` and `green_s` when
    the cluster was that again behind it, `covered_s` when the index covered the whole journal; None: never.
    `named` is what log, `/readyz` or command said of the fault; `check` what `policy-search check` found.
    """

    fault: str
    moment: Moment
    what: str
    answers: Answers
    during: Answers
    """Those that were asked between the strike and the mending."""
    contents: Contents
    check: str
    ingest_s: float | None
    """Of the ingest of the backlog, from its start to its end; None where there was none."""
    mended_s: float
    yellow_s: float | None
    green_s: float | None
    covered_s: float | None
    named: tuple[str, ...]

    def broken(self) -> Iterator[str]:
        """The promises that were not kept."""
        if not self.answers.hold:
            yield f"not every answer was full or a refusal: {self.answers.first or 'none was full'}"
        if not self.contents.hold:
            yield f"the index is not what is stored: {self.contents}"
        if self.check:
            yield f"`policy-search check` finds: {self.check}"
        if self.green_s is None or self.covered_s is None:
            yield "the cluster was not green again, or the journal not covered"
        elif self.moment is Moment.SETTLED and self._caught_up_s > CAUGHT_UP_S:
            yield f"the backlog took {self._caught_up_s:.0f} s from a cluster that takes writes"
        if self.moment is Moment.SETTLED and not self.named:
            yield "neither the log nor /readyz nor the ingest names it"

    @property
    def _caught_up_s(self) -> float:
        """From yellow behind the mending until all is covered; 0 where it was covered before."""
        if self.covered_s is None or self.yellow_s is None:
            return 0.0
        return max(0.0, self.covered_s - self.yellow_s)

    def lines(self) -> Iterator[str]:
        """The figures; then what was said of it first, and each promise that was not kept."""
        held, answers, during = self.contents, self.answers, self.during
        states = "as they should be" if not held.differences else "OTHERWISE"
        yield (
            f"{self.fault}: {self.what}; {held.stored:,} articles, {held.lost} lost, {held.twice} twice, "
            f"{held.back} brought back, states and copies {states}; searches {answers.full:,} in full of "
            f"{answers.states} states, {answers.refused:,} refused, {answers.short} short, "
            f"{answers.wrong} wrong (while broken: {during.full:,} and {during.refused:,}), "
            f"slowest {answers.slowest_s:.1f} s; backlog stored in {_seconds(self.ingest_s)}; mended after "
            f"{self.mended_s:.0f} s, yellow {_seconds(self.yellow_s)}, green {_seconds(self.green_s)}, "
            f"journal covered {_seconds(self.covered_s)} ({self._caught_up_s:.0f} s from yellow)"
        )
        for said in firsts(self.named):
            yield f"  named by {said[:SHOWN]}"
        for promise in self.broken():
            yield f"  BROKEN: {promise}"


def firsts(named: Iterable[str]) -> Sequence[str]:
    """The first thing that each has said, by what stands before the colon."""
    first: dict[str, str] = {}
    for said in named:
        first.setdefault(said.partition(":")[0], said)
    return list(first.values())


def _seconds(moment: float | None) -> str:
    return "none" if moment is None else f"{moment:.0f} s"
