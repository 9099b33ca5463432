"""The topics that articles can have, in two levels, and the phrases that speak for them."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that speak for a topic, folded; with 0 points an exception, which only takes up its place."""

    text: str
    points: float


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with its own phrases; those of its sub-topics count for it too. `parent` is None above."""

    name: str
    parent: str | None
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """How the places of a phrase become points; lengths are code points without white space.

    A phrase counts its points `title` times in the title, and nearly `opening` or `body` times where it
    stands there often. The opening is the lead, the tags and the first `opening_length` of the body; the rest
    of the body is read up to `read_length`. A topic is given from `threshold` points on: one of the upper
    level from `share` of the points of the strongest subject, and at most `most` of them; a sub-topic from
    `share_of_parent` of the points of its topic.
    """

    title: float
    opening: float
    body: float
    opening_length: int
    read_length: int
    threshold: float
    share: float
    share_of_parent: float
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """All topics, each parent before its sub-topics, in the order of the rule file.

    `asides` are subjects that are no policy topic (a state visit): they compete with the topics and are never
    given to an article.
    """

    topics: tuple[Topic, ...]
    asides: tuple[Topic, ...]
    scoring: Scoring

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all topics, in order."""
        return tuple(topic.name for topic in self.topics)

    @property
    def upper(self) -> tuple[Topic, ...]:
        """The topics of the upper level, in order."""
        return tuple(topic for topic in self.topics if topic.parent is None)

    def below(self, name: str) -> tuple[Topic, ...]:
        """The sub-topics of a topic, in order; none for a sub-topic."""
        return tuple(topic for topic in self.topics if topic.parent == name)

    def subjects(self) -> Iterator[Topic]:
        """Topics and asides."""
        yield from self.topics
        yield from self.asides
