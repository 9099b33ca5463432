"""The page of regions: the tree with its numbers of articles, and the search for a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.regions.resolve import Ambiguous, Found, RegionResolver, Unknown
from index.regions.tree import RegionLevel, Regions
from web.parameters.defined.lookups import NAMED
from web.parameters.query_string import Pair
from web.parameters.regions import region_name
from web.presenters.links import region_href, regions_href, search_href
from web.texts.texts import Texts

SHOWN_ALIASES = 6
"""Other names that are shown of a region. Chosen by hand on 2026-11-28: one line of a page."""

Counts = Mapping[str, int]
"""How many articles are about a region or what lies in it, by its code; those without any are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRow:
    """A region in the tree.

    `count` is written out; `href` leads to its articles, None where it has none. `inside` are regions right
    below it, and `summary` says what they are. `inside_href` leads to the page of all that lies in it, and
    `inside_text` says how many these are; None and "" where nothing does.
    """

    name: str
    count: str
    href: str | None
    inside: tuple["RegionRow", ...]
    summary: str
    inside_text: str
    inside_href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRegion:
    """A region that a name stands for.

    `within` names the regions that it lies in, "" of a province; `aliases` are its other names, "" where it
    has none.
    """

    row: RegionRow
    within: str
    aliases: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionSearch:
    """What a name stands for: one region or several, or those that are called nearly so."""

    q: str
    message: str
    found: tuple[FoundRegion, ...]
    nearest: tuple[tuple[str, str], ...]
    """Names, and where each is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionsPage:
    """Everything that the page shows. `trail` has the regions above the one whose page it is, each with its
    own page; `name` is "" on the page of the whole country. `search` is None where no name was given, and
    `longest` the most code points that one can have."""

    name: str
    trail: tuple[tuple[str, str], ...]
    articles: RegionRow | None
    rows: tuple[RegionRow, ...]
    search: RegionSearch | None
    longest: int | None = NAMED.longest


def country_page(
    resolver: RegionResolver, counts: Counts, q: str, texts: Texts, kept: Sequence[Pair]
) -> RegionsPage:
    """All provinces, with those of their prefectures that have articles; and what `q` stands for.

    `kept` is what links carry beside their own parameters.
    """
    rows = _Rows(resolver, counts, texts, kept)
    return RegionsPage(
        name="",
        trail=(),
        articles=None,
        rows=tuple(map(rows.with_covered, resolver.regions.children(None))),
        search=_search(resolver, rows, q, texts) if q.strip() else None,
    )


def region_page(
    code: str, resolver: RegionResolver, counts: Counts, texts: Texts, kept: Sequence[Pair]
) -> RegionsPage:
    """The page of the region with this code of the tree: all that lies in it, two levels deep.

    `kept` is what links carry beside their own parameters.
    """
    rows = _Rows(resolver, counts, texts, kept)
    regions = resolver.regions
    return RegionsPage(
        name=regions.unit(code).name,
        trail=tuple(
            (regions.unit(above).name, region_href(above, kept)) for above in regions.ancestors(code)
        ),
        articles=rows.row(code),
        rows=tuple(map(rows.with_all, regions.children(code))),
        search=None,
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """Makes the rows of a page."""

    resolver: RegionResolver
    counts: Counts
    texts: Texts
    kept: Sequence[Pair]

    def row(self, code: str) -> RegionRow:
        """The row of a unit alone."""
        regions = self.resolver.regions
        count = self.counts.get(code, 0)
        below = len(regions.children(code))
        return RegionRow(
            name=regions.unit(code).name,
            count=f"{count:,}",
            href=search_href((("region", code), *self.kept)) if count else None,
            inside=(),
            summary="",
            inside_text=self.texts.say("regions.inside", count=below) if below else "",
            inside_href=region_href(code, self.kept) if below else None,
        )

    def with_all(self, code: str) -> RegionRow:
        """The row of a unit with all units right below it."""
        row = self.row(code)
        inside = tuple(map(self.row, self.resolver.regions.children(code)))
        return replace(row, inside=inside, summary=row.inside_text)

    def with_covered(self, code: str) -> RegionRow:
        """The row of a unit with those of the units right below it that have articles."""
        below = self.resolver.regions.children(code)
        inside = tuple(self.row(each) for each in below if self.counts.get(each))
        summary = self.texts.say("regions.covered", count=len(inside)) if inside else ""
        return replace(self.row(code), inside=inside, summary=summary)


def _search(resolver: RegionResolver, rows: _Rows, q: str, texts: Texts) -> RegionSearch:
    codes: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    match resolver.resolve(q):
        case Found(found):
            codes = found
            message = texts.say("regions.found", q=q)
        case Ambiguous(candidates):
            codes = tuple(candidate.code for candidate in candidates)
            message = texts.say("regions.ambiguous", q=q)
        case Unknown(nearest):
            message = texts.say("regions.near" if nearest else "regions.unknown", q=q)
    return RegionSearch(
        q=q,
        message=message,
        found=tuple(_found(code, resolver, rows, texts) for code in codes),
        nearest=tuple((name, regions_href((("q", name), *rows.kept))) for name in nearest),
    )


def _found(code: str, resolver: RegionResolver, rows: _Rows, texts: Texts) -> FoundRegion:
    regions: Regions = resolver.regions
    aliases = resolver.names.aliases(code)[:SHOWN_ALIASES]
    is_province = regions.unit(code).level is RegionLevel.PROVINCE
    return FoundRegion(
        row=rows.row(code),
        within="" if is_province else region_name(regions.path(code)[:-1]),
        aliases=texts.join(aliases),
    )
