"""What the tagger promises whatever the rules are: order, levels, evidence, limits."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import TopicTag
from index.text.folding import Folding
from index.topics.tagger import MOST_EVIDENCE, TopicTagger

RULES = """
[scoring]
title = 5.0
opening = 3.0
body = 1.0
opening_length = 20
read_length = 100
threshold = 6.0
share = 0.5
share_of_parent = 0.25
most = 2

[grades]
core = 4.0
strong = 2.0
weak = 1.0

[[topic]]
name = "教育"
core = "教育 学校"
weak = "培养"
except = "主题教育"

[[topic]]
name = "职业教育"
parent = "教育"
core = "高职 学校"

[[topic]]
name = "交通"
core = "公路 铁路"

[[topic]]
name = "住房"
core = "住房"

[[aside]]
name = "外交"
core = "访问 会见"
"""


@pytest.fixture(scope="module")
def tagger(folding: Folding, tmp_path_factory: pytest.TempPathFactory) -> TopicTagger:
    path = tmp_path_factory.mktemp("rules") / "topics.toml"
    path.write_text(RULES, encoding="utf-8")
    return TopicTagger.load(folding, path)


def tagged(tagger: TopicTagger, title: str = "", body: str = "", lead: str = "") -> dict[str, float]:
    return {tag.name: tag.weight for tag in tagger.tag(title=title, lead=lead, body=body, tags=())}


def test_an_empty_article_has_no_topic(tagger: TopicTagger) -> None:
    assert tagger.tag(title="", lead="", body="", tags=()) == ()


def test_the_place_of_a_phrase_decides_its_points(tagger: TopicTagger) -> None:
    filler = "甲" * 20
    assert tagged(tagger, title="公路") == {"交通": 20.0}
    assert tagged(tagger, body="公路") == {"交通": 6.0}
    assert tagged(tagger, lead="公路") == {"交通": 6.0}
    assert tagged(tagger, body=filler + "公路") == {}
    assert tagged(tagger, title="公路", body=filler + "公路") == {"交通": 22.0}


def test_tags_count_as_the_opening(tagger: TopicTagger) -> None:
    assert tagger.tag(title="", lead="", body="", tags=("公路",)) == (TopicTag("交通", 6.0, ("公路",)),)


def test_a_phrase_does_not_cross_the_border_of_two_parts(tagger: TopicTagger) -> None:
    assert tagger.tag(title="公", lead="路公", body="路", tags=("公", "路")) == ()


def test_repeating_a_phrase_says_less_each_time(tagger: TopicTagger) -> None:
    once, twice, often = (tagged(tagger, body="公路" * times)["交通"] for times in (1, 2, 10))
    assert (once, twice) == (6.0, 9.0)
    assert 11.0 < often < 12.0


def test_the_body_counts_by_the_length_of_what_is_read(folding: Folding, tmp_path: Path) -> None:
    path = tmp_path / "topics.toml"
    path.write_text(RULES.replace("read_length = 100", "read_length = 100000"), encoding="utf-8")
    tagger = TopicTagger.load(folding, path)
    short = tagged(tagger, title="公路", body="甲" * 500 + "公路")["交通"]
    long = tagged(tagger, title="公路", body="甲" * 5000 + "公路")["交通"]
    assert 20.0 < long < short


def test_text_behind_the_length_that_is_read_has_no_say(tagger: TopicTagger) -> None:
    assert tagged(tagger, title="公路", body="甲" * 100 + "住房" * 50) == {"交通": 20.0}


def test_a_sub_topic_brings_its_parent_and_each_phrase_counts_once_for_it(tagger: TopicTagger) -> None:
    assert tagger.tag(title="学校与高职", lead="", body="", tags=()) == (
        TopicTag("教育", 40.0, ("学校", "高职")),
        TopicTag("职业教育", 40.0, ("学校", "高职")),
    )


def test_a_sub_topic_needs_points_of_its_own(tagger: TopicTagger) -> None:
    assert list(tagged(tagger, title="教育", body="甲" * 20 + "高职")) == ["教育"]


def test_a_sub_topic_needs_its_share_of_the_points_of_its_topic(tagger: TopicTagger) -> None:
    assert tagged(tagger, title="教育", body="高职") == {"教育": 26.0}
    assert tagged(tagger, body="教育高职高职") == {"教育": 15.0, "职业教育": 9.0}


def test_topics_below_their_share_of_the_best_are_left_out(tagger: TopicTagger) -> None:
    assert list(tagged(tagger, title="公路住房")) == ["交通", "住房"]
    assert list(tagged(tagger, title="公路铁路", body="住房")) == ["交通"]


def test_not_more_topics_of_the_upper_level_than_the_rules_allow(tagger: TopicTagger) -> None:
    assert list(tagged(tagger, title="教育公路住房")) == ["教育", "交通"]


def test_an_aside_is_never_given_and_outdoes_what_is_said_in_passing(tagger: TopicTagger) -> None:
    assert tagged(tagger, body="公路") == {"交通": 6.0}
    assert tagged(tagger, title="总统访问", body="公路") == {}
    assert tagged(tagger, title="访问铁路") == {"交通": 20.0}


def test_an_exception_takes_the_place_of_the_phrase_inside_it(tagger: TopicTagger) -> None:
    assert tagged(tagger, title="主题教育") == {}
    assert tagged(tagger, title="主题教育与教育") == {"教育": 20.0}


def test_white_space_inside_a_phrase_is_looked_through(tagger: TopicTagger) -> None:
    assert tagged(tagger, title="公 \n　路") == {"交通": 20.0}


PAGE = st.text(alphabet="教育学校培养高职公路铁访问住房主题甲 \n，ａ5", max_size=300)
PAGES = st.tuples(PAGE, PAGE, PAGE, st.lists(PAGE, max_size=3))


@given(PAGES)
def test_laws(tagger: TopicTagger, folding: Folding, page: tuple[str, str, str, list[str]]) -> None:
    title, lead, body, tags = page
    given = tagger.tag(title=title, lead=lead, body=body, tags=tags)
    parents = {topic.name: topic.parent for topic in tagger.taxonomy.topics}
    names = [tag.name for tag in given]
    assert sum(parents[name] is None for name in names) <= tagger.taxonomy.scoring.most
    assert [tag.weight for tag in given] == sorted((tag.weight for tag in given), reverse=True)
    for position, tag in enumerate(given):
        assert tag.weight >= tagger.taxonomy.scoring.threshold
        parent = parents[tag.name]
        assert parent is None or parent in names[:position]
        assert 0 < len(tag.evidence) <= MOST_EVIDENCE
        texts = ["".join(folding.fold(text).split()) for text in (title, lead, body, *tags)]
        assert all(any(phrase in text for text in texts) for phrase in tag.evidence)


@given(PAGES)
def test_folding_a_page_does_not_change_its_topics(
    tagger: TopicTagger, folding: Folding, page: tuple[str, str, str, list[str]]
) -> None:
    title, lead, body, tags = page
    folded = [folding.fold(tag) for tag in tags]
    assert tagger.tag(title=title, lead=lead, body=body, tags=tags) == tagger.tag(
        title=folding.fold(title), lead=folding.fold(lead), body=folding.fold(body), tags=folded
    )


HOSTILE = {
    "one-phrase-for-ever": "公路" * 500_000,
    "beginnings-of-phrases": "公公教教住" * 200_000,
    "white-space": " " * 1_000_000,
    "one-character": "路" * 1_000_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_does_not_grow_with_the_length_of_a_part(tagger: TopicTagger, text: str) -> None:
    started = time.process_time()
    for _ in range(20):
        tagger.tag(title=text, lead=text, body=text, tags=(text,))
    assert time.process_time() - started < 10
