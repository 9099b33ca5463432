"""Type-ahead: texts of the articles that go on from what was typed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from index.analysis.analyzer import Analyzer
from index.article import Part
from search.deadline import Deadline
from search.engine import SearchEngine, Snapshot
from search.plan import Anchor, ByScore, Characters, Keyword, Node, Plan
from search.suggestions.completions import Completion, Completions
from search.suggestions.followed import FollowedVocabulary
from search.suggestions.suggestion import MAX_SUGGESTIONS, MAX_TYPED, Matched, Suggestion, SuggestionKind

SECONDS: Final = 1.0
"""Engine time of one answer: who types has typed on by then."""

LIMIT: Final = 8
"""Suggestions where no number is asked for (API contract)."""

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
    vocabulary: FollowedVocabulary
    analyzer: Analyzer

    def suggest(
        self, typed: str, limit: int = LIMIT, kinds: Collection[SuggestionKind] = frozenset(SuggestionKind)
    ) -> tuple[Suggestion, ...]:
        """At most `limit` texts (1 to MAX_SUGGESTIONS) of these kinds, the commonest first; none finds
        nothing.

        The commonest of each kind has a place, so that rare kinds, as titles are, are not crowded out.
        Nothing goes on from more than MAX_TYPED code points. Raises IndexUnavailable and SearchTimeout.
        """
        if not 1 <= limit <= MAX_SUGGESTIONS:
            raise ValueError(f"limit is 1 to {MAX_SUGGESTIONS}")
        folded = " ".join(self.analyzer.folding.fold(typed).split())
        if not folded or len(folded) > MAX_TYPED:
            return ()
        vocabulary = self.vocabulary.current()
        snapshot = self.engine.snapshot()
        deadline = Deadline.after(SECONDS)
        sounds = vocabulary.syllables.read(folded)
        candidates = [
            _Candidate(kind, completion, completions.counts[completion.rank])
            for kind, completions in vocabulary.completions.items()
            if kind in kinds
            for completion in completions.find(folded, sounds, limit)
        ]
        found: list[tuple[_Candidate, Suggestion]] = []
        for candidate in _by_turns(candidates):
            completions = vocabulary.completions[candidate.kind]
            suggestion = self._suggestion(candidate, completions, snapshot, deadline)
            if suggestion.count:
                found.append((candidate, suggestion))
            if len(found) == limit:
                break
        found.sort(key=lambda pair: (pair[0].order[0], -pair[1].count, pair[0].order))
        return tuple(suggestion for _, suggestion in found)

    def _suggestion(
        self, candidate: _Candidate, completions: Completions, snapshot: Snapshot, deadline: Deadline
    ) -> Suggestion:
        rank = candidate.completion.rank
        text, value = completions.texts[rank], completions.values[rank]
        plan = Plan(query=self._node(candidate.kind, value), filters=(), order=ByScore(), offset=0, limit=0)
        return Suggestion(
            text=text,
            kind=candidate.kind,
            value=value,
            count=snapshot.search(plan, deadline).total,
            matched=candidate.completion.matched,
            highlights=((candidate.completion.start, candidate.completion.length),),
        )

    def _node(self, kind: SuggestionKind, value: str) -> Node:
        match kind:
            case SuggestionKind.WORD:
                return Characters(self.analyzer.characters(value))
            case SuggestionKind.TITLE:
                return Characters(self.analyzer.characters(value), (Part.TITLE,), Anchor.WHOLE)
            case _:
                return Keyword(kind.value, (value,))


def _by_turns(candidates: list[_Candidate]) -> Iterator[_Candidate]:
    """The first of each kind in their order, then all others in theirs."""
    ranked = sorted(candidates, key=lambda candidate: candidate.order)
    firsts: dict[SuggestionKind, _Candidate] = {}
    for candidate in ranked:
        firsts.setdefault(candidate.kind, candidate)
    yield from firsts.values()
    yield from (candidate for candidate in ranked if firsts[candidate.kind] is not candidate)
