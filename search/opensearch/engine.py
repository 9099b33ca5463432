"""SearchEngine on OpenSearch: follows the published state and hands out snapshots of it."""

import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Final

from opensearchpy import OpenSearch

from index.errors import GenerationDamaged, GenerationMissing, GenerationStale
from index.opensearch.errors import ClusterUnavailable
from index.opensearch.generations import Found, find_all, searched
from index.opensearch.looking import PATIENCE_SECONDS, Looking
from index.opensearch.published import Commit, Published, Scoring
from index.opensearch.vocabulary import vocabulary_index
from search.deadline import SEARCH_SECONDS, Deadline
from search.errors import IndexUnavailable, SnapshotGone
from search.opensearch.errors import EngineUnavailable
from search.opensearch.kept import Kept
from search.opensearch.snapshot import OpenSearchSnapshot
from search.opensearch.state import State, StateLost
from search.opensearch.vocabulary import Vocabulary
from search.ranking import Ranking

LOOK_SECONDS: Final = 0.5
"""How long what was published is taken to be the newest: so a commit is seen within a second."""

FORMER_SECONDS: Final = 10.0
"""How long the state that was seen last is searched while the cluster does not say what is published: it does
not while it elects a manager, though its nodes go on searching."""

PINNING_SECONDS: Final = SEARCH_SECONDS
"""How long asking the cluster to keep a state may take."""

_NAME: Final = re.compile(r"([1-9][0-9]{0,5})\.([1-9][0-9]{0,17})")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Look:
    """What was found at the last look, at a moment of the clock.

    `reasons` as in `SearchEngine.passed_over`, or why there is no snapshot; `failing` since when the cluster
    has not said what is published; `begun` as in `IndexUnavailable.without_state`.
    """

    snapshot: OpenSearchSnapshot | None = None
    moment: float = -inf
    reasons: tuple[str, ...] = ()
    failing: float | None = None
    begun: int | None = None


