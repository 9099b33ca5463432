"""Texts of what is known of an article besides its words."""

from collections.abc import Mapping
from types import MappingProxyType

from web.texts.text import Text

FACTS: Mapping[str, Text] = MappingProxyType(
    {
        "fact.number": Text("文号", "文號", "Document number"),
        "fact.agency": Text("发文机关", "發文機關", "Issuing agency"),
        "fact.level": Text("层级", "層級", "Level"),
        "fact.type": Text("文种", "文種", "Document type"),
        "fact.signed": Text("成文日期", "成文日期", "Signed"),
        "fact.effective": Text("施行日期", "施行日期", "In force from"),
        "fact.region.issued-by": Text("发布地区", "發布地區", "Issued in"),
        "fact.region.about": Text("涉及地区", "涉及地區", "About"),
        "fact.topics": Text("专题", "專題", "Topics"),
        "fact.evidence": Text("见于：", "見於：", "Seen as: "),
        "level.national": Text("国家级", "國家級", "National"),
        "level.provincial": Text("省级", "省級", "Provincial"),
        "level.prefectural": Text("地市级", "地市級", "Prefectural"),
        "level.county": Text("县级", "縣級", "County"),
        "level.township": Text("乡镇级", "鄉鎮級", "Township"),
    }
)
