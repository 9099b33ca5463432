"""Texts that every page shares, and those of the first page."""

from collections.abc import Mapping
from types import MappingProxyType

from web.texts.text import Text

SITE: Mapping[str, Text] = MappingProxyType(
    {
        "site.title": Text("地方政策新闻搜索", "地方政策新聞搜尋", "Regional Policy News Search"),
        "site.description": Text(
            "地方政策新闻全文搜索：简繁通查，精确到字。",
            "地方政策新聞全文搜尋：簡繁通查，精確到字。",
            "Full-text search in regional policy news of China: both scripts, exact to the character.",
        ),
        "site.skip": Text("跳到正文", "跳到主要內容", "Skip to main content"),
        "site.home": Text("首页", "首頁", "Home"),
        "site.help": Text("查询语法", "查詢語法", "Query syntax"),
        "site.ask_error": Text("错误：{title}", "錯誤：{title}", "Error: {title}"),
        "footer.json": Text("本页的 JSON", "本頁的 JSON", "This page as JSON"),
        "footer.generation": Text("索引版本 {generation}", "索引版本 {generation}", "Index {generation}"),
        "footer.committed": Text("更新于", "更新於", "as of"),
        "search.label": Text("搜索文章", "搜尋文章", "Search articles"),
        "search.placeholder": Text("输入关键词", "輸入關鍵字", "Chinese keywords"),
        "search.button": Text("搜索", "搜尋", "Search"),
        "home.lead": Text(
            "在 {count} 篇地方政策新闻中查找。简体、繁体写法都能找到对方。",
            "在 {count} 篇地方政策新聞中查找。簡體、繁體寫法都能找到對方。",
            "Search {count} articles of regional policy news. Simplified and Traditional Chinese find each "
            "other.",
            en_one="Search one article of regional policy news. Simplified and Traditional Chinese find each "
            "other.",
        ),
        "home.newest": Text("最新一篇：{date}", "最新一篇：{date}", "Newest article: {date}"),
        "home.examples": Text("试试看", "試試看", "Try one of these"),
        "home.latest": Text("最新文章", "最新文章", "Latest articles"),
        "home.all": Text("查看全部文章", "查看全部文章", "All articles"),
        "home.empty": Text("还没有文章", "還沒有文章", "No articles yet"),
        "home.empty_detail": Text(
            "请运行 policy-search ingest，把文章文件夹加入进来。",
            "請執行 policy-search ingest，加入文章資料夾。",
            "Run policy-search ingest to add a folder of articles.",
        ),
    }
)
