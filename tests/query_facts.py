"""Articles that state facts, and clauses and filters about these: beside `tests.reference_engine`."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from index.article import Article, DocumentFacts, Level, RegionTag, Relation
from tests.engines import from_reference
from tests.query_clauses import COLONS, NUMBERS, any_clause
from tests.reference_engine import YEAR_BRACKETS, Fact, Node, Number, ReferenceArticle, Written, fold
from tests.strategies import respell

TYPES: Final = ("通知", "意见", "办法", "解读", "新闻")
AGENCIES: Final = ("湖北市场监督管理局", "广东科技局", "GDP 办")
LEVELS: Final = {"国家级": "national", "省级": "provincial", "市级": "prefectural", "county": "county"}
REGIONS: Final = {"湖北": "420000", "武汉": "420100", "广东省": "440000", "深圳": "440300", "鄂": "420000"}
DAYS: Final = tuple(date(2024, 2, 27) + timedelta(days=number) for number in range(6))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatingArticle(ReferenceArticle):
    """With what it states of itself; `number` as NUMBERS has them, `regions` are codes."""

    number: Number | None = None
    type: str | None = None
    agency: str | None = None
    level: str | None = None
    signed: date | None = None
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stated(Fact):
    """One of the facts is this."""

    fact: str
    value: str

    def holds(self, article: ReferenceArticle) -> bool:
        found = getattr(article, self.fact, None)
        return found is not None and fold(found).strip() == fold(self.value).strip()


@dataclass(frozen=True)
class Itself(Fact):
    """The document of this number."""

    number: Number

    def holds(self, article: ReferenceArticle) -> bool:
        return isinstance(article, StatingArticle) and article.number == self.number


@dataclass(frozen=True)
class Within(Fact):
    """About the region of this code or a unit below it."""

    code: str

    def holds(self, article: ReferenceArticle) -> bool:
        begin = self.code.rstrip("0")
        return isinstance(article, StatingArticle) and any(
            region.startswith(begin) for region in article.regions
        )


@dataclass(frozen=True)
class Signed(Fact):
    """Signed on one of these days, first and last included."""

    first: date
    last: date

    def holds(self, article: ReferenceArticle) -> bool:
        day = article.signed if isinstance(article, StatingArticle) else None
        return day is not None and self.first <= day <= self.last


def stating(random: Random, article: ReferenceArticle) -> StatingArticle:
    """The article with facts, each of them or none."""
    known = {field.name: getattr(article, field.name) for field in fields(article)}
    return StatingArticle(
        **known,
        number=random.choice((None, None, *NUMBERS)),
        type=random.choice((None, *TYPES)),
        agency=random.choice((None, *AGENCIES)),
        level=random.choice((None, *LEVELS.values())),
        signed=random.choice((None, *DAYS)),
        regions=tuple(random.sample(sorted(set(REGIONS.values())), random.choice((0, 1, 2)))),
    )


def article_of(article: StatingArticle) -> Article:
    """The product's."""
    number = article.number
    return replace(
        from_reference(article),
        document=DocumentFacts(
            number=None if number is None else f"{number.name}〔{number.year}〕{number.serial}号",
            agency=article.agency,
            level=None if article.level is None else Level(article.level),
            type=article.type,
            signed=article.signed,
        ),
        regions=tuple(RegionTag(code, Relation.ABOUT, 1.0) for code in article.regions),
    )


def any_clause_or_fact(random: Random, about: ReferenceArticle) -> Node:
    """A clause of any kind, about texts or about facts."""
    if random.random() < 0.85:
        return any_clause(random, about)
    makers = (_stated, _level, _number, _region, _signed)
    return random.choice(makers)(random)


def _field(random: Random, *names: str) -> str:
    return random.choice(names) + random.choice(COLONS)


def _stated(random: Random) -> Written:
    if random.random() < 0.5:
        kind = random.choice(TYPES)
        return Written(Stated("type", kind), _field(random, "document_type", "doctype") + kind)
    agency = random.choice(AGENCIES)
    return Written(Stated("agency", agency), f'{_field(random, "agency")}"{respell(agency, random)}"')


def _level(random: Random) -> Written:
    name, level = random.choice(sorted(LEVELS.items()))
    return Written(Stated("level", level), _field(random, "level") + name)


def _number(random: Random) -> Written:
    number = random.choice(NUMBERS)
    left, right = random.choice(YEAR_BRACKETS)
    text = f'"{number.name}{left}{number.year}{right}{number.serial}号"'
    return Written(Itself(number), _field(random, "document_number", "number") + text)


def _region(random: Random) -> Written:
    name, code = random.choice(sorted(REGIONS.items()))
    return Written(Within(code), _field(random, "region", "地区", "地區") + name)


def _signed(random: Random) -> Written:
    first, last = sorted(random.choices(DAYS, k=2))
    return Written(Signed(first, last), f"{_field(random, 'signed')}{first}..{last}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Filters by facts: one of the sources and one of the regions, where any is given, and none of the
    others; codes of regions stand for the units below them too."""

    sources: tuple[str, ...] = ()
    other_sources: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    other_regions: tuple[str, ...] = ()

    def passes(self, article: ReferenceArticle) -> bool:
        """Whether an article is inside all of them."""
        return (
            (not self.sources or _is_from(article, self.sources))
            and not _is_from(article, self.other_sources)
            and (not self.regions or _lies_in(article, self.regions))
            and not _lies_in(article, self.other_regions)
        )


def any_limits(random: Random, among: Sequence[ReferenceArticle]) -> Limits:
    """Half of the time none."""
    if random.random() < 0.5:
        return Limits()
    names = [respell(article.source, random) for article in random.sample(among, 3) if article.source.strip()]
    codes = random.sample(sorted(set(REGIONS.values())), 2)
    empty: tuple[str, ...] = ()
    return Limits(
        sources=random.choice((empty, empty, tuple(names))),
        other_sources=random.choice((empty, empty, tuple(names[:1]))),
        regions=random.choice((empty, empty, tuple(codes))),
        other_regions=random.choice((empty, empty, tuple(codes[:1]))),
    )


def _is_from(article: ReferenceArticle, names: Sequence[str]) -> bool:
    return fold(article.source).strip() in [fold(name).strip() for name in names]


def _lies_in(article: ReferenceArticle, codes: Sequence[str]) -> bool:
    return any(Within(code).holds(article) for code in codes)
