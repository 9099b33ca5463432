"""Units of quantities, each with the other signs for it."""

from dataclasses import dataclass
from enum import Enum
from typing import Final


class UnitKind(Enum):
    """Which numbers before a unit are written in both notations."""

    MEASURE = "measure"
    """Any number; two of them are 两."""

    LABEL = "label"
    """Any number, and never 两: 一号文件."""

    COUNT = "count"
    """From ten on: 三十条; 三项 and 一个 are words."""


@dataclass(frozen=True, slots=True)
class Unit:
    """`signs`: how the unit is written, its Chinese name first."""

    signs: tuple[str, ...]
    kind: UnitKind


_MEASURES: Final = """
平方米 ㎡ m2 m²
平方公里 平方千米 ㎢ km2 km²
立方米 ㎥ m3 m³
公顷 hm2 hm²
公里 千米 km ㎞
厘米 cm ㎝
毫米 mm ㎜
公斤 千克 kg ㎏
千瓦时 kWh
千瓦 kW
兆瓦 MW
摄氏度 ℃ °C
微克/立方米 μg/m3 μg/m³
毫克/升 mg/L
公里/小时 千米/小时 km/h
米
亩
吨
年
周年
个月
天
小时
个小时
分钟
秒
岁
周岁
个工作日
工作日
个百分点
倍
"""
_LABELS: Final = "号 日"
_COUNTS: Final = (
    "元 美元 欧元 港元 日元 人 人次 名 户 家 个 项 条 件 种 类 次 位 批 套 辆 台 所 座 处 场 期 强 部 篇 章 "
    "款 页 届 组 支 只 头 株 棵 艘 架 列 班 门 间 栋 幢 层 道"
)

UNITS: Final = (
    *(Unit(tuple(line.split()), UnitKind.MEASURE) for line in _MEASURES.split("\n") if line),
    *(Unit((sign,), UnitKind.LABEL) for sign in _LABELS.split()),
    *(Unit((sign,), UnitKind.COUNT) for sign in _COUNTS.split()),
)
"""Chosen by hand on 2026-11-28 from what policy documents measure and count in, not measured."""
