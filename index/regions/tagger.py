"""Which regions an article belongs to: who issued it, and what places it is about."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from index.article import RegionTag, Relation
from index.regions.issuer import IssuerKind
from index.regions.mentions import Mention, MentionFinder, MentionKind
from index.regions.names import RegionNames
from index.regions.page import Page, PageReader
from index.regions.tree import Regions, province_of
from index.text.folding import Folding


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What a mention counts, by the place where it stands.

    Title, lead and body as the team's notes on Chinese text (4) measured; the others by
    `benchmarks/region_rates.py` (docs/adr/0013).
    """

    title: float = 5.0
    opening: float = 10.0
    lead: float = 2.0
    body: float = 0.5
    office: float = 4.0
    """An office as the source, a signature, or the letter of a document number."""
    paper: float = 1.5
    school: float = 0.5
    """The share of a place that a university is called after."""
    hint: float = 2.0
    area: float = 0.6
    """The share that each member of an area gets."""
    own_territory: float = 5.0
    """What a document whose title names no place says of its issuer's region."""
    least: float = 2.0
    """Less than this is no tag: four passing mentions in a body."""
    share: float = 0.25
    """Less than this share of the strongest is no tag."""


_MOST_IN_TITLE: Final = 2
_MOST_IN_LEAD: Final = 3
_MOST_IN_BODY: Final = 6
"""How often the same place counts in one text."""

_OPENS: Final = 3
"""A place that starts this far into the title opens it: there may be a mark before it."""

_OWN_SHARE: Final = 0.5
"""A unit is a tag beside one that lies in it if it scores at least this share of that one's score."""


@dataclass(frozen=True, slots=True)
class RegionTagger:
    """Tags articles with regions. Immutable and safe to share between threads."""

    regions: Regions
    names: RegionNames = field(repr=False)
    reader: PageReader = field(repr=False)
    weights: Weights = Weights()

    @classmethod
    def load(cls, folding: Folding, regions: Regions) -> "RegionTagger":
        """A tagger with the names that come with this program."""
        names = RegionNames.load(folding, regions)
        return cls(regions, names, PageReader(folding, MentionFinder.over(names, regions)))

    def tag(
        self,
        *,
        title: str,
        lead: str,
        source: str,
        body: str,
        agency: str | None = None,
        hint: str | None = None,
    ) -> tuple[RegionTag, ...]:
        """The regions of an article, the strongest first; a region can come once per relation.

        All texts as stored, empty where there are none. `agency` is the issuing agency if the document states
        one, `hint` the region that came with the record: evidence like any other. A unit that another tag
        lies in is a tag of its own only where the article names it for itself.
        """
        page = self.reader.read(
            title=title, lead=lead, source=source, body=body, agency=agency or "", hint=hint or ""
        )
        issued = self._issued(page)
        about = self._about(page, issued)
        tags = [
            RegionTag(code, relation, round(weight, 2))
            for relation, scores in ((Relation.ISSUED_BY, issued), (Relation.ABOUT, about))
            for code, weight in scores.items()
        ]
        return tuple(sorted(tags, key=lambda tag: (-tag.weight, tag.relation is Relation.ABOUT, tag.code)))

    def _issued(self, page: Page) -> Mapping[str, float]:
        """The issuer's region, as agency or title state it, else as source, signature or number show it."""
        if page.issuer.kind is IssuerKind.ELSEWHERE:
            return {}
        shown = self._shown(page)
        stated = page.places([page.issuer.mention]) if page.issuer.mention is not None else []
        scores = dict.fromkeys((code for codes in stated for code in codes), self.weights.opening)
        if not stated or shown in stated:
            for code in shown:
                scores[code] = scores.get(code, 0.0) + self.weights.office
        return scores

    def _shown(self, page: Page) -> tuple[str, ...]:
        """The region of the office that the page stands on, of who signs it, or of its number's letter."""
        mentions = page.source[:1] if page.from_office else ()
        if page.signature is not None:
            mentions = (*mentions, page.signature)
        if places := page.places(mentions):
            return places[0]
        if page.number_letter is not None:
            return self.names.asked_for[page.number_letter][0]
        if page.issuer.kind is IssuerKind.LEVEL and (hinted := page.places(page.hint)):
            return hinted[0]
        return ()

    def _about(self, page: Page, issued: Mapping[str, float]) -> Mapping[str, float]:
        """The places that the texts name, without the issuer's name at the title's opening."""
        weights = self.weights
        scores: dict[str, float] = {}
        in_title = [mention for mention in page.title if mention is not page.titled]
        self._count(scores, page, in_title, weights.title, _MOST_IN_TITLE)
        opening = [mention for mention in in_title[:1] if mention.start < _OPENS]
        self._count(scores, page, opening, weights.opening - weights.title, 1)
        self._count(scores, page, page.lead, weights.lead, _MOST_IN_LEAD)
        self._count(scores, page, page.body, weights.body, _MOST_IN_BODY)
        self._count(scores, page, page.hint, weights.hint, 1)
        if not issued:
            by_source = weights.office if page.from_office else weights.paper
            self._count(scores, page, page.source, by_source, 1)
        elif not page.places(in_title):
            for code in issued:
                scores[code] = scores.get(code, 0.0) + weights.own_territory
        return self._strong(scores)

    def _count(
        self, scores: dict[str, float], page: Page, mentions: Iterable[Mention], weight: float, most: int
    ) -> None:
        """Adds what the mentions of one text count, each place at most so many times."""
        times: Counter[str] = Counter()
        for mention in mentions:
            codes = page.known.meaning(mention)
            share = weight if len(codes) == 1 else weight * self.weights.area
            if mention.kind is MentionKind.SCHOOL:
                share *= self.weights.school
            for code in codes:
                times[code] += 1
                if times[code] <= most:
                    scores[code] = scores.get(code, 0.0) + share

    def _strong(self, scores: Mapping[str, float]) -> dict[str, float]:
        best = max(scores.values(), default=0.0)
        bar = max(self.weights.least, best * self.weights.share)
        strong = {code: score for code, score in scores.items() if score >= bar}
        if not strong:
            provinces: dict[str, float] = {}
            for code, score in scores.items():
                province = province_of(code)
                provinces[province] = provinces.get(province, 0.0) + score
            return {code: score for code, score in provinces.items() if score >= bar}
        inner = {
            ancestor: max(score for code, score in strong.items() if ancestor in self.regions.ancestors(code))
            for ancestor in {each for code in strong for each in self.regions.ancestors(code)}
        }
        return {code: score for code, score in strong.items() if score >= inner.get(code, 0.0) * _OWN_SHARE}
