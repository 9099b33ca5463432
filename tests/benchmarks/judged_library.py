"""A judged collection small enough to be read: its rows, queries and judgements are made up."""

import gzip
import json
from pathlib import Path
from typing import Final

SET: Final = "rgb_zh"
"""The set whose place it takes: one whose collection serves no other set."""

_SHORT: Final = "市民可以在社区服务站申请养老补贴。"
_LONG: Final = (
    "养老补贴的申请、审核、发放都由街道办理。"
    + "市政道路绿化改造工程分为三期，各区县按进度报送材料，由主管部门验收。" * 12
)

TEXTS: Final = {
    "short": ("社区服务站", _SHORT),
    "long": ("街道办事处职责", _LONG + "养老补贴按季度发放。" * 3 + "养老补贴另有规定的，从其规定。"),
    "science": ("科技创新专项资金管理办法", "科技创新专项资金用于支持企业研发，申报截止到每年三月。"),
    "science-news": ("企业获得支持", "多家企业今年获得科技创新专项资金，研发投入增长一成。"),
    "road": ("道路绿化方案", "道路绿化方案确定行道树种类，并要求先补植后修剪。"),
    "water": ("节约用水条例", "单位和个人都应当节约用水，用水计划按年度下达。"),
    "school": ("学校食堂管理规定", "学校食堂每日公布菜单，食品留样不少于四十八小时。"),
    "bridge": ("桥梁检测通告", "桥梁检测期间实行交通管制，公共汽车改道行驶。"),
}
QUERIES: Final = {
    "q1": ("养老补贴", {"short": 1}),
    "q2": ("科技创新专项资金", {"science": 1, "science-news": 1}),
    "q3": ("哪些单位应当节约用水", {"water": 1}),
    "q4": ("桥梁检测期间公共汽车怎么走", {"bridge": 1}),
}


def write_data(folder: Path) -> Path:
    """The folder of the data sets, as the benchmarks read it."""
    place = folder / "relevance" / SET
    place.mkdir(parents=True)
    with gzip.open(place / "articles.jsonl.gz", "wt", encoding="utf-8") as rows:
        for name, (title, text) in TEXTS.items():
            rows.write(_line({"id": name, "title": title, "text": text, "url": None, "source": None}))
    queries = "".join(_line({"id": name, "text": text}) for name, (text, _) in QUERIES.items())
    (place / "queries.jsonl").write_text(queries, encoding="utf-8")
    qrels = (
        f"{name}\t{one}\t{grade}\n" for name, (_, found) in QUERIES.items() for one, grade in found.items()
    )
    (place / "qrels.tsv").write_text("".join(qrels), encoding="utf-8")
    return folder


def _line(values: object) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"
