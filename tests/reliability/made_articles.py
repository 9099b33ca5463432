"""A data folder with articles that are made up: long enough that an export of all is far larger than what the
kernel keeps for a client, and each of its own words."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.processes import run

SEED: Final = 20_261_128
EVERYWHERE: Final = "协同"
"""A word that stands in every article."""

PLACES: Final = (
    "杭州",
    "成都",
    "武汉",
    "西安",
    "合肥",
    "长沙",
    "青岛",
    "厦门",
    "苏州",
    "郑州",
    "南昌",
    "贵阳",
)
ACTORS: Final = ("市发展改革委", "市科技局", "市财政局", "市农业农村局", "开发区管委会", "市交通运输局")
DEEDS: Final = ("印发", "修订", "公布", "试行", "部署", "评估", "扩大", "细化")
MATTERS: Final = (
    "营商环境评价办法",
    "科技成果转化清单",
    "老旧小区改造计划",
    "乡村振兴项目库",
    "绿色金融试点方案",
    "跨境电商通关流程",
    "养老服务补贴标准",
    "数据要素登记制度",
    "轨道交通线网规划",
    "专精特新企业培育目录",
)
ENDS: Final = (
    "按季公布进展",
    "接受社会监督",
    "并安排专项资金",
    "由各区分头落实",
    "年底前完成验收",
    "同步开展培训",
)


def made_record(number: int, sentences: int, behind: str = "") -> dict[str, str]:
    """The article of this number, the same at each call; it has so many sentences of some 45
    characters, and `behind` them something that is the same in all."""
    rng = random.Random(SEED + number)
    place = rng.choice(PLACES)
    body = "".join(
        f"{rng.choice(PLACES)}{rng.choice(ACTORS)}{rng.choice(DEEDS)}{rng.choice(MATTERS)}，"
        f"第{rng.randrange(10_000)}号事项投资{rng.randrange(1_000)}万元，{rng.choice(ENDS)}。"
        for _ in range(sentences)
    )
    return {
        "id": f"made{number:05}",
        "title": f"{place}推进{EVERYWHERE}发展第{number}号通知",
        "text": body + behind,
        "published": f"20{10 + number % 15}-{1 + number % 12:02}-{1 + number % 28:02}",
    }


def lines(numbers: range, sentences: int, behind: str = "") -> Iterator[str]:
    for number in numbers:
        yield f"{json.dumps(made_record(number, sentences, behind), ensure_ascii=False)}\n"


def made_folder(root: Path, articles: int, sentences: int, behind: str = "") -> Path:
    """A data folder below `root` with so many of them, indexed."""
    written = root / "made.jsonl"
    written.write_text("".join(lines(range(articles), sentences, behind)), encoding="utf-8")
    done = run(root / "data", "ingest", str(written))
    assert done.returncode == 0, done.stderr.decode()
    written.unlink()
    return root / "data"
