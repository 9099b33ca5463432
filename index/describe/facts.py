"""What an official document states of itself: number, type, agency, level, days of signing and effect."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Self

from index.article import DocumentFacts, Level
from index.describe.agencies import Agencies
from index.describe.closed_up import ClosedUp
from index.describe.document_number import normalised, own_number
from index.describe.document_types import EXPLANATION, LAW, NEWS, SPEECH, type_of
from index.describe.effect import effective_of
from index.describe.information import AGENCY, EFFECTIVE, NUMBER, PUBLISHER, SIGNED
from index.describe.signature import signature_of
from index.describe.times import CHINA, find_dates
from index.regions.letters import is_of_province
from index.regions.tree import Regions
from index.text.folding import Folding

_NO_DOCUMENTS: Final = frozenset({NEWS, EXPLANATION, SPEECH})
"""What tells of documents and is none: numbers and dates in it are those of others."""

_RULES_AND_PLANS: Final = (
    "条例 规定 办法 细则 规则 决定 决议 章程 标准 方案 预案 规划 计划 纲要 要点 措施 指南 目录 清单"
)
_NAMED_FOR_A_PLACE: Final = frozenset(_RULES_AND_PLANS.split())
"""Types whose titles begin with the place that they are in force in, where they name no agency."""

_ISSUER = re.compile(
    r"(?!转发|批转|印发|[一二三四五六七八九十两]部[门委])(?P<names>[^《》,。:]{2,100}?)"
    r"(?:关于|印发|转发|批转|贯彻|公告|通告|令(?=[第(〔\[0-9]|$)|(?:19|20)[0-9]{2}年)"
)
_LONGEST_NUMBER = 100
"""Code points of a table's cell in which a number stands."""

_CORE = re.compile("(?:关于|印发|转发|批转).*")
_CORE_LENGTH = 12
"""Code points of a title by which its place in the text is found."""

_HEAD = 800
"""Code points at the head of a text in which its whole title stands."""

_RUN = re.compile("(?P<names>[\u3400-\u9fff、]{2,120})$")
_RUN_THAT_ISSUES = re.compile("(?P<names>[\u3400-\u9fff、]{2,120})关于(?:印发|发布|公布|修订)[《〈]$")
_LABELLED = re.compile(
    r"发文(?:机构|机关|单位)\n?:\n?(?P<name>[\u3400-\u9fff]{2,40}?)(?=\n|发布|发文|成文|来源|主题|$)"
)
_NATIONAL_NUMBER = re.compile("国(?:发|函|办)|中(?:发|办)")
_DECREE = re.compile("令|公告|通告")
_STATE: Final = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class FactFinder:
    """Reads the facts of documents. Immutable and safe to share between threads."""

    folding: Folding
    agencies: Agencies

    @classmethod
    def load(cls, folding: Folding, regions: Regions) -> Self:
        """A finder with the agencies that come with this program."""
        return cls(folding, Agencies.load(folding, regions))

    def find(
        self,
        *,
        title: str,
        lead: str,
        body: str,
        source: str | None,
        published: datetime | None,
        stated: Mapping[str, str],
    ) -> DocumentFacts:
        """The facts of an article by its stored texts.

        `stated` holds what a table on the page says, by the keys of `information.Pair`. Its number and days
        win over those of the text; its agency counts where the text names none, for it is often an office
        inside the agency. News, speeches and explanations have a type and nothing else.
        """
        heading = ClosedUp.line(title, self.folding)
        text = ClosedUp.of(f"{lead}\n{body}", self.folding)
        table = {key: self.folding.fold(value) for key, value in stated.items()}
        kind = type_of(heading.folded, text.folded, self.folding.fold(source or ""))
        if kind in _NO_DOCUMENTS:
            return DocumentFacts(type=kind)
        number = normalised(table.get(NUMBER, "")[:_LONGEST_NUMBER]) or own_number(
            heading.folded, text.folded
        )
        signature = signature_of(text.folded, self.agencies)
        signed = _stated_day(table.get(SIGNED)) or (None if signature is None else signature.signed)
        known = signed or (None if published is None else published.astimezone(CHINA).date())
        names = self._names(heading, text, None if signature is None else signature.agency)
        agency = next(names, None) or self._stated_agency(stated) or self._agency_of_decree(number)
        return DocumentFacts(
            number=number,
            agency=agency,
            level=self._level(agency, number, kind, heading.folded),
            type=kind,
            signed=signed,
            effective=_stated_day(table.get(EFFECTIVE)) or effective_of(text.folded, kind, known),
        )

    def _names(self, heading: ClosedUp, text: ClosedUp, signed_by: str | None) -> Iterator[str]:
        """The issuing agency as the page writes it, by title, head of the text, signature and label."""
        issuer = _ISSUER.match(heading.folded)
        if issuer is not None and (agency := self.agencies.first(issuer["names"])):
            yield heading.as_written(agency).removeprefix(_STATE)
        for run in _runs_before_title(heading, text):
            if agency := self.agencies.first_at_end(run):
                yield text.as_written(agency).removeprefix(_STATE)
        if signed_by is not None:
            yield text.as_written(signed_by).removeprefix(_STATE)
        labelled = _LABELLED.search(text.folded, 0, _HEAD)
        if labelled is not None and self.agencies.level(labelled["name"]) is not None:
            yield text.as_written(labelled["name"])

    def _stated_agency(self, stated: Mapping[str, str]) -> str | None:
        for key in (AGENCY, PUBLISHER):
            name = ClosedUp.line(stated.get(key, ""), self.folding)
            agency = self.agencies.first(name.folded)
            if agency is not None:
                return name.as_written(agency)
        return None

    def _agency_of_decree(self, number: str | None) -> str | None:
        decree = None if number is None else _DECREE.search(number)
        return None if number is None or decree is None else self.agencies.first(number[: decree.start()])

    def _level(self, agency: str | None, number: str | None, kind: str | None, title: str) -> Level | None:
        if agency is not None:
            return self.agencies.level(self.folding.fold(agency))
        if number is not None and _NATIONAL_NUMBER.match(number):
            return Level.NATIONAL
        if number is not None and is_of_province(number):
            return Level.PROVINCIAL
        if kind == LAW:
            return Level.NATIONAL
        levels = self.agencies.levels_of_places(title) if kind in _NAMED_FOR_A_PLACE else ()
        if kind == "条例" and len(levels) > 1 and levels[-1] is Level.COUNTY:
            return levels[-2]  # a county makes no regulations, the city that it lies in makes them for it
        return levels[-1] if levels else None


def _runs_before_title(heading: ClosedUp, text: ClosedUp) -> Iterator[str]:
    """What stands right before the title, from 关于 on, where the head of the text has it."""
    core = _CORE.search(heading.folded)
    wanted = (heading.folded if core is None else core[0])[:_CORE_LENGTH]
    head = text.folded[:_HEAD].replace("\n", "")
    at = head.find(wanted) if len(wanted) == _CORE_LENGTH else -1
    while at >= 0:
        run = (_RUN if core is not None else _RUN_THAT_ISSUES).search(head, 0, at)
        if run is not None:
            yield run["names"]
        at = head.find(wanted, at + 1)


def _stated_day(value: str | None) -> date | None:
    found = None if value is None else next(find_dates(value), None)
    return None if found is None else found.moment.date()
