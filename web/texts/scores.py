"""Texts of what a score is made of, and the names of fields."""

from collections.abc import Mapping
from types import MappingProxyType

from web.texts.text import Text

SCORES: Mapping[str, Text] = MappingProxyType(
    {
        "score.sum": Text("得分 {score} 的组成", "得分 {score} 的組成", "What the score {score} is made of"),
        "score.in": Text("{label}（在{fields}里）", "{label}（在{fields}裡）", "{label} (in: {fields})"),
        "score.word": Text("词“{text}”", "詞「{text}」", "Word “{text}”"),
        "score.pair": Text("相邻的两个字", "相鄰的兩個字", "Two characters side by side"),
        "score.in-one-piece": Text("“{text}”原样出现", "「{text}」原樣出現", "“{text}” as it stands"),
        "score.other-way": Text(
            "“{text}”出现，是另一种写法",
            "「{text}」出現，是另一種寫法",
            "“{text}”, another way to write it",
        ),
        "score.near": Text("“{text}”相距不远", "「{text}」相距不遠", "“{text}” near each other"),
        "score.value": Text("取值“{text}”", "值「{text}」", "Value “{text}”"),
        "score.recency": Text("发布得晚", "發布得晚", "Published recently"),
        "field.title": Text("标题", "標題", "title"),
        "field.lead": Text("导语", "導語", "lead"),
        "field.body": Text("正文", "正文", "body"),
        "field.tags": Text("标签", "標籤", "tags"),
        "field.source": Text("来源", "來源", "source"),
        "field.region": Text("地区", "地區", "region"),
        "field.topic": Text("专题", "專題", "topic"),
        "field.document_number": Text("文号", "文號", "document number"),
        "field.document_type": Text("文种", "文種", "document type"),
        "field.agency": Text("发文机关", "發文機關", "issuing agency"),
        "field.level": Text("层级", "層級", "level"),
        "field.date": Text("日期", "日期", "date"),
        "field.signed": Text("成文日期", "成文日期", "date of signing"),
        "field.effective": Text("施行日期", "施行日期", "in force from"),
    }
)
