"""Did you mean: queries that were probably meant, each with what it finds."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from index.analysis.analyzer import Analyzer
from index.text.edits import RepairedText
from index.text.rules.rule import Rule
from search.deadline import Deadline
from search.engine import SearchEngine
from search.errors import QueryTooComplex
from search.plan import And, Characters, Node, Word
from search.request import MAX_CLAUSES, MAX_QUERY, SearchRequest
from search.results import Span
from search.suggestions.counts import Counts
from search.suggestions.followed import CurrentVocabulary
from search.suggestions.misspellings import Misspellings
from search.suggestions.pinyin_typed import meant_by_letters
from search.suggestions.rewriting import Rewriting
from search.suggestions.suggestion import MAX_TYPED, Correction, Reason
from search.suggestions.totals import Totals
from search.suggestions.typed import TypedText, typed_texts

LIMIT: Final = 3
"""Queries that are offered; a longer list nobody reads."""

PROBED: Final = 12
"""Rewritings of a text that the index is asked about, the likeliest."""

KEPT: Final = 4
"""Rewritings of a text that are put into the query."""

FAR_COMMONER: Final = 10
"""How many times as many articles must have what is offered in place of a text that some article has."""

FAR_LIKELIER: Final = 12.0
"""By how much, in binary logarithms, one rewriting must be likelier than another for that to be left out."""

NO_CHANCE: Final = 3
"""Articles with a text, as many as with one that it is a piece of, from which on that says what was meant. As
many by chance have fewer: without this, five of 100 extra characters more were not undone (2026-11-28)."""

MAX_TEXTS: Final = 4
"""Texts of a query that are rewritten, the first that the index does not have."""

Count = Callable[[Node], int]
"""Gives how many articles match."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    q: str
    reason: Reason
    highlights: tuple[Span, ...]
    gain: float


@dataclass(frozen=True, slots=True)
class DidYouMean:
    """Finds what a query was meant as. Safe to share between threads.

    A text of the query is what stands between white space: what the query language makes of it is left alone.
    `mojibake` is the rule of the repair that undoes it.
    """

    engine: SearchEngine
    vocabulary: CurrentVocabulary
    analyzer: Analyzer
    mojibake: Rule
    totals: Totals
    counts: Counts

    def corrections(
        self, request: SearchRequest, deadline: Deadline, limit: int = LIMIT, least_gain: float = -math.inf
    ) -> tuple[Correction, ...]:
        """At most `limit` other queries, the likeliest first; each finds something under the filters, and
        nothing that is put in place of a text has less than this gain.

        Whether to offer them is for who knows what the query itself found: the more that is, the less they
        help. Nothing is made of a text of more than MAX_TYPED code points, and little without a vocabulary.
        Raises what searching raises.
        """
        found: dict[str, Correction] = {}
        for candidate in self._candidates(request.q, deadline, least_gain):
            if len(found) == limit:
                break
            if candidate.q == request.q or candidate.q in found or len(candidate.q) > MAX_QUERY:
                continue
            try:
                count = self.totals.count(replace(request, q=candidate.q), deadline)
            except QueryTooComplex:
                # What is offered in place of a text may have more parts than it, and the query too many then.
                continue
            if count:
                found[candidate.q] = Correction(
                    q=candidate.q,
                    count=count,
                    reason=candidate.reason,
                    highlights=candidate.highlights,
                    gain=candidate.gain,
                )
        return tuple(found.values())

    def is_doubtful(self, q: str) -> bool:
        """Whether something in a query looks misspelt, whatever it finds; costs next to nothing."""
        vocabulary = self.vocabulary.current()
        return vocabulary is not None and any(
            not vocabulary.is_usual(self.analyzer.folding.fold(text.text))
            for text in typed_texts(q)[:MAX_CLAUSES]
        )

    def _candidates(self, q: str, deadline: Deadline, least_gain: float) -> Iterator[_Candidate]:
        yield from self._read_wrongly(q)
        vocabulary = self.vocabulary.current()
        if vocabulary is None:
            return
        likely = _Likely(Misspellings(vocabulary, self.analyzer), least_gain)
        snapshot = self.engine.snapshot()

        def count(node: Node) -> int:
            return self.counts.count(snapshot, node, deadline)

        texts = [
            (text, count(self._as_it_stands(text.text)))
            for text in typed_texts(q)[:MAX_CLAUSES]
            if len(text.text) <= MAX_TYPED
        ]
        missing = [(text, standing) for text, standing in texts if not standing]
        rewritten = [
            (text, rewritings)
            for text, standing in (missing or texts)[:MAX_TEXTS]
            if (rewritings := self._rewritings(text, standing, likely, count))
        ]
        combinations = _together(rewritten) if missing else _one_by_one(rewritten)
        for combination in combinations:
            yield _rewrite(q, combination)

    def _read_wrongly(self, q: str) -> Iterator[_Candidate]:
        if edits := self.mojibake.find(q):
            repaired = RepairedText(q).then(edits)
            spans = tuple((change.start, change.end - change.start) for change in repaired.changes)
            yield _Candidate(repaired.text, Reason.MOJIBAKE, spans, math.inf)

    def _rewritings(
        self, typed: TypedText, standing: int, likely: "_Likely", count: Count
    ) -> tuple[Rewriting, ...]:
        """What a text that stands in so many articles may be meant as, of what the index has."""
        run = self.analyzer.folding.fold(typed.text)
        meant = likely.meant(run)
        found = self._standing(meant, standing * FAR_COMMONER, count)
        if standing:
            found += self._standing(likely.unfinished(run), 0, count)
        if found or standing:
            ranked = sorted(_whole(found), key=lambda one: (-one.likelihood, one.rewriting.text))
            return tuple(one.rewriting for one in ranked[:KEPT])
        by_words = (rewriting for rewriting in meant if count(self._by_words(rewriting.text)))
        return tuple(islice(by_words, KEPT))

    def _standing(self, likely: Sequence[Rewriting], least: int, count: Count) -> "list[_Standing]":
        """Those that stand as they are in more than `least` articles."""
        found: list[_Standing] = []
        best = -math.inf
        for rewriting in likely:
            if rewriting.gain < best - FAR_LIKELIER:
                break
            articles = count(self._as_it_stands(rewriting.text))
            if articles > least:
                # Halved, as what is usual in titles and words has raised the gain already.
                likelihood = rewriting.gain + math.log2(1 + articles) / 2
                best = max(best, likelihood)
                found.append(_Standing(rewriting, articles, likelihood))
        return found

    def _as_it_stands(self, text: str) -> Node:
        return Characters(self.analyzer.characters(text))

    def _by_words(self, text: str) -> Node:
        return And(tuple(map(Word, self.analyzer.query_words(text))))


