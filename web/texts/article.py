"""Texts of the page of an article."""

from collections.abc import Mapping
from types import MappingProxyType

from web.texts.text import Text

ARTICLE: Mapping[str, Text] = MappingProxyType(
    {
        "article.back": Text("返回搜索结果", "返回搜尋結果", "Back to the results"),
        "article.source": Text("来源", "來源", "Source"),
        "article.origin": Text("稿源", "稿源", "Origin"),
        "article.published": Text("发布时间", "發布時間", "Published"),
        "article.link": Text("查看原网页", "查看原網頁", "Original page"),
        "article.tags": Text("标签", "標籤", "Tags"),
        "article.notice": Text("声明", "聲明", "Notice"),
        "article.related": Text("相关链接", "相關連結", "Related links"),
        "article.copies": Text(
            "相同内容的其他 {count} 篇",
            "相同內容的其他 {count} 篇",
            "{count} other articles with the same text",
            en_one="{count} other article with the same text",
        ),
        "article.similarity": Text("相似度 {percent}", "相似度 {percent}", "{percent} alike"),
        "article.earliest_copy": Text("最早发布", "最早發布", "Published first"),
        "article.best_copy": Text("内容最完整", "內容最完整", "Most complete"),
        "article.id": Text("编号", "編號", "Id"),
        "article.marks": Text(
            "共 {count} 处匹配", "共 {count} 處符合", "{count} matches", en_one="{count} match"
        ),
        "article.first_mark": Text("第一处", "第一處", "First match"),
        "article.previous_mark": Text("上一处", "上一處", "Previous"),
        "article.next_mark": Text("下一处", "下一處", "Next"),
        "article.mark": Text(
            "第 {number} 处，共 {count} 处", "第 {number} 處，共 {count} 處", "{number} of {count}"
        ),
        "article.marks_truncated": Text(
            "匹配太多，只标出前面的部分。",
            "符合之處太多，只標出前面的部分。",
            "There are too many matches; only the first are marked.",
        ),
        "article.other_way": Text(
            "“{text}”是“{typed}”的另一种写法。",
            "「{text}」是「{typed}」的另一種寫法。",
            "“{text}” is another way to write “{typed}”.",
        ),
        "article.no_marks": Text(
            "正文中没有与查询匹配的文字。",
            "正文中沒有與查詢相符的文字。",
            "Nothing in the text matches the query.",
        ),
        "article.texts": Text("文字", "文字", "Text"),
        "article.text": Text("正文", "正文", "Text"),
        "article.repaired": Text("修复后", "修復後", "Repaired"),
        "article.original": Text("原文", "原文", "Original"),
        "original.page": Text(
            "这是收到时的内容，未作修改；加点的是后来修复的地方。",
            "這是收到時的內容，未作修改；加點的是後來修復的地方。",
            "This is what came in, unchanged; what was repaired later is dotted. ",
        ),
        "original.record": Text(
            "这是收到时的数据记录，未作修改。",
            "這是收到時的資料記錄，未作修改。",
            "This is the record as it came in, unchanged. ",
        ),
        "original.html": Text(
            "这是收到时的网页源代码，未作修改。",
            "這是收到時的網頁原始碼，未作修改。",
            "This is the source of the web page as it came in, unchanged. ",
        ),
        "original.pdf": Text(
            "收到的是 PDF 文件，这里不能显示。",
            "收到的是 PDF 檔案，這裡不能顯示。",
            "A PDF file came in, which cannot be shown here. ",
        ),
        "original.word": Text(
            "收到的是 Word 文件，这里不能显示。",
            "收到的是 Word 檔案，這裡不能顯示。",
            "A Word file came in, which cannot be shown here. ",
        ),
        "article.original_download": Text(
            "取得文件内容（JSON，base64 编码）",
            "取得檔案內容（JSON，base64 編碼）",
            "Get the file (JSON, base64)",
        ),
        "article.original_size": Text("共 {size} 字节。", "共 {size} 位元組。", "Size: {size} bytes."),
        "article.original_encoding": Text(
            "编码 {encoding}，{size} 字节",
            "編碼 {encoding}，{size} 位元組",
            "Encoding {encoding}, {size} bytes",
        ),
    }
)
