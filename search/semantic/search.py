"""Searches by words, and lets meaning change the order of the first hits and bring others in."""

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from index.errors import StorageFailed
from search.deadline import Deadline
from search.engine import ScoredId, Snapshot
from search.errors import SearchTimeout
from search.plan import And, Constant, Grouping, Plan
from search.planning.pinned_first import CopiesOf, PinnedFound
from search.planning.relaxing import Found
from search.semantic.answer import SemanticAnswer, SemanticMode, SemanticState
from search.semantic.blending import blended
from search.semantic.errors import EmbedderUnusable
from search.semantic.gist import Gist
from search.semantic.stage import Looked, SemanticStage

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FoundByMeaning:
    """The page of hits; `brought_in` are those of the whole list that the words of the query do not find.
    `answer` is None where meaning was not asked for."""

    on_top: PinnedFound
    answer: SemanticAnswer | None = None
    brought_in: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MeaningSearch:
    """A search by words, and what meaning may do to it. `by_words` gives the page of a plan, pinned articles
    on top; the list that it gives pages of is the same however it is cut."""

    stage: SemanticStage
    mode: SemanticMode
    by_words: Callable[[Plan], PinnedFound]
    snapshot: Snapshot
    copies_of: CopiesOf
    deadline: Deadline

    def page(self, plan: Plan, gist: Gist | None) -> FoundByMeaning:
        """The page that the plan asks for; that of the words where meaning cannot help, or not in time.

        What is only counted costs nothing more.

        Raises SearchTimeout where the words alone take too long.
        """
        if gist is None:
            return self._unchanged(self.by_words(plan), SemanticState.NOT_FOR_QUERY)
        if plan.limit == 0:
            return self._unchanged(self.by_words(plan), SemanticState.NOT_FOR_PAGE)
        brings_in = self.mode is SemanticMode.HYBRID and gist.is_all
        window = self.stage.blending.window
        if plan.offset >= window and not brings_in:
            return self._unchanged(self.by_words(plan), SemanticState.NOT_FOR_PAGE)
        blending = self.stage.blending
        # As many more as can move up from further down and leave a gap there.
        end = plan.offset + plan.limit + (blending.brought_in if brings_in else 0)
        on_top = self.by_words(replace(plan, offset=0, limit=max(window, end)))
        hits = on_top.found.matches.hits
        head = [hit for hit in hits[:window] if hit.id not in on_top.pinned]
        if not head and not brings_in:
            return self._unchanged(_cut(on_top, hits, plan), SemanticState.NOT_FOR_PAGE)
        looked = self._look(gist.text, head, blending.nearest if brings_in else 0)
        if isinstance(looked, SemanticState):
            return self._unchanged(_cut(on_top, hits, plan), looked)
        try:
            others = self._others(looked, on_top, plan)
        except SearchTimeout:
            return self._unchanged(_cut(on_top, hits, plan), SemanticState.LATE)
        moved = {name for other in others for name in (other.hit.id, *other.copies)}
        pinned = [hit for hit in hits[:window] if hit.id in on_top.pinned]
        reordered = self._reordered(head, others, on_top.found, looked)
        behind = (hit for hit in hits[window:] if hit.id not in moved)
        brought_in = frozenset(other.hit.id for other in others if not other.is_found)
        answer = SemanticAnswer(self.mode, SemanticState.APPLIED, len(brought_in))
        return FoundByMeaning(_cut(on_top, (*pinned, *reordered, *behind), plan), answer, brought_in)

    def _unchanged(self, on_top: PinnedFound, state: SemanticState) -> FoundByMeaning:
        return FoundByMeaning(on_top, SemanticAnswer(self.mode, state))

    def _look(self, text: str, head: Sequence[ScoredId], nearest: int) -> Looked | SemanticState:
        try:
            looked = self.stage.look(text, [hit.id for hit in head], nearest, self.deadline)
        except (StorageFailed, EmbedderUnusable) as error:
            _log.error("searching without meaning: %s", error)
            return SemanticState.NO_VECTORS
        if looked is None:
            return SemanticState.LATE
        return SemanticState.NO_VECTORS if looked.is_blank else looked

    def _others(self, looked: Looked, on_top: PinnedFound, plan: Plan) -> tuple["_Other", ...]:
        """The nearest articles behind the window, or not found by the words at all, that pass the filters; of
        copies, where these are one hit, one that no hit of the window is a copy of, and that the words find
        if they find one of these. Raises SearchTimeout."""
        if not looked.nearest:
            return ()
        # Not of further down: which hits are there depends on the page, and others must not.
        seen = {hit.id for hit in on_top.found.matches.hits[: self.stage.blending.window]}
        folds = plan.grouping is Grouping.CLUSTERS
        others: list[_Other] = []
        nearest = [near.id for near in looked.nearest]
        passing = self.snapshot.scores(And(plan.filters), nearest, self.deadline)
        scores = self.snapshot.scores(on_top.found.ranked, passing, self.deadline)
        for name in nearest:
            if len(others) == self.stage.blending.brought_in:
                break
            if name in seen or name not in passing:
                continue
            copies: Collection[str] = self.copies_of(name) if folds else ()
            is_found = name in scores
            if not seen.isdisjoint(copies) or (
                not is_found and self._finds_one_of(copies, on_top.found, plan)
            ):
                continue
            seen.add(name)
            others.append(_Other(ScoredId(name, scores.get(name, 0.0)), tuple(copies), is_found=is_found))
        return tuple(others)

    def _finds_one_of(self, ids: Collection[str], found: Found, plan: Plan) -> bool:
        """Whether the words find one of these articles."""
        # The score, which nobody reads here, costs more than the match.
        matching = Constant(And((found.ranked, *plan.filters)), 0.0)
        return bool(ids) and bool(self.snapshot.scores(matching, ids, self.deadline))

    def _reordered(
        self, head: Sequence[ScoredId], others: Sequence["_Other"], found: Found, looked: Looked
    ) -> tuple[ScoredId, ...]:
        scores = [found.shown(hit.score) for hit in head]
        # What has none of the words asked for cannot be worth more by them than the last that has.
        floor = scores[-1] if len(head) >= self.stage.blending.window else 0.0
        worth = [found.shown(other.hit.score) if other.is_found else floor for other in others]
        near = looked.nearness | {near.id: near.nearness for near in looked.nearest}
        hits = (*head, *(other.hit for other in others))
        return blended(hits, (*scores, *worth), near, self.stage.blending.weight)


@dataclass(frozen=True, slots=True)
class _Other:
    """A hit that meaning moves up or brings in. `copies` are the ids of those that it stands for; `is_found`
    says whether the words find it too."""

    hit: ScoredId
    copies: tuple[str, ...]
    is_found: bool


def _cut(on_top: PinnedFound, hits: Sequence[ScoredId], plan: Plan) -> PinnedFound:
    """The same with the page of these hits that the plan asks for."""
    page = tuple(hits[plan.offset : plan.offset + plan.limit])
    found = on_top.found
    return replace(on_top, found=replace(found, matches=replace(found.matches, hits=page)))
