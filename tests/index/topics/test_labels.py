"""The labelled articles are as docs/topics.md says, and the rules agree with them as the goal asks."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.topics import GOAL, HALVES, Label, agreement, articles, read_labels
from index.text.folding import Folding
from index.topics.rule_file import load_taxonomy
from index.topics.tagger import TopicTagger

BULK = Path(__file__).resolve().parents[4] / "shared/data/bulk"

MOST_TOPICS = 3


@pytest.fixture(scope="module")
def labels() -> dict[str, Label]:
    return dict(read_labels())


def test_each_half_has_150_articles_of_its_own(labels: dict[str, Label]) -> None:
    assert len(list(read_labels())) == len(labels)
    assert Counter(label.half for label in labels.values()) == dict.fromkeys(HALVES, 150)


def test_labels_are_topics_of_the_upper_level(labels: dict[str, Label], folding: Folding) -> None:
    upper = {topic.name for topic in load_taxonomy(folding).upper}
    assert {topic for label in labels.values() for topic in label.topics} == upper
    for label in labels.values():
        assert len(set(label.topics)) == len(label.topics) <= MOST_TOPICS


def test_agreement_counts_each_topic_by_itself() -> None:
    pairs = [(("甲", "乙"), ("甲",)), (("甲",), ("乙",)), ((), ("甲",))]
    score = agreement("甲", pairs)
    assert (score.right, score.wrong, score.missed) == (1, 1, 1)
    assert (score.precision, score.recall, score.f1) == (0.5, 0.5, 0.5)


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("half", HALVES)
def test_mean_f1_reaches_the_goal(labels: dict[str, Label], folding: Folding, half: str) -> None:
    tagger = TopicTagger.load(folding)
    wanted = frozenset(name for name, label in labels.items() if label.half == half)
    pairs = [
        (labels[name].topics, [tag.name for tag in tagger.tag(title=title, lead="", body=text, tags=())])
        for name, title, text in articles(BULK, wanted)
    ]
    assert len(pairs) == len(wanted)
    upper = tagger.taxonomy.upper
    assert sum(agreement(topic.name, pairs).f1 for topic in upper) / len(upper) >= GOAL
