"""Any text is repaired with a log that leads back to it, and what is repaired needs no repair."""

from typing import Final

from index.text.edits import RepairedText
from index.text.folding import Folding
from index.text.repair import Repairer
from tests.fuzz.target import Target

_REPAIRER: Final = Repairer.load(Folding.load())

SEEDS: Final = (
    "增长24\x0185万户，占比3\x012%。&am\u200bp;ldquo;试点&rdquo;&#x4e2d;&nbsp;甲",
    "推動優(yōu)勢產業(yè)向規(guī);a制造發(fā)展",
    "２０２４年⼤会ＧＤＰ增长５％，⾼新技术\uf900",
    "关关于于推推进进数数字字经经济济发发展展的的通通知知\n正文。",
    "鏁板瓧缁忔祹鍙戝睍 æ°å\xadç»æµ ÊýÖÖ¾¼Ã",
    "第一行的文字在这里被折断了所以下一行\n接着写下去直到这里才算写完了这一句话。\n\n下一段\ufffd ",
    "增长3\ue0105亿元，\ue000\u2f08\u3000\xad",
)


def check(data: bytes) -> None:
    """The log leads back to the original, and a second repair does nothing."""
    page = data.decode("utf-8", "replace")
    repaired = _REPAIRER.repair(page)
    check_log(repaired, page)
    assert _REPAIRER.repair(repaired.text).text == repaired.text


def check_log(repaired: RepairedText, page: str) -> None:
    """Every change is where the log says it is, in both texts."""
    assert repaired.original() == page
    end = 0
    for change in repaired.changes:
        assert change.start >= end
        end = change.end
        assert repaired.text[change.start : change.end] == change.edit.after
        assert page[change.edit.start : change.edit.end] == change.edit.before
        assert change.edit.before != change.edit.after


TARGET: Final = Target(check=check, seeds=tuple(seed.encode() for seed in SEEDS), longest=600)
