"""The repairs of an article in words: damage one by one, changes of how it is written as counts."""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from index.article import Article, Part
from index.text.rules.replacement import unexplained
from web.presenters.passages import Stretch
from web.texts.texts import TEXTS, Texts

MAX_LISTED_REPAIRS = 200
"""Repairs listed on the page; chosen by hand on 2026-11-24: more is for machines."""

_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Categories of characters that nobody sees, or that fonts have no sign for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRepair:
    """One repair. `has_place`: the text shows where it was; an empty `after`: text was only taken out."""

    number: int
    has_place: bool
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RepairGroup:
    """Repairs of one rule that are equally certain, in the order of the log."""

    rule: str
    certainty: str
    repairs: tuple[ShownRepair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRepairs:
    """What the page says of repairs. `count` counts damage; `cosmetic` says what else was changed.

    `names` say what was done at each place that the text shows, by the number of the repair.

    `lost` says how many characters were lost before the page came in; both are empty where there is nothing
    to say.
    """

    groups: tuple[RepairGroup, ...]
    count: int
    unlisted: int
    cosmetic: str
    lost: str
    names: Mapping[int, str]


def shown_repairs(article: Article, places: Mapping[Part, Sequence[Stretch]], texts: Texts) -> ShownRepairs:
    """The repairs of an article; `places` are those that its text shows, numbered as in the log."""
    count = sum(repair.is_damage for repair in article.repairs)
    placed = {stretch.number for of_part in places.values() for stretch in of_part}
    return ShownRepairs(
        groups=_grouped(article, placed, texts),
        count=count,
        unlisted=max(0, count - MAX_LISTED_REPAIRS),
        cosmetic=_cosmetic(article, texts),
        lost=_lost(article, texts),
        names={number: rule_name(article.repairs[number - 1].rule, texts) for number in placed},
    )


def rule_name(rule: str, texts: Texts) -> str:
    """What a rule does, in words; those that were joined by a + stay joined."""
    return " + ".join(_single_rule(name, texts) for name in rule.split("+"))


def seen(text: str) -> str:
    """The text with U+200B in the place of what nobody sees, and ↵ for the end of a line."""
    return "".join(_seen(char) for char in text)


def _grouped(article: Article, placed: Set[int], texts: Texts) -> tuple[RepairGroup, ...]:
    damage = [entry for entry in enumerate(article.repairs, start=1) if entry[1].is_damage]
    groups: dict[tuple[str, str], list[ShownRepair]] = {}
    for number, repair in damage[:MAX_LISTED_REPAIRS]:
        row = ShownRepair(
            number=number,
            has_place=number in placed,
            before=seen(repair.before),
            after=seen(repair.after),
        )
        groups.setdefault((repair.rule, repair.certainty.value), []).append(row)
    return tuple(
        RepairGroup(rule_name(rule, texts), texts.say(f"certainty.{certainty}"), tuple(rows))
        for (rule, certainty), rows in groups.items()
    )


def _cosmetic(article: Article, texts: Texts) -> str:
    counts = Counter(rule_name(repair.rule, texts) for repair in article.repairs if not repair.is_damage)
    if not counts:
        return ""
    kinds = tuple(
        texts.say("article.cosmetic_kind", rule=rule, count=count) for rule, count in counts.items()
    )
    return texts.say("article.cosmetic", count=counts.total(), kinds=kinds)


def _lost(article: Article, texts: Texts) -> str:
    count = sum(len(unexplained(article.text(part))) for part in Part)
    return texts.say("article.lost", count=count) if count else ""


def _single_rule(rule: str, texts: Texts) -> str:
    key = f"rule.{rule}"
    return texts.say(key) if key in TEXTS else texts.say("rule.other", rule=rule)


def _seen(char: str) -> str:
    if char == "\n":
        return "↵"
    return f"[U+{ord(char):04X}]" if unicodedata.category(char) in _UNSEEN else char
