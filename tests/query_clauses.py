"""Random clauses with every operator of the query language, each with the text that says it.

As in `tests.strategies`, the same seed gives the same clause; runs and phrases come from there.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Final

from tests.reference_engine import (
    CHINA,
    YEAR_BRACKETS,
    Days,
    In,
    Near,
    Node,
    Number,
    Phrase,
    ReferenceArticle,
    Run,
    Source,
    Starting,
    Written,
    query_words,
    says_nothing,
)
from tests.strategies import SOURCES, VOCABULARY, clause, render, respell, usable_quotes, writable_as_run

PART_NAMES: Final = (("title", "标题", "標題", "Title"), ("lead", "LEAD"), ("body",), ("tags", "tag"))
COLONS: Final = (":", "：")
STEMS: Final = tuple(word[:length] for word in (*VOCABULARY, "gdp", "2260", "WiFi") for length in (2, 3, 4))
NUMBERS: Final = tuple(
    Number(name, year, serial) for name in ("鄂政发", "武发") for year in (2023, 2024) for serial in (2, 12)
)
_YEAR: Final = re.compile(r"[〔\[(（【〖]20")


def with_numbers(random: Random, articles: Sequence[ReferenceArticle]) -> tuple[ReferenceArticle, ...]:
    """The articles, some of which name documents now."""
    return tuple(
        replace(article, body=f"{article.body}，{_number_text(random.choice(NUMBERS), random)}的")
        if random.random() < 0.3
        else article
        for article in articles
    )


def any_clause(random: Random, about: ReferenceArticle) -> Node:
    """A clause of any kind; half of them runs and phrases in all parts."""
    if random.random() < 0.5:
        return _plain(random, about)
    makers = (_near, _starting, _number, _source, _days)
    weights = (25, 15, 10, 10, 10)
    if random.random() < 0.4:
        return _in_a_part(random, about)
    return random.choices(makers, weights)[0](random, about)


def may_be_a_number(run: str) -> bool:
    """Whether a run has a year in brackets, as numbers of documents have."""
    return _YEAR.search(run) is not None


def _plain(random: Random, about: ReferenceArticle) -> Run | Phrase:
    """A run or a phrase; no run that may be the number of a document."""
    found = clause(random, about)
    is_number = isinstance(found, Run) and may_be_a_number(found.text)
    return Run(random.choice(VOCABULARY)) if is_number else found


def _in_a_part(random: Random, about: ReferenceArticle) -> Written:
    makers = (_plain, _near, _starting, _number)
    inner = random.choices(makers, (70, 15, 10, 5))[0](random, about)
    part = random.randrange(4)
    field = random.choice(PART_NAMES[part]) + random.choice(COLONS)
    if isinstance(inner, Run | Phrase):
        return Written(In(part, inner), field + render(inner, random).strip())
    kind = inner.clause
    if isinstance(kind, Near | Starting | Number):
        return Written(In(part, kind), field + inner.text)
    raise TypeError(f"{kind} is not about a part")


def _near(random: Random, about: ReferenceArticle) -> Written:
    words = [word for part in about.parts for word in query_words(part) if not says_nothing(word)]
    first, second = random.choice(words or VOCABULARY), random.choice(words or VOCABULARY)
    if not usable_quotes(first + second) or random.random() < 0.2:
        first, second = random.sample(VOCABULARY, 2)
    gap = random.choice((0, 1, 3, 10, 50))
    left, right = random.choice(usable_quotes(first + second))
    tilde = random.choice("~～")
    text = f"{left}{respell(first, random)} {respell(second, random)}{right}{tilde}{gap}"
    return Written(Near(first, second, gap), text)


def _starting(random: Random, about: ReferenceArticle) -> Written:
    words = [word[:length] for part in about.parts for word in query_words(part) for length in (2, 3)]
    stems = [word for word in (*words, random.choice(STEMS)) if len(word) > 1 and writable_as_run(word)]
    stem = random.choice(stems or ["科技"])
    return Written(Starting(stem), respell(stem, random) + random.choice("*＊"))


def _number(random: Random, _about: ReferenceArticle) -> Written:
    number = random.choice(NUMBERS)
    return Written(number, respell(_number_text(number, random), random))


def _number_text(number: Number, random: Random) -> str:
    left, right = random.choice(YEAR_BRACKETS)
    return f"{number.name}{left}{number.year}{right}{random.choice(('', '第'))}{number.serial}号"


def _source(random: Random, about: ReferenceArticle) -> Written:
    name = about.source or random.choice(SOURCES[:-1])
    field = random.choice(("source", "来源", "來源")) + random.choice(COLONS)
    return Written(Source(name), f'{field}"{respell(name, random)}"')


def _days(random: Random, about: ReferenceArticle) -> Written:
    first = date(2020, 1, 1) if about.published is None else about.published.astimezone(CHINA).date()
    last = first + timedelta(days=random.randint(0, 2))
    field = random.choice(("date", "year", "年份")) + random.choice(COLONS)
    match random.randrange(4):
        case 0:
            return Written(Days(first, first), f"{field}{first}")
        case 1:
            return Written(Days(first, last), f"{field}{first}..{last}")
        case 2:
            return Written(Days(first, None), f"{field}{first}..")
        case _:
            return Written(Days(None, last), f"{field}..{last}")
