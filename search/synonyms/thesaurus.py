"""Finds the forms of synonym rules in a run."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from index.text.characters import compact
from index.text.folding import Folding
from search.expansion.alternative import AlternativeKind
from search.expansion.folded_run import FoldedRun
from search.expansion.source import Found, Reading
from search.synonyms.rules import Group, OneWay, SetAside, SynonymFile, SynonymRule

SHORT: Final = 2
"""Code points of a form up to which it often stands there by chance (高铁 in 提高铁路, 民革 in 人民革命).
One of two is only found where no word goes over one of its borders into it, nor over both; one of one only
as the whole run."""


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Forms with their other readings. Immutable and safe to share between threads."""

    _readings: Mapping[str, tuple[Reading, ...]] = field(repr=False)
    """By the folded form."""
    _lengths: Mapping[str, tuple[int, ...]] = field(repr=False)
    """How long the forms are that begin with a character."""

    @classmethod
    def of(cls, own: SynonymFile, shipped: Sequence[SynonymFile], folding: Folding) -> "Thesaurus":
        """An operator's own rules first, then those that come with the program without what is set aside."""
        aside = {_key(rule.form, folding) for rule in own.rules if isinstance(rule, SetAside)}
        readings: dict[str, dict[str, Reading]] = {}
        for file in (own, *shipped):
            left_out = frozenset[str]() if file is own else aside
            for rule in file.rules:
                for source, target, kind in _pairs(rule, folding):
                    keys = _key(source, folding), _key(target, folding)
                    if left_out.isdisjoint(keys):
                        reading = Reading(target, keys[1], kind, file.place(rule))
                        readings.setdefault(keys[0], {}).setdefault(keys[1], reading)
        lengths: dict[str, set[int]] = {}
        for form in readings:
            lengths.setdefault(form[0], set()).add(len(form))
        return cls(
            {form: tuple(others.values()) for form, others in readings.items()},
            {first: tuple(sorted(counts)) for first, counts in lengths.items()},
        )

    def found(self, run: FoldedRun) -> Iterator[Found]:
        """Every form that stands in the run."""
        for start, first in enumerate(run.text):
            for length in self._lengths.get(first, ()):
                end = start + length
                readings = self._readings.get(run.text[start:end]) if end <= len(run.text) else None
                if readings is not None and _stands_alone(run, start, end):
                    yield Found(start, end, readings)


def _key(form: str, folding: Folding) -> str:
    return compact(folding.fold(form))


def _pairs(rule: SynonymRule, folding: Folding) -> Iterator[tuple[str, str, AlternativeKind]]:
    match rule:
        case Group():
            for source in rule.forms:
                for target in rule.forms:
                    if source != target:
                        yield source, target, _kind(_key(source, folding), _key(target, folding))
        case OneWay():
            for source in rule.sources:
                for target in rule.targets:
                    yield source, target, AlternativeKind.ONE_WAY
        case SetAside():
            pass


def _kind(one: str, other: str) -> AlternativeKind:
    """Marks do not count: “十四五”规划 is an abbreviation too."""
    short, long = sorted(("".join(filter(str.isalnum, form)) for form in (one, other)), key=len)
    rest = iter(long)
    if len(short) < len(long) and all(char in rest for char in short):
        return AlternativeKind.ABBREVIATION
    return AlternativeKind.SYNONYM


def _stands_alone(run: FoldedRun, start: int, end: int) -> bool:
    """Whether this is the form itself, and no chance neighbourhood of other words' characters."""
    if end - start < SHORT:
        return end - start == len(run.text)
    if end - start == SHORT and any(
        over_a_border(start, end)
        for over_a_border in (run.begins_in_a_word, run.ends_in_a_word, run.lies_in_a_word)
    ):
        return False
    return not (_joins(run.text, start) or _joins(run.text, end))


def _joins(text: str, at: int) -> bool:
    """Whether the characters before and behind this place are of one Latin word or number."""
    return 0 < at < len(text) and all(char.isascii() and char.isalnum() for char in text[at - 1 : at + 1])
