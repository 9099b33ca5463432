"""Says what an article is about, and by which phrases."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from index.article import TAG_SEPARATOR, TopicTag
from index.text.folding import Folding
from index.topics.matcher import PhraseMatcher
from index.topics.rule_file import load_taxonomy
from index.topics.taxonomy import Scoring, Taxonomy, Topic

MOST_EVIDENCE = 5
"""So many phrases explain a topic; more are not read."""

DECIMALS = 2
"""Weights are rounded, so that they are the same on every machine."""


@dataclass(frozen=True, slots=True)
class _Share:
    """What one phrase adds to a topic."""

    phrase: str
    points: float


class TopicTagger:
    """Tags articles by a taxonomy. Reads folded text without white space; the script makes no difference.

    Immutable once made, so threads can share it. Time is bounded: each part is read up to the length that the
    rules name (0.5 ms a page on average, see docs/topics.md).
    """

    __slots__ = ("_folding", "_matcher", "_meanings", "_taxonomy")

    def __init__(self, folding: Folding, taxonomy: Taxonomy) -> None:
        self._folding = folding
        self._taxonomy = taxonomy
        meanings: dict[str, dict[str, float]] = {}
        for subject in taxonomy.subjects():
            for phrase in subject.phrases:
                points_of = meanings.setdefault(phrase.text, {})
                for name in (subject.name, subject.parent):
                    if name is not None:
                        points_of[name] = max(phrase.points, points_of.get(name, 0.0))
        self._meanings = meanings
        self._matcher = PhraseMatcher(meanings)

    @classmethod
    def load(cls, folding: Folding, path: Path | None = None) -> Self:
        """A tagger by a rule file, by default by the one that comes with this program.

        Raises TopicRulesInvalid where the file cannot be used.
        """
        return cls(folding, load_taxonomy(folding, path))

    @property
    def taxonomy(self) -> Taxonomy:
        return self._taxonomy

    def tag(self, *, title: str, lead: str, body: str, tags: Sequence[str]) -> tuple[TopicTag, ...]:
        """The topics of an article, strongest first; a sub-topic never without its parent, and behind it.

        A tag's weight is its points; its evidence are at most five phrases of the rules, strongest first, and
        each of them stands in the article (folded, white space aside).
        """
        shares = self._shares(title, lead, body, tags)
        points = {name: math.fsum(share.points for share in given) for name, given in shares.items()}
        given = [topic for parent in self._upper(points) for topic in (parent, *self._below(parent, points))]
        return tuple(
            TopicTag(topic.name, round(points[topic.name], DECIMALS), _evidence(shares[topic.name]))
            for topic in sorted(given, key=lambda topic: -points[topic.name])
        )

    def _upper(self, points: Mapping[str, float]) -> Sequence[Topic]:
        """The topics of the upper level that are given, strongest first."""
        scoring = self._scoring
        least = max(scoring.threshold, scoring.share * max(points.values(), default=0.0))
        enough = [topic for topic in self._taxonomy.upper if points.get(topic.name, 0.0) >= least]
        return sorted(enough, key=lambda topic: -points[topic.name])[: scoring.most]

    def _below(self, parent: Topic, points: Mapping[str, float]) -> Sequence[Topic]:
        """The sub-topics of a given topic that are given too."""
        least = max(self._scoring.threshold, self._scoring.share_of_parent * points[parent.name])
        return [topic for topic in self._taxonomy.below(parent.name) if points.get(topic.name, 0.0) >= least]

    @property
    def _scoring(self) -> Scoring:
        return self._taxonomy.scoring

    def _shares(
        self, title: str, lead: str, body: str, tags: Sequence[str]
    ) -> Mapping[str, Sequence[_Share]]:
        """By subject, what its phrases and those of its sub-topics add to it, each phrase once."""
        scoring = self._scoring
        text = self._plain(body)
        opening = TAG_SEPARATOR.join((self._plain(lead), self._plain(TAG_SEPARATOR.join(tags))))
        rest = text[scoring.opening_length :]
        in_title = Counter(self._matcher.find(self._plain(title)))
        in_opening = Counter(self._matcher.find(opening))
        in_opening.update(self._matcher.find(text[: scoring.opening_length]))
        in_rest = Counter(self._matcher.find(rest))
        thousands = max(len(rest), 1000) / 1000
        shares: dict[str, list[_Share]] = {}
        for phrase in in_title | in_opening | in_rest:
            factor = (
                scoring.title * min(in_title[phrase], 1)
                + scoring.opening * _saturated(in_opening[phrase])
                + scoring.body * _saturated(in_rest[phrase] / thousands)
            )
            for subject, points in self._meanings[phrase].items():
                shares.setdefault(subject, []).append(_Share(phrase, points * factor))
        return shares

    def _plain(self, text: str) -> str:
        """The text as far as it is read, folded, without white space (of which half of it may consist)."""
        most = self._scoring.read_length
        return "".join(self._folding.fold(text[: 2 * most]).split())[:most]


def _evidence(shares: Sequence[_Share]) -> tuple[str, ...]:
    """The phrases that added most, strongest first."""
    speaking = [share for share in shares if share.points > 0]
    speaking.sort(key=lambda share: (-share.points, share.phrase))
    return tuple(share.phrase for share in speaking[:MOST_EVIDENCE])


def _saturated(count: float) -> float:
    """0 for none, a half for one, three quarters for two, never 1: repeating a phrase says less each time."""
    return 1 - math.exp2(-count)
