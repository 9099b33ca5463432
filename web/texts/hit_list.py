"""Texts of a list of hits: its head, its items, paging, and what helps where little was found."""

from collections.abc import Mapping
from types import MappingProxyType

from web.texts.text import Text

HIT_LIST: Mapping[str, Text] = MappingProxyType(
    {
        "search.heading": Text("搜索：{q}", "搜尋：{q}", "Search: {q}"),
        "search.heading_all": Text("全部文章", "全部文章", "All articles"),
        "search.page_title": Text("{q} - 第 {page} 页", "{q} - 第 {page} 頁", "{q} - page {page}"),
        "results.count": Text("{count} 条结果", "{count} 筆結果", "{count} results", en_one="{count} result"),
        "results.count_folded": Text(
            "{clusters} 条结果，连转载共 {count} 篇",
            "{clusters} 筆結果，連轉載共 {count} 篇",
            "Results: {clusters} ({count} articles with reposts)",
        ),
        "results.unfold": Text("逐篇列出转载", "逐篇列出轉載", "List every repost"),
        "results.fold": Text("合并转载", "合併轉載", "Group reposts"),
        "results.other_way": Text(
            "“{typed}”的另一种写法", "「{typed}」的另一種寫法", "Another way to write “{typed}”"
        ),
        "results.copies": Text(
            "另有 {count} 篇转载", "另有 {count} 篇轉載", "{count} reposts", en_one="{count} repost"
        ),
        "results.copies_and_first": Text(
            "本篇为转载，另有 {count} 篇（含首发）",
            "本篇為轉載，另有 {count} 篇（含首發）",
            "A repost; {count} other articles, with the first published",
            en_one="A repost; {count} other article, the first published",
        ),
        "results.took": Text("用时 {ms} 毫秒", "用時 {ms} 毫秒", "in {ms} ms"),
        "results.heading": Text("搜索结果", "搜尋結果", "Search results"),
        "results.read_as": Text("读作", "讀作", "Read as"),
        "results.read_not": Text("不含", "不含", "without"),
        "results.quoted": Text("“{text}”", "「{text}」", "“{text}”"),
        "results.in_field": Text("{field}：{value}", "{field}：{value}", "{field}: {value}"),
        "results.sort": Text("排序", "排序", "Sort by"),
        "results.window": Text(
            "只能翻到前 {count} 条，请缩小范围。",
            "只能翻到前 {count} 筆，請縮小範圍。",
            "Only the first {count} results can be paged through; please narrow the search.",
        ),
        "results.past_end": Text(
            "这一页没有结果，共有 {count} 条。",
            "這一頁沒有結果，共有 {count} 筆。",
            "Nothing on this page; there are {count} results.",
            en_one="Nothing on this page; there is {count} result.",
        ),
        "results.first_page": Text("回到第一页", "回到第一頁", "Back to the first page"),
        "results.undated": Text("日期不详", "日期不詳", "No date"),
        "results.repaired": Text("已修复乱码", "已修復亂碼", "Garbled text repaired"),
        "results.pinned": Text("置顶", "置頂", "Pinned"),
        "results.by_meaning": Text("语义相近", "語意相近", "Close in meaning"),
        "results.synonyms": Text("也搜索了：{texts}", "也搜尋了：{texts}", "Also searched for: {texts}"),
        "sort.relevance": Text("相关度", "相關度", "Relevance"),
        "sort.newest": Text("最新", "最新", "Newest"),
        "sort.oldest": Text("最早", "最早", "Oldest"),
        "paging.label": Text("翻页", "分頁", "Pages"),
        "paging.previous": Text("上一页", "上一頁", "Previous"),
        "paging.next": Text("下一页", "下一頁", "Next"),
        "paging.page": Text("第 {number} 页", "第 {number} 頁", "Page {number}"),
        "meant.heading": Text("您是不是要找：", "您是不是要找：", "Did you mean:"),
        "meant.count": Text("{count} 篇", "{count} 篇", "{count} articles", en_one="{count} article"),
        "nothing.heading": Text("没有找到相关文章", "沒有找到相關文章", "No articles found"),
        "nothing.parts": Text("各部分单独的文章数", "各部分單獨的文章數", "Articles for each part alone"),
        "nothing.filters": Text("去掉一个筛选", "去掉一個篩選", "Without one of the filters"),
        "nothing.without": Text("不限“{label}”", "不限「{label}」", "Without “{label}”"),
        "nothing.all": Text("查看全部文章", "查看全部文章", "All articles"),
    }
)
