"""Reads the rule file of topics, and says what is wrong with one."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Final

import msgspec

from index.decoding import Converter
from index.text.folding import Folding
from index.topics.errors import TopicRulesInvalid
from index.topics.matcher import SHORTEST
from index.topics.taxonomy import Phrase, Scoring, Taxonomy, Topic

_Above = Annotated[float, msgspec.Meta(gt=0)]
_Share = Annotated[float, msgspec.Meta(gt=0, le=1)]
_Count = Annotated[int, msgspec.Meta(ge=1)]


class _ScoringTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    title: _Above
    opening: _Above
    body: _Above
    opening_length: _Count
    read_length: _Count
    threshold: _Above
    share: _Share
    share_of_parent: _Share
    most: _Count


class _GradesTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    core: _Above
    strong: _Above
    weak: _Above


class _TopicTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: Annotated[str, msgspec.Meta(pattern=r"^\S+$")]
    parent: str | None = None
    core: str = ""
    strong: str = ""
    weak: str = ""
    exceptions: str = msgspec.field(default="", name="except")


class _RuleFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    scoring: _ScoringTable
    grades: _GradesTable
    topic: Annotated[list[_TopicTable], msgspec.Meta(min_length=1)]
    aside: list[_TopicTable] = []


_RULES: Final = Converter(_RuleFile)


def load_taxonomy(folding: Folding, path: Path | None = None) -> Taxonomy:
    """The taxonomy of a rule file, by default of the one that comes with this program.

    Raises TopicRulesInvalid where the file cannot be read or breaks a rule.
    """
    source = files("index").joinpath("data/topics.toml") if path is None else path
    try:
        text = source.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TopicRulesInvalid(
            f"cannot read the topic rules {source}: {error}; give a UTF-8 file"
        ) from error
    try:
        rules = _RULES.convert(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise TopicRulesInvalid(f"the topic rules {source} are no TOML: {error}") from error
    except msgspec.ValidationError as error:
        raise TopicRulesInvalid(f"the topic rules {source} are wrong: {error}") from error
    problems = list(_problems(rules, folding))
    if problems:
        raise TopicRulesInvalid(f"the topic rules {source} are wrong: {'; '.join(problems)}")
    return Taxonomy(
        topics=_topics(rules.topic, rules.grades, folding),
        asides=_topics(rules.aside, rules.grades, folding),
        scoring=Scoring(**msgspec.structs.asdict(rules.scoring)),
    )


def _topics(tables: Iterable[_TopicTable], grades: _GradesTable, folding: Folding) -> tuple[Topic, ...]:
    return tuple(
        Topic(
            table.name,
            table.parent,
            tuple(Phrase(phrase, points) for phrase, points in _phrases(table, grades, folding)),
        )
        for table in tables
    )


def _phrases(table: _TopicTable, grades: _GradesTable, folding: Folding) -> Iterator[tuple[str, float]]:
    for phrases, points in (
        (table.core, grades.core),
        (table.strong, grades.strong),
        (table.weak, grades.weak),
        (table.exceptions, 0.0),
    ):
        for phrase in phrases.split():
            yield folding.fold(phrase), points


def _problems(rules: _RuleFile, folding: Folding) -> Iterator[str]:
    """What is wrong with well-formed rules, in the order of the file."""
    above: set[str] = set()
    known: set[str] = set()
    for table in (*rules.topic, *rules.aside):
        if table.name in known:
            yield f"two topics have the name {table.name}; rename one"
        known.add(table.name)
        if table.parent is not None and table.parent not in above:
            yield f"no topic of the upper level {table.parent} stands before its sub-topic {table.name}"
        if table.parent is None:
            above.add(table.name)
        yield from _problems_of_phrases(table, rules.grades, folding)
    for table in rules.aside:
        if table.parent is not None:
            yield f"the aside {table.name} has a parent; asides have one level"


def _problems_of_phrases(table: _TopicTable, grades: _GradesTable, folding: Folding) -> Iterator[str]:
    phrases = list(_phrases(table, grades, folding))
    speaking = [phrase for phrase, points in phrases if points > 0]
    if not speaking:
        yield f"{table.name} has no phrase that speaks for it; add one under core, strong or weak"
    for exception in folding.fold(table.exceptions).split():
        if not any(phrase in exception for phrase in speaking):
            yield f"the exception {exception} of {table.name} holds none of its phrases, so it does nothing"
    for phrase, times in Counter(phrase for phrase, _ in phrases).items():
        if times > 1:
            yield f"{table.name} has the phrase {phrase} {times} times; keep one of them"
        if len(phrase) < SHORTEST:
            yield f"the phrase {phrase} of {table.name} is shorter than {SHORTEST} characters"
