"""The 300 articles of the browser tests: the sample, the complaints, hostile ones, and generated ones."""

import json
from collections.abc import Iterator
from random import Random
from typing import Final

from index.article import Article
from tests.conftest import ROOT
from tests.search.complaints import Case, cases

Record = dict[str, str]

ARTICLES: Final = 300
SAMPLE: Final = ROOT / "web" / "sample"
DELETED: Final = "deleted-1"
SUBJECTS: Final = (
    *("产业园", "人才公寓", "轨道交通", "社区养老"),
    *("绿色金融", "职业教育", "数字政府", "乡村旅游"),
)
VERBS: Final = ("推进", "支持", "发布", "调整", "验收", "表彰")

LONGEST_TITLE: Final = 1_000
"""Characters that a title may have when it is stored."""
HOSTILE_WORD: Final = "注入试验"
LONG_WORD: Final = "a" * 10_000
HOSTILE: Final = {
    "script": "<script>document.title = 'taken'</script>",
    "image": '"><img src=x onerror="document.title = \'taken\'">',
    "link": "<a href=\"javascript:document.title = 'taken'\">javascript:alert(1)</a>",
    "right-to-left": "\u202egnp.exe\u2066",
    "long": LONG_WORD,
}
"""What must be shown as text, by the name of its article."""


def complaint_id(case: Case, article: Article) -> str:
    """The id that an article of a complaint has on the site."""
    return f"complaint-{case.name}-{article.id}"


def hostile_id(name: str) -> str:
    """The id that an article of HOSTILE has on the site."""
    return f"hostile-{name}"


def records() -> list[Record]:
    """What is stored beside the sample, so that there are ARTICLES once DELETED is deleted."""
    written = [*_complaints(), *_hostile()]
    return [*written, *_generated(ARTICLES - _sample_size() - len(written)), _deleted()]


def _sample_size() -> int:
    lines = (SAMPLE / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return len(lines) + len(list((SAMPLE / "pages").iterdir()))


def _complaints() -> Iterator[Record]:
    for case in cases():
        for article in case.articles:
            yield {"id": complaint_id(case, article), "title": article.title, "text": article.body}


def _hostile() -> Iterator[Record]:
    for name, text in HOSTILE.items():
        yield {
            "id": hostile_id(name),
            "title": f"{HOSTILE_WORD}{text}"[:LONGEST_TITLE],
            "text": f"{HOSTILE_WORD}{text}\n{text}",
            "source": text[:200],
            "url": "javascript:document.title='taken'",
            "published": "2020-02-02",
        }


def _generated(count: int) -> Iterator[Record]:
    """Articles that fill the pages behind the others."""
    random = Random(300)
    for number in range(count):
        subject, verb = random.choice(SUBJECTS), random.choice(VERBS)
        yield {
            "id": f"generated-{number:03}",
            "title": f"第{number + 1}批{subject}项目{verb}情况",
            "text": "\n".join(f"{subject}{verb}工作第{random.randrange(99)}次会议。" for _ in range(9)),
            "source": f"{random.choice(SUBJECTS)}简报",
            "published": f"{random.randint(2019, 2026)}-0{random.randint(1, 9)}-15",
        }


def _deleted() -> Record:
    return {"id": DELETED, "title": "已撤下的轨道交通通知", "text": "这篇文章会被删除。"}


def as_lines(rows: list[Record]) -> bytes:
    """Records as JSON lines."""
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
