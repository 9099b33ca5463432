"""What can be suggested in one state of the index."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, pairwise

from index.text.folding import Folding
from search.engine import Snapshot
from search.suggestions.character_pairs import CharacterPairs
from search.suggestions.character_triples import CharacterTriples
from search.suggestions.columns import Columns, part, under
from search.suggestions.completions import MAX_SOUNDS, Completions, Entry
from search.suggestions.near_texts import NearTexts
from search.suggestions.neighbours import UNSEEN
from search.suggestions.suggestion import SuggestionKind
from search.suggestions.syllables import Syllables


@dataclass(frozen=True, slots=True)
class Term:
    """A text of the articles that `count` of them have; `value` is what a filter of its kind takes for it."""

    kind: SuggestionKind
    text: str
    value: str
    count: int


def state_of(snapshot: Snapshot) -> str:
    """A name for this state of the index that no other has: the number of a generation comes again where the
    index was deleted."""
    committed = "" if snapshot.committed is None else snapshot.committed.isoformat()
    return f"{snapshot.generation} {snapshot.sequence} {committed}".rstrip()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The texts that can be suggested, by kind, and how usual characters are side by side in them.

    `state` names that state (`state_of`). Immutable and safe to share between threads.
    """

    state: str
    completions: Mapping[SuggestionKind, Completions] = field(repr=False)
    words: Completions = field(repr=False)
    """The texts of all kinds but titles, each once."""
    pairs: CharacterPairs = field(repr=False)
    triples: CharacterTriples = field(repr=False)
    titles: NearTexts = field(repr=False)
    syllables: Syllables = field(repr=False)

    @classmethod
    def of(cls, state: str, terms: Iterable[Term], folding: Folding, syllables: Syllables) -> "Vocabulary":
        """The vocabulary of these terms; terms of one kind that fold to the same text and value are joined.

        107,000 titles and 100,000 words take 12 s of a processor and then 55 MB.
        """
        found: dict[SuggestionKind, dict[tuple[str, str], Entry]] = {kind: {} for kind in SuggestionKind}
        for term in terms:
            _add(found[term.kind], term, folding)
        completions = {kind: Completions.of(entries.values(), syllables) for kind, entries in found.items()}
        return cls(
            state=state,
            completions=completions,
            words=Completions.of(_joined(found), syllables),
            pairs=CharacterPairs.of(
                (entry.folded, entry.count) for entries in found.values() for entry in entries.values()
            ),
            triples=CharacterTriples.of(
                entry.folded for entries in found.values() for entry in entries.values()
            ),
            titles=NearTexts.of(completions[SuggestionKind.TITLE].typed),
            syllables=syllables,
        )

    @classmethod
    def from_columns(cls, state: str, columns: Columns, syllables: Syllables) -> "Vocabulary":
        """The vocabulary that has these columns, made with the same syllables. Raises KeyError where one is
        missing."""
        completions = {
            kind: Completions.from_columns(part(columns, kind.value), syllables) for kind in SuggestionKind
        }
        return cls(
            state=state,
            completions=completions,
            words=Completions.from_columns(part(columns, "words"), syllables),
            pairs=CharacterPairs.from_columns(part(columns, "pairs")),
            triples=CharacterTriples.from_columns(part(columns, "triples")),
            titles=NearTexts.from_columns(
                completions[SuggestionKind.TITLE].typed, part(columns, "near_titles")
            ),
            syllables=syllables,
        )

    @property
    def columns(self) -> Columns:
        """All that it holds but the syllables."""
        found = {
            **under("words", self.words.columns),
            **under("pairs", self.pairs.columns),
            **under("triples", self.triples.columns),
            **under("near_titles", self.titles.columns),
        }
        for kind, completions in self.completions.items():
            found |= under(kind.value, completions.columns)
        return found

    def is_usual(self, text: str) -> bool:
        """Whether all neighbours in a folded text were seen side by side, in twos and in threes."""
        return not self.triples.unseen(text) and all(
            self.pairs.weight(first, second) > UNSEEN for first, second in pairwise(text)
        )

    def sounding(self, text: str, limit: int) -> tuple[str, ...]:
        """The commonest texts but titles that sound as this folded one does, itself left out."""
        return self._sounding(self.words, text, limit)

    def sounding_titles(self, text: str, limit: int) -> tuple[str, ...]:
        """The commonest titles that sound as this folded text does, itself left out."""
        return self._sounding(self.completions[SuggestionKind.TITLE], text, limit)

    def spelled(self, sounds: str, limit: int) -> tuple[tuple[int, str], ...]:
        """The commonest texts with these sounds, each with its count."""
        return tuple(
            (completions.counts[rank], completions.typed[rank])
            for completions in (self.words, self.completions[SuggestionKind.TITLE])
            for rank in completions.sounding(sounds, limit)
        )[:limit]

    def _sounding(self, completions: Completions, text: str, limit: int) -> tuple[str, ...]:
        if len(text) > MAX_SOUNDS or not all(map(self.syllables.of, text)):
            return ()
        found = {rank for key in self.syllables.keys(text) for rank in completions.sounding(key, limit + 1)}
        texts = map(completions.typed.__getitem__, sorted(found))
        # Keys agree in rare readings of both texts, too.
        alike = (one for one in texts if one != text and self.syllables.sound_alike(one, text))
        return tuple(islice(alike, limit))


def _joined(found: Mapping[SuggestionKind, Mapping[tuple[str, str], Entry]]) -> Iterator[Entry]:
    """Each text of the kinds but titles once, with its highest count."""
    best: dict[str, Entry] = {}
    for kind, entries in found.items():
        for entry in entries.values() if kind is not SuggestionKind.TITLE else ():
            known = best.get(entry.folded)
            if known is None or known.count < entry.count:
                best[entry.folded] = entry
    yield from best.values()


def _add(entries: dict[tuple[str, str], Entry], term: Term, folding: Folding) -> None:
    folded = folding.fold(term.text)
    key = (folded, folded if term.value == term.text else term.value)
    known = entries.get(key)
    if known is None:
        entries[key] = Entry(term.text, folded, term.value, term.count)
    else:
        entries[key] = Entry(known.text, folded, known.value, known.count + term.count)
