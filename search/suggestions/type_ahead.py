"""Type-ahead: texts of the articles that go on from what was typed."""

import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from index.analysis.analyzer import Analyzer
from index.article import Part
from search.deadline import Deadline
from search.engine import SearchEngine
from search.errors import SearchTimeout
from search.plan import Anchor, Characters, Keyword, Node
from search.suggestions.completions import Completion, Completions
from search.suggestions.counts import Counts
from search.suggestions.followed import CurrentVocabulary
from search.suggestions.suggestion import MAX_SUGGESTIONS, MAX_TYPED, Matched, Suggestion, SuggestionKind
from search.suggestions.terms import FIELDS
from search.suggestions.vocabulary import state_of

SECONDS: Final = 0.3
"""Engine time of one answer (the team's reliability notes): who types has typed on by then."""

LIMIT: Final = 8
"""Suggestions where no number is asked for (API contract)."""

_log = logging.getLogger(__name__)

_NAMES = frozenset(SuggestionKind) - {SuggestionKind.WORD, SuggestionKind.TITLE}


@dataclass(frozen=True, slots=True)
class _Candidate:
    kind: SuggestionKind
    completion: Completion
    estimate: int
    """What its vocabulary counted."""

    @property
    def order(self) -> tuple[bool, int, int]:
        """The commonest first; behind them words and titles that share no more than first letters, as
        hundreds do."""
        is_vague = self.completion.matched is Matched.INITIALS and self.kind not in _NAMES
        return is_vague, -self.estimate, self.completion.rank


@dataclass(frozen=True, slots=True)
class TypeAhead:
    """Suggests what is in the newest state of the index. Safe to share between threads."""

    engine: SearchEngine
    vocabulary: CurrentVocabulary
    analyzer: Analyzer
    counts: Counts

    def suggest(
        self, typed: str, limit: int = LIMIT, kinds: Collection[SuggestionKind] = frozenset(SuggestionKind)
    ) -> tuple[Suggestion, ...]:
        """At most `limit` texts (1 to MAX_SUGGESTIONS) of these kinds, the commonest first; none finds
        nothing.

        The commonest of each kind has a place, so that rare kinds, as titles are, are not crowded out.
        Nothing goes on from more than MAX_TYPED code points, or while there is no vocabulary; what
        cannot be counted within SECONDS is left out. Raises IndexUnavailable.
        """
        if not 1 <= limit <= MAX_SUGGESTIONS:
            raise ValueError(f"limit is 1 to {MAX_SUGGESTIONS}")
        folded = " ".join(self.analyzer.folding.fold(typed).split())
        if not folded or len(folded) > MAX_TYPED:
            return ()
        vocabulary = self.vocabulary.current()
        if vocabulary is None:
            return ()
        snapshot = self.engine.snapshot()
        deadline = Deadline.after(SECONDS)
        sounds = vocabulary.syllables.read(folded)
        candidates = [
            _Candidate(kind, completion, completions.counts[completion.rank])
            for kind, completions in vocabulary.completions.items()
            if kind in kinds
            for completion in completions.find(folded, sounds, limit)
        ]
        is_newest = vocabulary.state == state_of(snapshot)
        found: list[tuple[_Candidate, Suggestion]] = []
        try:
            for candidate in _by_turns(candidates):
                completions = vocabulary.completions[candidate.kind]
                if is_newest and candidate.kind in FIELDS:
                    # Values were counted in this very state.
                    count = candidate.estimate
                else:
                    value = completions.values[candidate.completion.rank]
                    count = self.counts.count(snapshot, self._node(candidate.kind, value), deadline)
                if count:
                    found.append((candidate, _suggestion(candidate, completions, count)))
                if len(found) == limit:
                    break
        except SearchTimeout:
            _log.info("%d of %d candidates could be counted in time", len(found), len(candidates))
        found.sort(key=lambda pair: (pair[0].order[0], -pair[1].count, pair[0].order))
        return tuple(suggestion for _, suggestion in found)

    def _node(self, kind: SuggestionKind, value: str) -> Node:
        match kind:
            case SuggestionKind.WORD:
                return Characters(self.analyzer.characters(value))
            case SuggestionKind.TITLE:
                return Characters(self.analyzer.characters(value), (Part.TITLE,), Anchor.WHOLE)
            case _:
                return Keyword(kind.value, (value,))


def _suggestion(candidate: _Candidate, completions: Completions, count: int) -> Suggestion:
    completion = candidate.completion
    return Suggestion(
        text=completions.texts[completion.rank],
        kind=candidate.kind,
        value=completions.values[completion.rank],
        count=count,
        matched=completion.matched,
        highlights=((completion.start, completion.length),),
    )


def _by_turns(candidates: list[_Candidate]) -> Iterator[_Candidate]:
    """The first of each kind in their order, then all others in theirs."""
    ranked = sorted(candidates, key=lambda candidate: candidate.order)
    firsts: dict[SuggestionKind, _Candidate] = {}
    for candidate in ranked:
        firsts.setdefault(candidate.kind, candidate)
    yield from firsts.values()
    yield from (candidate for candidate in ranked if firsts[candidate.kind] is not candidate)
