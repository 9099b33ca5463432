"""Who issues documents: agencies by their names, the first of several in a row, and their levels.

Names are folded and have no gaps.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Final

from index.article import Level
from index.regions.branches import BRANCHED, branch_words
from index.regions.tree import RegionLevel, Regions
from index.text.folding import Folding

_HAN = "\u3400-\u9fff"
_LONGEST = 40
"""Code points of the longest name that is believed to be one agency."""

_SHORTEST = 4
"""Code points from which a name is told from the words before it: 省委 may be of any sentence."""

_LONGEST_ROW = 200
"""Code points of a row of agencies that are looked at."""

_LONGEST_BARE = 8
"""Code points of the longest place without its suffix."""

_LEVELS: Final = {
    RegionLevel.PROVINCE: Level.PROVINCIAL,
    RegionLevel.PREFECTURE: Level.PREFECTURAL,
    RegionLevel.COUNTY: Level.COUNTY,
}
"""Districts of a municipality are counties to this table, as they are in GB/T 2260."""

_SHORT_PROVINCE = re.compile("(?:壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|省|市)$")
_UNLISTED: Final = {"新疆生产建设兵团": Level.PROVINCIAL, "雄安新区": Level.PREFECTURAL}

_STATE = re.compile("^(?:中共|中国共产党|中华人民共和国|共青团|政协|中国人民政治协商会议)")
_NATIONAL = re.compile("^(?:国家|全国|中央|最高人民|国务院|中国|中华)")
_OWN_LEVEL = re.compile(
    "^(?:(?P<province>省|自治区|全省|本省)|(?P<city>市|州|盟|地区|本市)|(?P<county>县|区|旗))"
    "(?=人民政府|政府|府办|委|教育|科|财政|民政|人力|人社|住|交通|农|商务|文|卫|发展|发改|公安|司法|水利|林业|审计|市场|工)"
)
_TOWNSHIP = re.compile(f"^[{_HAN}]{{1,6}}?(?:镇|乡|街道)(?=人民政府|政府|办事处|党委|党工委)")
_UNKNOWN_PLACE = re.compile(
    f"^[{_HAN}]{{2,8}}?(?:(?P<city>市|自治州|地区|盟)|(?P<county>自治县|县|区|旗))(?=人民政府|政府|人大|人民代表大会|委办)"
)

_SUFFIX = re.compile(
    "人民政府|政府|府|委员会|常委会|委|厅|局|部|署|办公室|办|院|社|会|行署|行政公署|人民代表大会|(?<!^)政协|总队|支队|中心|集团"
    "|公司|银行|分行|支行|大学|学院|领导小组|工作组|小组|指挥部|专班|机制|联席会议|协调会议|军区|兵团|法院|检察院"
)
_INSIDE = re.compile("办公厅|办公室|[综法政人科规财][\u3400-\u9fff]{0,6}司|秘书局|秘书处")
"""Offices inside an agency, which go with its name."""

_PARTS = re.compile("[、,;\n]+")
_AND_OTHERS = re.compile(
    rf"等(?:[0-9一二三四五六七八九十]+)?(?:个|家)?(?:省级|省直|市直|中央)?(?:部门|单位|部委|厅局|委局|机关)[{_HAN}]{{0,3}}$"
)
_NAME = re.compile(f"[{_HAN}“”·()]{{2,}}")
_SENTENCE = re.compile(
    "关于|发布|公布|根据|按照|印发|贯彻|落实|现将|有关|各|为了|以及|附件|同意|意见|通知|办法|方案|规定|细则|条例|决定|指南|目录|清单|名单|[计总]表"
)


@dataclass(frozen=True, slots=True)
class Agencies:
    """Names of agencies and places. Immutable and safe to share between threads."""

    _national: frozenset[str] = field(repr=False)
    _places: Mapping[str, Level] = field(repr=False)
    _longest: int

    @classmethod
    def load(cls, folding: Folding, regions: Regions) -> "Agencies":
        """The agencies that come with this program, and today's regions as places."""
        lines = files("index").joinpath("data/agencies.tsv").read_text(encoding="utf-8").splitlines()
        national = frozenset(folding.fold(line) for line in lines if line and not line.startswith("#"))
        places = dict(_UNLISTED)
        for unit in regions:
            name = folding.fold(unit.name)
            places.setdefault(name, _LEVELS[unit.level])
            if unit.level is RegionLevel.PROVINCE:
                places[_SHORT_PROVINCE.sub("", name)] = Level.PROVINCIAL
        return cls(national, places, max(map(len, (*national, *places))))

    def first(self, names: str) -> str | None:
        """The first of the agencies that a text consists of, joined by marks or by nothing.

        None where the text is no row of agencies.
        """
        part = _PARTS.split(names[:_LONGEST_ROW].strip("\n"), maxsplit=1)[0]
        part = _AND_OTHERS.sub("", part)
        if not _NAME.fullmatch(part) or _SENTENCE.search(part) or _INSIDE.fullmatch(part):
            return None
        branch, _ = self._branch(part)
        for end in self._ends(part):
            rest = part[end:]
            if end >= branch and (not rest or self.begins(rest)):
                return part[:end] if end <= _LONGEST else None
        return None

    def first_at_end(self, text: str) -> str | None:
        """The first of the agencies that a text ends with, where a sentence or a title runs into them."""
        starts = (start for start in range(len(text)) if self.begins(text[start:]))
        found = (self.first(text[start:]) for start in starts)
        return next(
            (name for name in found if name and (len(name) >= _SHORTEST or name in self._national)), None
        )

    def level(self, agency: str) -> Level | None:
        """The level of the agency with this name; None where the name does not show it."""
        name = _STATE.sub("", agency)
        _, level = self._branch(name)
        level = level or self._level_of_place(name)
        if level is not None:
            return level
        if self._starts_national(name) or _NATIONAL.match(name) or agency.startswith("中共中央"):
            return Level.NATIONAL
        return None

    def levels_of_places(self, text: str) -> tuple[Level, ...]:
        """The levels of the places that a text begins with, from the highest down: 鹤壁市浚县 has two."""
        return self._places_at(text)[1]

    def begins(self, text: str) -> bool:
        """Whether the name of an agency, or of a place, begins here."""
        name = _STATE.sub("", text)
        if (
            self._starts_national(name)
            or name != text
            or _OWN_LEVEL.match(text)
            or _UNKNOWN_PLACE.match(text)
        ):
            return not _INSIDE.match(text)
        return self._place_end(text, 0) > 0

    def _level_of_place(self, name: str) -> Level | None:
        end, levels = self._places_at(name)
        rest = name[end:]
        if end and _TOWNSHIP.match(rest):
            return Level.TOWNSHIP
        if own := _OWN_LEVEL.match(name) if not end else None:
            groups = (("province", Level.PROVINCIAL), ("city", Level.PREFECTURAL), ("county", Level.COUNTY))
            return next(of for group, of in groups if own[group])
        if unknown := _UNKNOWN_PLACE.match(rest):
            return Level.PREFECTURAL if unknown["city"] else Level.COUNTY
        return levels[-1] if levels else None

    def _places_at(self, text: str, start: int = 0) -> tuple[int, tuple[Level, ...]]:
        """Where the places end that stand in a text from `start` on, and their levels."""
        at = start
        levels: list[Level] = []
        while found := self._place_end(text, at):
            levels.append(self._places[text[at:found]])
            at = found
        return at, tuple(levels)

    def _place_end(self, text: str, at: int) -> int:
        """Where the longest place that stands there ends; 0 where none does."""
        longest = min(len(text), at + self._longest)
        return next((end for end in range(longest, at + 1, -1) if text[at:end] in self._places), 0)

    def _starts_national(self, text: str) -> bool:
        return any(text[:end] in self._national for end in range(2, min(len(text), self._longest) + 1))

    def _ends(self, part: str) -> Iterator[int]:
        """Where a name of an agency can end, the shortest first."""
        ends = {match.end() for match in _SUFFIX.finditer(part)}
        ends |= {match.end() for match in _INSIDE.finditer(part)}
        ends |= {end for end in range(2, len(part) + 1) if part[:end] in self._national}
        ends.add(self._branch(part)[0])
        yield from sorted(ends - {0})

    def _branch(self, name: str) -> tuple[int, Level | None]:
        """Where the name of a national agency's branch ends, and its place's level; 0 where none begins.

        Places stand without their suffix in such names: 中国人民银行武汉分行.
        """
        agency = BRANCHED.match(name)
        if agency is None:
            return 0, None
        words = branch_words(agency)
        start = agency.end() + name.startswith("驻", agency.end())
        end, levels = self._places_at(name, start)
        if levels and (word := words.match(name, end)):
            return word.end(), levels[-1]
        for bare in range(end + 2, min(end + _LONGEST_BARE, len(name)) + 1):
            suffixed = (self._places.get(name[end:bare] + suffix) for suffix in "市州盟县区")
            level = next(filter(None, suffixed), None)
            if level is not None and (word := words.match(name, bare)):
                return word.end(), level
        return 0, None
