"""Texts of filters: their form, and the chips of those that are set."""

from collections.abc import Mapping
from types import MappingProxyType

from web.texts.text import Text

FILTERS: Mapping[str, Text] = MappingProxyType(
    {
        "filters.heading": Text("筛选", "篩選", "Filters"),
        "filters.counts": Text(
            "括号中为篇数，含转载", "括號中為篇數，含轉載", "In brackets: articles, with reposts"
        ),
        "filters.summary": Text("筛选（{count}）", "篩選（{count}）", "Filters ({count})"),
        "filters.summary_none": Text("筛选", "篩選", "Filters"),
        "filters.region": Text("地区", "地區", "Region"),
        "filters.region_add": Text("添加一个地区", "新增一個地區", "Add a region"),
        "filters.region_hint": Text(
            "例如：湖北、鄂、鄂州市、长三角",
            "例如：湖北、鄂、鄂州市、長三角",
            "Chinese name or code, such as 420000",
        ),
        "filters.dates": Text("发布日期", "發布日期", "Publication date"),
        "filters.after": Text("不早于", "不早於", "From"),
        "filters.before": Text("不晚于", "不晚於", "To"),
        "filters.date_hint": Text(
            "年、年-月或年-月-日，例如 2024-03",
            "年、年-月或年-月-日，例如 2024-03",
            "Year, year-month or year-month-day, such as 2024-03",
        ),
        "filters.apply": Text("应用筛选", "套用篩選", "Apply filters"),
        "chips.label": Text("已选的筛选", "已選的篩選", "Active filters"),
        "chips.remove": Text("移除筛选：{label}", "移除篩選：{label}", "Remove filter: {label}"),
        "chips.clear": Text("清除全部", "清除全部", "Clear all"),
        "chips.or": Text("或", "或", "or"),
        "chips.and": Text("且", "且", "and"),
        "chips.region": Text("地区：{value}", "地區：{value}", "Region: {value}"),
        "chips.exclude_region": Text("不含地区：{value}", "不含地區：{value}", "Not region: {value}"),
        "chips.source": Text("来源：{value}", "來源：{value}", "Source: {value}"),
        "chips.exclude_source": Text("不含来源：{value}", "不含來源：{value}", "Not source: {value}"),
        "chips.published_after": Text("不早于 {value}", "不早於 {value}", "From {value}"),
        "chips.published_before": Text("不晚于 {value}", "不晚於 {value}", "To {value}"),
    }
)
