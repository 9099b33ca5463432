"""The texts of feeds, of the description for browsers, and of formats that there are not."""

from collections.abc import Mapping
from types import MappingProxyType

from web.texts.text import Text

FORMAT_TEXTS: Mapping[str, Text] = MappingProxyType(
    {
        "feed.title": Text("{what} - {site}", "{what} - {site}", "{what} - {site}"),
        "feed.filtered": Text("{what}（{filters}）", "{what}（{filters}）", "{what} ({filters})"),
        "feed.separator": Text("，", "，", ", "),
        "opensearch.name": Text("政策新闻搜索", "政策新聞搜尋", "Policy news"),
        "opensearch.description": Text(
            "中国地方政策新闻全文搜索：简繁通查，精确到字。",
            "中國地方政策新聞全文搜尋：簡繁通查，精確到字。",
            "Full-text search in regional policy news of China: both scripts, exact to the character.",
        ),
        "opensearch.tags": Text(
            "政策 新闻 政府 公文 补贴", "政策 新聞 政府 公文 補貼", "policy news government china documents"
        ),
        "opensearch.example": Text("科技创新 补贴", "科技創新 補貼", "科技创新 补贴"),
        "opensearch.found": Text("{count} 篇", "{count} 篇", "{count} articles", en_one="one article"),
        "problem.not-acceptable": Text("没有这种格式", "沒有這種格式", "No such format"),
        "problem.not-acceptable.detail": Text(
            "搜索结果有以下格式：.json（application/json）、.csv（text/csv）、"
            ".ndjson（application/x-ndjson）、.atom（application/atom+xml）。"
            "请改地址的后缀，或改 Accept 头。",
            "搜尋結果有以下格式：.json（application/json）、.csv（text/csv）、"
            ".ndjson（application/x-ndjson）、.atom（application/atom+xml）。"
            "請改位址的副檔名，或改 Accept 標頭。",
            "Results come as .json (application/json), .csv (text/csv), .ndjson (application/x-ndjson) and "
            ".atom (application/atom+xml). Change the end of the address, or the Accept header.",
        ),
    }
)
