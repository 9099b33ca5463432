"""Random articles and filters, and what filters and facets have to say of them, by plain loops."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from random import Random

from index.article import Article, DocumentFacts, Level, RegionTag, Relation, TopicTag
from search.plan import FacetOrder
from search.request import FacetRequest, Filters
from search.results import FacetResult, FacetValue
from tests.engines import make_article
from tests.reference_engine import fold

CHINA = timezone(timedelta(hours=8))
FIRST = datetime(2022, 11, 20, 15, 30, tzinfo=UTC)
"""No article is older."""
HOURS = 16_000
"""In which all of them came."""
ABOVE = {
    "420000": ("420000",),
    "420100": ("420000", "420100"),
    "420106": ("420000", "420100", "420106"),
    "110105": ("110000", "110105"),
}
POOLS = {
    "source": ("湖北科技網", "GOV 网", "新华社"),
    "origin": ("省政府", "GOV 网"),
    "region": tuple(ABOVE),
    "topic": ("科技创新", "招商引资", "乡村振兴"),
    "tag": ("科技", "發展", "A"),
    "category": ("首页", "要闻"),
    "document_number": ("鄂政发〔2024〕12号", "鄂政发〔2024〕13号"),
    "document_type": ("通知", "公告"),
    "agency": ("湖北省人民政府", "科技部"),
    "level": ("provincial", "national"),
    "year": ("2022", "2023", "2024"),
}
BODIES = ("科技改革", "科技", "改革")
DATES = ("published", "signed", "effective", "added")
MISSING = "_missing"


def an_article(random: Random, name: str) -> Article:
    def some(pool: str) -> tuple[str, ...]:
        return tuple(random.sample(POOLS[pool], random.choice((0, 1, 1, 2))))

    def one(pool: str) -> str | None:
        return random.choice((None, *POOLS[pool]))

    def moment() -> datetime | None:
        return None if random.random() < 0.2 else FIRST + timedelta(hours=random.randrange(HOURS))

    def day() -> date | None:
        at = moment()
        return None if at is None else at.date()

    level = one("level")
    return replace(
        make_article(name, random.choice(BODIES), source=one("source")),
        origin=one("origin"),
        tags=some("tag"),
        category=some("category"),
        published=moment(),
        regions=tuple(RegionTag(code, Relation.ABOUT, 1.0) for code in some("region")),
        topics=tuple(TopicTag(topic, 1.0, ()) for topic in some("topic")),
        document=DocumentFacts(
            number=one("document_number"),
            type=one("document_type"),
            agency=one("agency"),
            level=None if level is None else Level(level),
            signed=day(),
            effective=day(),
        ),
    )


def values(article: Article, name: str) -> set[str]:
    """What the article has of a field, in the form in which values are compared."""
    facts, published = article.document, article.published
    given: tuple[str | None, ...]
    match name:
        case "region":
            given = tuple(code for tag in article.regions for code in ABOVE[tag.code])
        case "topic":
            given = tuple(tag.name for tag in article.topics)
        case "tag":
            given = article.tags
        case "category":
            given = article.category
        case "year" | "month":
            local = None if published is None else published.astimezone(CHINA)
            given = (None if local is None else local.strftime("%Y" if name == "year" else "%Y-%m"),)
        case "document_number" | "document_type":
            given = (facts.number if name == "document_number" else facts.type,)
        case "level":
            given = (facts.level.value if facts.level else None,)
        case _:
            given = (getattr(facts if name == "agency" else article, name),)
    return {fold(text).strip() for text in given if text}


def has(article: Article, name: str, wanted: str) -> bool:
    if wanted == MISSING:
        return not values(article, name)
    if wanted.endswith("!"):
        return any(tag.code == wanted[:-1] for tag in article.regions)
    if ".." in wanted:
        low, high = map(int, wanted.split(".."))
        return any(low <= int(year) <= high for year in values(article, name))
    return fold(wanted).strip() in values(article, name)


def moments(article: Article, added: datetime) -> dict[str, datetime | None]:
    def begin(day: date | None) -> datetime | None:
        return None if day is None else datetime(day.year, day.month, day.day, tzinfo=CHINA)

    facts = article.document
    dates = (article.published, begin(facts.signed), begin(facts.effective), added)
    return dict(zip(DATES, dates, strict=True))


def passes(article: Article, added: datetime, filters: Filters, without: str | None = None) -> bool:
    """Whether the article passes; the choice among the values of the field `without` does not count."""
    for name in POOLS:
        chosen, unwanted = getattr(filters, name), getattr(filters, f"exclude_{name}")
        if chosen and name != without and not any(has(article, name, value) for value in chosen):
            return False
        if any(has(article, name, value) for value in unwanted):
            return False
    for name, moment in moments(article, added).items():
        after, before = getattr(filters, f"{name}_after"), getattr(filters, f"{name}_before")
        if (after or before) and moment is None:
            return False
        if (after and moment < after) or (before and moment >= before):
            return False
    return True


def some_filters(random: Random) -> Filters:
    given: dict[str, tuple[str, ...] | datetime] = {}
    for name in random.sample(tuple(POOLS), random.choice((0, 1, 1, 2, 3))):
        pool = [*POOLS[name], MISSING, *_special(name)]
        chosen = tuple(random.sample(pool, random.choice((1, 1, 2))))
        given[random.choice((name, name, f"exclude_{name}"))] = chosen
    for name in random.sample(DATES, random.choice((0, 0, 1))):
        at = FIRST + timedelta(hours=random.randrange(HOURS))
        given[f"{name}_{random.choice(('after', 'before'))}"] = at
    return Filters(**given)  # type: ignore[arg-type]  # names and kinds are those of its attributes


def _special(name: str) -> tuple[str, ...]:
    match name:
        case "region":
            return ("420000!", "420100!", "110000")
        case "year":
            return ("2022..2023", "2023..2030")
        case "source":
            return ("湖北科技网", "无此来源")
        case _:
            return ()


def counts(found: Sequence[Article], request: FacetRequest, filters: Filters) -> FacetResult:
    """What a facet has to say over the articles that pass all filters but its own."""
    prefix = fold(request.prefix)
    tally = Counter(value for one in found for value in values(one, request.field))
    chosen = [value for value in getattr(filters, request.field, ()) if value != MISSING]
    begun = {value: count for value, count in tally.items() if value.startswith(prefix)}
    commonest = request.order is FacetOrder.COMMONEST
    order = sorted(begun, key=lambda value: (-begun[value] if commonest else 0, value))
    first = order[: request.limit]
    named = {*request.named, *(_plain(value) for value in chosen if ".." not in value)}
    rest = {value for value in named if value.startswith(prefix)}.difference(first)
    shown = [*first, *sorted(rest, key=lambda value: (-tally[value], value))]
    return FacetResult(
        field=request.field,
        values=tuple(FacetValue(value, tally[value], _says(chosen, value)) for value in shown),
        distinct=len(begun),
        other=sum(begun.values()) - sum(tally[value] for value in shown),
        missing=sum(not values(one, request.field) for one in found),
        missing_selected=MISSING in getattr(filters, request.field, ()),
    )


def _says(chosen: Iterable[str], value: str) -> bool:
    """Whether one of the chosen texts stands for this value."""
    for text in chosen:
        first, dots, last = text.partition("..")
        if (first <= value <= last) if dots else _plain(text) == value:
            return True
    return False


def _plain(text: str) -> str:
    return fold(text).strip().removesuffix("!")
