import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import index.text.rules
import web
from index.article import Certainty, Level, Relation
from search.request import MAX_CLAUSES, MAX_DEPTH, MAX_QUERY, MAX_WINDOW
from search.results import NoticeKind
from web.parameters.table import ANALYSED, Q
from web.presenters.article_page import ORIGINAL_KINDS
from web.texts import TEXTS, say

FOLDER = Path(web.__file__).parent
SAID = re.compile(r'say\(\s*"([a-z_.\-]+)"')
BUILT = (
    "problem.", "notice.", "rule.", "certainty.", "level.", "fact.region.", "original.",
    "fault.query-too-long", "fault.text-too-long",
    "fault.query-syntax", "fault.unknown-field", "fault.wildcard-too-broad",
    "field.", "help.", "sort.", "chips.", "score.",
)  # fmt: skip
"""Prefixes of keys that are put together from a kind or a name; their own tests say that each exists."""


def said_keys() -> set[str]:
    sources = [*FOLDER.rglob("*.py"), *FOLDER.rglob("*.html")]
    return {key for source in sources for key in SAID.findall(source.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("key", sorted(said_keys()))
def test_every_text_that_is_said_exists(key: str) -> None:
    assert TEXTS[key]


def test_no_text_is_left_over() -> None:
    sources = [*FOLDER.rglob("*.py"), *FOLDER.rglob("*.html")]
    written = "".join(source.read_text(encoding="utf-8") for source in sources if source.name != "texts.py")
    built = re.compile("|".join(map(re.escape, BUILT)))
    left = [key for key in TEXTS if f'"{key}"' not in written and not built.match(key)]
    assert left == []


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_of_notice_has_a_text(kind: NoticeKind) -> None:
    assert say(f"notice.{kind.value}", text="甲", repaired="乙")


@pytest.mark.parametrize(
    "key",
    [
        *(f"certainty.{certainty.value}" for certainty in Certainty),
        *(f"level.{level.value}" for level in Level),
        *(f"fact.region.{relation.value}" for relation in Relation),
        *(f"original.{kind}" for kind in (*ORIGINAL_KINDS.values(), "record")),
        *(f"fault.{parameter.too_long.value}" for parameter in (Q, ANALYSED)),
    ],
)
def test_every_value_of_a_closed_list_has_a_text(key: str) -> None:
    assert TEXTS[key]


def rules() -> Iterator[str]:
    for module in pkgutil.iter_modules(index.text.rules.__path__, "index.text.rules."):
        if (rule := getattr(importlib.import_module(module.name), "RULE", None)) is not None:
            yield rule


@pytest.mark.parametrize("rule", sorted(rules()))
def test_every_rule_of_the_repair_has_a_text(rule: str) -> None:
    assert TEXTS[f"rule.{rule}"]


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_every_text_can_be_filled_in(key: str) -> None:
    names = {name for _, name, _, _ in Formatter().parse(TEXTS[key]) if name is not None}
    assert "" not in names
    assert "{" not in say(key, **dict.fromkeys(names, "甲"))


def test_values_are_not_read_as_texts() -> None:
    assert say("problem.request", id="{id}{0}%s") == "请求编号 {id}{0}%s"


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("no.such.key")


def test_limits_are_those_that_are_kept() -> None:
    assert f"最多 {MAX_QUERY} 个字符、{MAX_CLAUSES} 个部分、{MAX_DEPTH} 层括号" in TEXTS["help.limits"]
    assert f"前 {MAX_WINDOW:,} 条" in TEXTS["help.limits"]
    written = (FOLDER / "texts.py").read_text(encoding="utf-8")
    assert not re.findall(r"512|10,000|\b64\b|\b20 层", written)