@dataclass(frozen=True, slots=True)
class _Likely:
    """Rewritings of a run that have at least a gain, the likeliest first."""

    misspellings: Misspellings
    least_gain: float

    def meant(self, run: str) -> tuple[Rewriting, ...]:
        """What the run may have been meant as: PROBED of them at most."""
        by_letters = meant_by_letters(run, self.misspellings.vocabulary, KEPT)
        return self._sure(by_letters or self.misspellings.of(run, PROBED))

    def unfinished(self, run: str) -> tuple[Rewriting, ...]:
        """What the run may be all but one end character of: PROBED of them at most."""
        return self._sure(self.misspellings.unfinished(run, PROBED))

    def _sure(self, rewritings: Sequence[Rewriting]) -> tuple[Rewriting, ...]:
        return tuple(rewriting for rewriting in rewritings if rewriting.gain >= self.least_gain)


@dataclass(frozen=True, slots=True)
class _Standing:
    """A rewriting that stands as it is in so many articles, and how likely it is in all."""

    rewriting: Rewriting
    articles: int
    likelihood: float


def _whole(found: Sequence[_Standing]) -> list[_Standing]:
    """Those that are no piece of another one which just as many articles have: 协同创 is 协同创新 there."""
    return [one for one in found if not any(_is_piece(one, other) for other in found if other is not one)]


def _is_piece(one: _Standing, other: _Standing) -> bool:
    is_chance = one.articles < NO_CHANCE
    return not is_chance and one.articles == other.articles and one.rewriting.text in other.rewriting.text


Combination = Sequence[tuple[TypedText, Rewriting]]
"""Texts of a query, each with what is put in its place."""


def _together(texts: Sequence[tuple[TypedText, tuple[Rewriting, ...]]]) -> Iterator[Combination]:
    """All texts rewritten: each as is likeliest, then one after the other in its other ways."""
    if not texts:
        return
    likeliest = [(typed, rewritings[0]) for typed, rewritings in texts]
    yield likeliest
    for at, (typed, rewritings) in enumerate(texts):
        for rewriting in rewritings[1:]:
            yield [*likeliest[:at], (typed, rewriting), *likeliest[at + 1 :]]


def _one_by_one(texts: Sequence[tuple[TypedText, tuple[Rewriting, ...]]]) -> Iterator[Combination]:
    """One text rewritten and all others as they are, the likeliest first."""
    single = [(typed, rewriting) for typed, rewritings in texts for rewriting in rewritings]
    for each in sorted(single, key=lambda pair: -pair[1].gain):
        yield [each]


def _rewrite(q: str, combination: Combination) -> _Candidate:
    """The query with only those characters changed that have to be: the others stay in the typed script."""
    parts: list[str] = []
    spans: list[Span] = []
    at = length = 0
    for typed, rewriting in combination:
        start = typed.start + rewriting.start
        new = rewriting.text[rewriting.start : rewriting.start + rewriting.length]
        parts += (q[at:start], new)
        length += start - at
        spans.append((length, len(new)))
        length += len(new)
        at = start + len(new) + len(typed.text) - len(rewriting.text)
    parts.append(q[at:])
    reasons = {rewriting.reason for _, rewriting in combination}
    reason = next(reason for reason in reversed(Reason) if reason in reasons)
    return _Candidate(
        q="".join(parts),
        reason=reason,
        highlights=tuple(span for span in spans if span[1]),
        gain=min(rewriting.gain for _, rewriting in combination),
    )
