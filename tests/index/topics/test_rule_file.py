"""A rule file is read as it says, and what is wrong with one is named."""

from pathlib import Path

import pytest

from index.errors import Cause
from index.text.folding import Folding
from index.topics.errors import TopicRulesInvalid
from index.topics.rule_file import load_taxonomy
from index.topics.taxonomy import Phrase

SCORING = """
[scoring]
title = 5.0
opening = 3.0
body = 1.0
opening_length = 200
read_length = 3000
threshold = 16.0
share = 0.5
share_of_parent = 0.25
most = 3

[grades]
core = 4.0
strong = 2.0
weak = 1.0
"""

RULES = (
    SCORING
    + '''
[[topic]]
name = "教育"
core = """
教育　學校
教师
"""
weak = "培养"
except = "主题教育"

[[topic]]
name = "职业教育"
parent = "教育"
strong = "高职"

[[aside]]
name = "党的建设"
core = "主题教育"
'''
)


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "topics.toml"
    path.write_text(RULES, encoding="utf-8")
    return path


def test_topics_stand_in_the_order_of_the_file_under_their_parents(folding: Folding, rules: Path) -> None:
    taxonomy = load_taxonomy(folding, rules)
    assert taxonomy.names == ("教育", "职业教育")
    assert [topic.name for topic in taxonomy.upper] == ["教育"]
    assert [topic.name for topic in taxonomy.below("教育")] == ["职业教育"]
    assert taxonomy.below("职业教育") == ()
    assert [aside.name for aside in taxonomy.asides] == ["党的建设"]
    assert [subject.name for subject in taxonomy.subjects()] == ["教育", "职业教育", "党的建设"]


def test_phrases_are_folded_and_have_the_points_of_their_grade(folding: Folding, rules: Path) -> None:
    assert load_taxonomy(folding, rules).topics[0].phrases == (
        Phrase("教育", 4.0),
        Phrase("学校", 4.0),
        Phrase("教师", 4.0),
        Phrase("培养", 1.0),
        Phrase("主题教育", 0.0),
    )


def test_a_byte_order_mark_of_an_editor_is_no_harm(folding: Folding, rules: Path) -> None:
    rules.write_text(RULES, encoding="utf-8-sig")
    assert load_taxonomy(folding, rules).names == ("教育", "职业教育")


MISTAKES = {
    "no-toml": ("most = 3", "most 3", "line 11"),
    "missing-number": ("share = 0.5\n", "", "`share`"),
    "number-as-text": ("share = 0.5", 'share = "half"', "$.scoring.share"),
    "share-above-one": ("share = 0.5", "share = 1.5", "$.scoring.share"),
    "no-points": ("strong = 2.0", "strong = 0.0", "$.grades.strong"),
    "unknown-key": ('strong = "高职"', 'stong = "高职"', "`stong`"),
    "name-with-a-space": ('name = "职业教育"', 'name = "职业 教育"', "$.topic[1].name"),
    "same-name-twice": ('name = "职业教育"\nparent = "教育"', 'name = "教育"', "the name 教育"),
    "aside-named-as-a-topic": ('name = "党的建设"', 'name = "教育"', "the name 教育"),
    "unknown-parent": ('parent = "教育"', 'parent = "民生"', "民生"),
    "third-level": (
        "[[aside]]",
        '[[topic]]\nname = "中职"\nparent = "职业教育"\ncore = "中职"\n[[aside]]',
        "职业教育",
    ),
    "aside-with-a-parent": (
        'name = "党的建设"',
        'name = "党的建设"\nparent = "教育"',
        "the aside 党的建设 has a parent",
    ),
    "no-phrase": ('strong = "高职"', "", "职业教育 has no phrase"),
    "only-exceptions": ('strong = "高职"', 'except = "高职"', "职业教育 has no phrase"),
    "phrase-twice": ('weak = "培养"', 'weak = "培养 學校"', "the phrase 学校 2 times"),
    "phrase-of-one-character": ('strong = "高职"', 'strong = "高职 学"', "the phrase 学 of 职业教育"),
    "exception-without-effect": (
        'except = "主题教育"',
        'except = "主题活动"',
        "the exception 主题活动 of 教育",
    ),
}


@pytest.mark.parametrize(("right", "wrong", "named"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_named(folding: Folding, rules: Path, right: str, wrong: str, named: str) -> None:
    assert RULES.count(right) == 1
    rules.write_text(RULES.replace(right, wrong), encoding="utf-8")
    with pytest.raises(TopicRulesInvalid) as caught:
        load_taxonomy(folding, rules)
    assert named in str(caught.value)
    assert str(rules) in str(caught.value)


def test_all_mistakes_are_named_at_once(folding: Folding, rules: Path) -> None:
    rules.write_text(RULES.replace('"高职"', '""').replace("培养", "學校"), encoding="utf-8")
    with pytest.raises(TopicRulesInvalid, match=r"学校 2 times.*职业教育 has no phrase"):
        load_taxonomy(folding, rules)


@pytest.mark.parametrize("data", [None, b"\xff\xfe\x00"], ids=["no-such-file", "no-utf-8"])
def test_a_file_that_cannot_be_read_is_a_mistake_of_the_set_up(
    folding: Folding, tmp_path: Path, data: bytes | None
) -> None:
    path = tmp_path / "mine.toml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(TopicRulesInvalid, match=r"mine\.toml") as caught:
        load_taxonomy(folding, path)
    assert caught.value.cause is Cause.MISCONFIGURED