class OpenSearchEngine:
    """Reads the generation that the alias leads to, or else the newest that was made for this program.

    Safe to share between threads; laws: `SearchEngine`. What is published is looked at again, at most every
    LOOK_SECONDS, when somebody asks for a snapshot, who waits for that, but not for long. States that other
    processes gave out can be pinned as well, as long as the cluster keeps them.
    """

    def __init__(
        self,
        client: OpenSearch,
        prefix: str,
        analyzer: str,
        ranking: Ranking,
        clock: Callable[[], float] = time.monotonic,
        *,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        """`analyzer` and `ranking` are those that the index has to be made for; `clock` gives seconds that
        never go back. `patience` is how many seconds a new look is waited for where there is a state already.
        """
        self._client = client
        self._prefix = prefix
        self._analyzer = analyzer
        self._scoring = Scoring(k1=ranking.k1, b=ranking.b)
        self._clock = clock
        self._patience = patience
        self._look = _Look()
        self._looking = Looking(self._look_again)
        self._kept = Kept(clock)

    def snapshot(self) -> OpenSearchSnapshot:
        """The newest published state; the one before where another thread looks, or the look takes long.

        Raises IndexUnavailable; ClusterRefused and AliasAmbiguous where something has to be set right.
        """
        look = self._newest_look()
        if look.snapshot is not None:
            return look.snapshot
        if look.failing is not None:
            raise EngineUnavailable("; ".join(look.reasons))
        raise IndexUnavailable.without_state(look.reasons, look.begun)

    def pin(self, generation: str) -> OpenSearchSnapshot:
        """The state of this name, kept for those who page through it; see `SearchEngine`.

        Raises SnapshotGone, IndexUnavailable and SearchTimeout.
        """
        deadline = Deadline.after(PINNING_SECONDS)
        snapshot = self._kept.find(generation) or self._of_name(generation)
        try:
            snapshot.keep(deadline)
        except StateLost as error:
            self._kept.drop(snapshot)
            raise _gone(generation) from error
        self._kept.keep(snapshot)
        return snapshot

    def passed_over(self) -> tuple[str, ...]:
        """As `SearchEngine.passed_over`, as of the last look."""
        return () if self._look.snapshot is None else self._look.reasons

    def close(self) -> None:
        """Let go of all that this process holds in the cluster."""
        self._kept.clear()
        snapshot, self._look = self._look.snapshot, _Look()
        if snapshot is not None:
            snapshot.close()

    def _holds(self, look: _Look) -> bool:
        return self._clock() - look.moment < LOOK_SECONDS

    def _newest_look(self) -> _Look:
        look = self._look
        if self._holds(look):
            return look
        if look.snapshot is None:
            return self._looking.result()
        return self._looking.result_within(self._patience) or look

    def _look_again(self) -> _Look:
        last = self._look
        # Another look may have ended just before this one began.
        if self._holds(last):
            return last
        self._look = look = self._new_look(last)
        return look

    def _new_look(self, last: _Look) -> _Look:
        try:
            found = find_all(self._client, self._prefix, SEARCH_SECONDS)
        except ClusterUnavailable as error:
            return self._failed(last, str(error))
        unfinished = (one.published for one in found if one.is_unfinished)
        begun = next((published.sequence for published in unfinished if published is not None), None)
        try:
            first = searched(found)
        except GenerationMissing as error:
            return _Look(moment=self._clock(), reasons=(str(error),), begun=begun)
        reasons: list[str] = []
        stale: list[str] = []
        for one in (first, *(other for other in found if other is not first)):
            if one is not first and not one.is_finished:
                continue
            try:
                snapshot = self._newest_of(one, last.snapshot)
            except GenerationStale as error:
                # Another version of the program, which may be running too, wants it as it is.
                stale.append(str(error))
            except GenerationDamaged as error:
                reasons.append(str(error))
            else:
                return self._told(_Look(snapshot, self._clock(), tuple(reasons)), last)
        return self._told(_Look(moment=self._clock(), reasons=(*reasons, *stale), begun=begun), last)

    def _told(self, look: _Look, last: _Look) -> _Look:
        """The look, with what is new in it in the log."""
        for reason in look.reasons:
            if reason not in last.reasons:
                _log.warning("passed over: %s", reason)
        return look

    def _failed(self, last: _Look, reason: str) -> _Look:
        """After a look that the cluster did not answer."""
        now = self._clock()
        failing = now if last.failing is None else last.failing
        snapshot = last.snapshot if now - failing < FORMER_SECONDS else None
        if last.failing is None:
            _log.warning("what is published cannot be seen: %s", reason)
        return _Look(snapshot, now, (reason,), failing)

    def _newest_of(self, one: Found, last: OpenSearchSnapshot | None) -> OpenSearchSnapshot:
        """The last commit of a generation. Raises GenerationStale and GenerationDamaged."""
        published = self._checked(one)
        newest = published.newest
        if newest is None:
            raise GenerationStale(f"{one.generation.index} has no commit yet")
        if last is not None and last.is_of(one.generation, newest):
            return last
        snapshot = self._of_commit(one, published, newest)
        self._kept.saw(snapshot)
        return snapshot

    def _checked(self, one: Found) -> Published:
        """What a generation says of itself. Raises GenerationDamaged, and GenerationStale where it was made
        for another program."""
        published = one.state()
        if not one.is_finished:
            raise GenerationDamaged(one.generation.index, "it was set aside")
        if (published.analyzer, published.scoring) != (self._analyzer, self._scoring):
            raise GenerationStale(
                f"{one.generation.index} was made with analyzer {published.analyzer} for "
                f"{published.scoring}; this program has analyzer {self._analyzer} and {self._scoring}"
            )
        return published

    def _of_commit(self, one: Found, published: Published, commit: Commit) -> OpenSearchSnapshot:
        state = State(self._client, one.generation, commit)
        vocabulary = Vocabulary(self._client, vocabulary_index(one.generation), state)
        return OpenSearchSnapshot(state, published, vocabulary)

    def _of_name(self, name: str) -> OpenSearchSnapshot:
        """A state that a generation says it still has. Raises SnapshotGone and EngineUnavailable."""
        match = _NAME.fullmatch(name)
        if match is None:
            raise _gone(name)
        try:
            found = find_all(self._client, self._prefix, PINNING_SECONDS)
        except ClusterUnavailable as error:
            raise EngineUnavailable(str(error)) from error
        number, wanted = map(int, match.groups())
        for one in found:
            if one.generation.number == number and one.published is not None and one.is_finished:
                for commit in one.published.recent:
                    if commit.commit == wanted:
                        return self._of_commit(one, self._checked_or_gone(one, name), commit)
        raise _gone(name)

    def _checked_or_gone(self, one: Found, name: str) -> Published:
        try:
            return self._checked(one)
        except GenerationStale as error:
            raise _gone(name) from error


def _gone(name: str) -> SnapshotGone:
    return SnapshotGone(f"the state {name} of the index is no longer kept; start again from the first page")
