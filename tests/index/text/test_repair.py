"""The rules run in one order, each on the outcome of the one before, until none finds anything."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import COSMETIC_RULES, Certainty
from index.text.edits import Edit
from index.text.folding import Folding
from index.text.repair import MAX_ROUNDS, Repairer
from index.text.rules import full_width, invisible, line_breaks
from index.text.rules.compatibility import CompatibilityRule
from index.text.rules.doubled import DoubledRule
from index.text.rules.entities import EntitiesRule
from index.text.rules.full_width import FullWidthRule
from index.text.rules.invisible import InvisibleRule
from index.text.rules.line_breaks import LineBreakRule
from index.text.rules.lost_stops import LostStopsRule
from index.text.rules.mojibake import MojibakeRule
from index.text.rules.pinyin import PinyinRule
from index.text.rules.private_use import PrivateUseRule
from index.text.rules.radicals import RadicalsRule
from index.text.rules.replacement import ReplacementRule
from index.text.rules.slips import SlipRule

REPAIRER = Repairer.load(Folding.load())

ORDER = [
    MojibakeRule,  # it undoes a wrong decoding, so it has to see every character as that left it
    EntitiesRule,  # what they stand for is judged like anything else: a lost stop may be written `&#1;`
    LostStopsRule,  # a control character that stands for a stop must not be dropped as invisible
    InvisibleRule,  # nothing invisible may hide what the others look for
    PinyinRule,  # 規(guī);a制造: the readings stand between the characters of a slip
    SlipRule,  # it works on bytes too: before any character is written in another way
    PrivateUseRule,
    RadicalsRule,
    CompatibilityRule,
    FullWidthRule,
    ReplacementRule,
    DoubledRule,  # two different forms of one character are a doubled one only after they are one
    LineBreakRule,  # lines are as long as they are only when nothing more goes or comes
]


def test_the_order_is() -> None:
    assert [type(rule) for rule in REPAIRER.rules] == ORDER


def test_each_rule_has_a_file_of_its_own() -> None:
    files = {Path(str(__import__(rule.__module__, fromlist=["_"]).__file__)).stem for rule in ORDER}
    assert len(files) == len(ORDER)


def nested(layers: int) -> str:
    """An entity with something invisible in it that is written as such an entity, and so on."""
    hidden = "\u200b"
    for _ in range(layers):
        hidden = f"&am{hidden}p;#x200b;"
    return f"&am{hidden}p;"


CHAINS = {
    "pinyin, then a slip": (
        "推動優(yōu)勢產業(yè)向規(guī);a制造發(fā)展",
        "推動優勢產業向規模化生產制造發展",
        {"pinyin", "gbk-slip"},
    ),
    "a radical in a full-width date": ("２０２４年⼤会", "2024年大会", {"radicals", "full-width"}),
    "a lost stop written as an entity": ("增长24&#1;85万户", "增长24.85万户", {"entities+lost-stop"}),
    "an entity with something invisible in it": ("&am\u200bp;", "&", {"invisible+entities"}),
    "damage in damage in damage": (f"甲{nested(4)}乙", "甲&乙", {"invisible+entities"}),
    "a full-width entity": ("甲&ｎｂｓｐ;乙", "甲 乙", {"full-width+entities"}),
}


@pytest.mark.parametrize(("page", "repaired", "rules"), CHAINS.values(), ids=CHAINS.keys())
def test_rules_work_hand_in_hand(page: str, repaired: str, rules: set[str]) -> None:
    outcome = REPAIRER.repair(page)
    assert outcome.text == repaired
    assert {change.edit.rule for change in outcome.changes} == rules
    assert outcome.original() == page


@dataclass(frozen=True, slots=True)
class Swap:
    """Takes the first `old` for `new`."""

    old: str
    new: str

    def find(self, page: str) -> Sequence[Edit]:
        at = page.find(self.old)
        return () if at < 0 else (Edit(at, self.old, self.new, self.new, Certainty.EXACT),)


def test_cosmetic_are_the_rules_that_change_only_how_a_text_is_written() -> None:
    assert {full_width.RULE, invisible.RULE, line_breaks.RULE} == COSMETIC_RULES


@pytest.mark.slow
def test_a_page_of_nothing_but_nested_damage_takes_bounded_time() -> None:
    page = nested(2_000)
    started = time.process_time()
    repaired = REPAIRER.repair(page)
    assert time.process_time() - started < 30
    assert repaired.original() == page


def test_rules_that_never_end_are_stopped() -> None:
    assert Repairer((Swap("a", "aa"),)).repair("a").text == "a" * (MAX_ROUNDS + 1)


@dataclass(frozen=True, slots=True)
class Everywhere:
    """Takes each `old` for `new`."""

    old: str
    new: str

    def find(self, page: str) -> Sequence[Edit]:
        return tuple(
            Edit(found.start(), self.old, self.new, self.new, Certainty.EXACT)
            for found in re.finditer(re.escape(self.old), page)
        )


def test_a_later_rule_sees_what_an_earlier_one_made() -> None:
    repaired = Repairer((Swap("a", "b"), Swap("b", "c"))).repair("xa")
    (change,) = repaired.changes
    assert (repaired.text, change.edit.before, change.edit.rule) == ("xc", "a", "b+c")


@pytest.mark.parametrize(
    ("page", "borders", "repaired"),
    [
        pytest.param("aab", [(2, 3)], "bbb", id="on both sides of a border"),
        pytest.param("a|a", [(1, 2)], "b|b", id="up to a border and from it on"),
        pytest.param("xa|", [(1, 2), (2, 3)], "xa|", id="in a border"),
        pytest.param("|cd|cd|", [(2, 3)], "|cd|x|", id="over the start of one"),
        pytest.param("cdcd", [(1, 2)], "cdx", id="over the end of one"),
        pytest.param("acdcd", [(4, 5)], "bxcd", id="behind what has grown shorter"),
        pytest.param("acdcdacd", [(4, 5)], "bxcdbx", id="one edit of several"),
    ],
)
def test_no_edit_reaches_into_a_border(page: str, borders: list[tuple[int, int]], repaired: str) -> None:
    assert Repairer((Everywhere("cd", "x"), Everywhere("a", "b"))).repair(page, borders).text == repaired


DAMAGE = [
    *("創(chuàng)", "業(yè)", "關(guan) ", "&nbsp;", "&amp;", "&#1;", "\u200b", "\x01", "\ufeff", "⼤", "⻓"),
    *("\uf98e", "２０", "Ａ", "\ufffd", "\ue010", "两两部部门门关关于于", "鎴戜滑", "æˆ‘ä»¬", "？偼顿Y"),
    *("&am", "p;", "#x200b;"),
    *("\n", " ", "。", "，", "5", "科技创新發展"),
]


@given(st.lists(st.sampled_from(DAMAGE), max_size=25).map("".join))
def test_any_damage_is_repaired_once_for_all_and_can_be_undone(page: str) -> None:
    repaired = REPAIRER.repair(page)
    assert repaired.original() == page
    assert REPAIRER.repair(repaired.text).text == repaired.text


@given(st.text(st.sampled_from([*"武汉都市圈协同创新三年行动方案印发近日，。《》（）2024%abc \n"])))
def test_clean_text_stays_the_same_object(page: str) -> None:
    assert REPAIRER.repair(page).text is page


def test_a_sparing_repair_takes_out_what_nobody_sees_and_nothing_else() -> None:
    page = "政策&amp;amp;解读\u200b全文（kējì）\x00ＡＢＣ"
    assert Repairer.sparing().repair(page).text == "政策&amp;amp;解读全文（kējì）ＡＢＣ"
