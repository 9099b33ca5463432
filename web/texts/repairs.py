"""Texts about what was repaired in an article: rules, and how certain they are."""

from collections.abc import Mapping
from types import MappingProxyType

from web.texts.text import Text

REPAIRS: Mapping[str, Text] = MappingProxyType(
    {
        "article.repairs": Text(
            "修复了 {count} 处", "修復了 {count} 處", "{count} repairs", en_one="{count} repair"
        ),
        "article.certainty": Text("依据：{certainty}", "依據：{certainty}", "Grounds: {certainty}"),
        "article.cosmetic": Text(
            "另有 {count} 处只统一了写法，文字没有损坏：{kinds}。",
            "另有 {count} 處只統一了寫法，文字沒有損壞：{kinds}。",
            "In {count} more places only the way of writing was made uniform; no text was damaged: {kinds}.",
            en_one="In {count} more place only the way of writing was made uniform; no text was damaged: "
            "{kinds}.",
        ),
        "article.cosmetic_kind": Text("{rule} {count} 处", "{rule} {count} 處", "{rule} ({count})"),
        "article.lost": Text(
            "有 {count} 个字符在收到之前已经丢失，无法恢复，显示为 \ufffd。",
            "有 {count} 個字元在收到之前已經遺失，無法復原，顯示為 \ufffd。",
            "{count} characters were lost before the text came in and cannot be restored; they are shown as "
            "\ufffd.",
            en_one="{count} character was lost before the text came in and cannot be restored; it is shown "
            "as \ufffd.",
        ),
        "article.repair": Text("修复 {number}：{rule}", "修復 {number}：{rule}", "Repair {number}: {rule}"),
        "article.more_repairs": Text(
            "其余 {count} 处从略，JSON 中有全部记录。",
            "其餘 {count} 處從略，JSON 中有全部記錄。",
            "{count} more are left out here; the JSON has all of them.",
            en_one="{count} more is left out here; the JSON has all of them.",
        ),
        "rule.pinyin": Text("删去误插的拼音", "刪去誤插的拼音", "Stray pinyin taken out"),
        "rule.gbk-slip": Text(
            "还原 GBK 错位的汉字", "還原 GBK 錯位的漢字", "Characters shifted in GBK restored"
        ),
        "rule.mojibake": Text(
            "还原编码误读的文字", "還原編碼誤讀的文字", "Text read in a wrong encoding restored"
        ),
        "rule.doubled": Text("删去重复的字", "刪去重複的字", "Doubled characters taken out"),
        "rule.line-break": Text("接上词中断开的行", "接上詞中斷開的行", "Lines broken inside a word joined"),
        "rule.entities": Text("还原 HTML 字符", "還原 HTML 字元", "HTML entities restored"),
        "rule.lost-stop": Text("补回丢失的标点", "補回遺失的標點", "Lost punctuation put back"),
        "rule.invisible": Text("删去不可见字符", "刪去不可見字元", "Invisible characters taken out"),
        "rule.private-use": Text("还原自造区字符", "還原自造區字元", "Private-use characters restored"),
        "rule.radicals": Text("部首换成汉字", "部首換成漢字", "Radicals made characters"),
        "rule.compatibility": Text(
            "兼容字换成通用字", "相容字換成通用字", "Compatibility characters made standard"
        ),
        "rule.full-width": Text(
            "全角字母数字换成半角", "全形字母數字換成半形", "Full-width letters and digits made half-width"
        ),
        "rule.replacement": Text(
            "删去排版留下的 \ufffd", "刪去排版留下的 \ufffd", "\ufffd left by typesetting taken out"
        ),
        "rule.other": Text("修复文字（{rule}）", "修復文字（{rule}）", "Text repaired ({rule})"),
        "certainty.exact": Text("有标准规定", "有標準規定", "laid down by a standard"),
        "certainty.evident": Text("本页可以证明", "本頁可以證明", "shown by the page itself"),
        "certainty.inferred": Text("推断，可能性最大", "推斷，可能性最大", "inferred, the likeliest reading"),
    }
)
