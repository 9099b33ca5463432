"""The regions of a search as a tree: provinces, cities, districts, each with what it finds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from search.planning.filters import MISSING, ONLY_UNIT
from search.results import FacetResult
from web.parameters.query_string import Pair
from web.presenters.choices import Choice, missing_choice
from web.presenters.links import search_href, without_pair
from web.presenters.region_labels import RegionLabels
from web.texts.texts import Texts

REGION: Final = "region"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionNode:
    """A unit with its check box and the units below it. Its count has theirs in it.

    `is_open`: something below it is chosen, or it is itself. `only_href`, where it is chosen, is the search
    of this unit without those below it.
    """

    code: str
    choice: Choice
    children: tuple["RegionNode", ...]
    is_open: bool
    only_href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnChoice:
    """A chosen value that is no unit of the tree: an area, or a unit without those below it.

    `wide_href`, of such a unit, is the search with those below it.
    """

    choice: Choice
    wide_href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionTree:
    """The tree, what is chosen beside it, and the articles of no region. `has_more`: units are left out."""

    own: tuple[OwnChoice, ...]
    nodes: tuple[RegionNode, ...]
    missing: tuple[Choice, ...]
    has_more: bool


def named_regions(typed: Sequence[str], labels: RegionLabels) -> tuple[str, ...]:
    """The codes that the tree of this request needs in any case: above and below what is chosen."""
    codes = filter(None, map(labels.code_of, typed))
    regions = labels.regions
    return tuple(
        dict.fromkeys(
            each for code in codes for each in (*regions.ancestors(code), code, *regions.children(code))
        )
    )


def region_tree(
    facet: FacetResult, pairs: Sequence[Pair], labels: RegionLabels, texts: Texts, *, most: int
) -> RegionTree:
    """The tree of the counted units, at most so many of one unit; what is chosen is never left out."""
    typed = tuple(value for name, value in pairs if name == REGION)
    chosen = {code: value for value in typed if (code := labels.code_of(value)) is not None}
    growing = _Growing(
        counts={value.value: value.count for value in facet.values if labels.regions.find(value.value)},
        chosen=chosen,
        pairs=pairs,
        labels=labels,
        texts=texts,
        most=most,
    )
    others = [value for value in typed if value not in chosen.values() and value != MISSING]
    return RegionTree(
        own=tuple(_own(value, pairs, labels, texts) for value in others),
        nodes=growing.below(None),
        missing=missing_choice(facet, texts),
        has_more=facet.other > 0 or growing.leaves_out(),
    )


def _own(value: str, pairs: Sequence[Pair], labels: RegionLabels, texts: Texts) -> OwnChoice:
    is_unit = value.endswith(ONLY_UNIT)
    wide = (*without_pair(pairs, (REGION, value)), (REGION, value.removesuffix(ONLY_UNIT)))
    return OwnChoice(
        choice=Choice(
            value=value,
            label=labels.typed(value, texts),
            count="",
            checked=True,
            is_content=not is_unit,
            is_free=True,
        ),
        wide_href=search_href(wide) if is_unit else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Growing:
    """Makes nodes of counted units."""

    counts: Mapping[str, int]
    chosen: Mapping[str, str]
    pairs: Sequence[Pair]
    labels: RegionLabels
    texts: Texts
    most: int

    def below(self, parent: str | None) -> tuple[RegionNode, ...]:
        """The nodes of the units directly below: those that hold something chosen, then the commonest."""
        units = self._counted(parent)
        held = sum(map(self._holds_chosen, units))
        return tuple(map(self._node, units[: max(self.most, held)]))

    def leaves_out(self) -> bool:
        """Whether any unit has more below it than is shown."""
        return any(len(self._counted(parent)) > self.most for parent in (None, *self.counts))

    def _counted(self, parent: str | None) -> list[str]:
        units = [
            code
            for code in self.labels.regions.children(parent)
            if self.counts.get(code) or self._holds_chosen(code)
        ]
        return sorted(units, key=lambda code: (not self._holds_chosen(code), -self.counts.get(code, 0), code))

    def _holds_chosen(self, code: str) -> bool:
        return any(one == code or code in self.labels.regions.ancestors(one) for one in self.chosen)

    def _node(self, code: str) -> RegionNode:
        typed = self.chosen.get(code)
        children = self.below(code)
        narrow = (
            None
            if typed is None or not self.labels.regions.children(code)
            else search_href((*without_pair(self.pairs, (REGION, typed)), (REGION, code + ONLY_UNIT)))
        )
        return RegionNode(
            code=code,
            choice=Choice(
                value=self.labels.path(code) if typed is None else typed,
                label=self.labels.unit(code, self.texts),
                count=f"{self.counts.get(code, 0):,}",
                checked=typed is not None,
                is_content=True,
                is_free=False,
            ),
            children=children,
            is_open=bool(children) and self._holds_chosen(code),
            only_href=narrow,
        )
