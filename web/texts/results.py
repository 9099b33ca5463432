"""The texts of facets, chips, the timeline, suggestions, and the ways on from a list of results."""

from collections.abc import Mapping
from types import MappingProxyType

from web.texts.text import Text

_FACETS = {
    "facet.region": Text("地区", "地區", "Region"),
    "facet.topic": Text("专题", "專題", "Topic"),
    "facet.source": Text("来源", "來源", "Source"),
    "facet.year": Text("年份", "年份", "Year"),
    "facet.agency": Text("发文机关", "發文機關", "Issuing body"),
    "facet.level": Text("层级", "層級", "Level of government"),
    "facet.document_type": Text("文种", "文種", "Type of document"),
    "facet.origin": Text("稿源", "稿源", "Original source"),
    "facet.tag": Text("标签", "標籤", "Tag"),
    "facet.category": Text("栏目", "欄目", "Section"),
    "facet.document_number": Text("文号", "文號", "Document number"),
    "facet.of_documents": Text("公文属性", "公文屬性", "Official documents"),
    "facet.year_value": Text("{year}年", "{year}年", "{year}"),
    "facet.years_value": Text("{first}—{last}年", "{first}—{last}年", "{first}–{last}"),
    "facet.missing": Text("未标明", "未標明", "Not given"),
    "facet.only_unit": Text("{name}（仅本级）", "{name}（僅本級）", "{name} (this level only)"),
    "facet.only_this": Text("仅本级", "僅本級", "This level only"),
    "facet.below": Text("{name}的下辖地区", "{name}的下轄地區", "Below {name}"),
    "facet.with_below": Text("含下级", "含下級", "With all below"),
    "facet.in_city": Text("{name}（{city}）", "{name}（{city}）", "{name} ({city})"),
    "facet.count": Text("{count} 篇", "{count} 篇", "articles: {count}"),
    "facet.more": Text("显示更多", "顯示更多", "Show more"),
    "facet.more_of": Text("显示更多：{facet}", "顯示更多：{facet}", "Show more: {facet}"),
    "facet.heading": Text("选择{facet}", "選擇{facet}", "Choose: {facet}"),
    "facet.distinct": Text("共 {count} 个。", "共 {count} 個。", "Values: {count}."),
    "facet.cut": Text(
        "只列出文章最多的 {count} 个，请用上面的框查找其余的。",
        "只列出文章最多的 {count} 個，其餘請用上方的欄位尋找。",
        "Only the {count} with most articles are listed; find the others with the box above.",
    ),
    "facet.find": Text("查找{facet}", "尋找{facet}", "Find: {facet}"),
    "facet.find_button": Text("查找", "尋找", "Find"),
    "facet.find_region": Text(
        "可以写名称、简称、旧名或代码，例如：浙、杭州、襄樊",
        "可輸入名稱、簡稱、舊名或代碼，例如：浙、杭州、襄樊",
        "A Chinese name, also a short or a former one, or a code",
    ),
    "facet.none": Text("没有符合的{facet}。", "沒有符合的{facet}。", "None fits: {facet}."),
    "facet.apply": Text("应用筛选", "套用篩選", "Apply filters"),
    "facet.back": Text("返回搜索结果", "返回搜尋結果", "Back to the results"),
    "facet.all": Text("全部列出", "全部列出", "List all"),
    "fault.facet": Text(
        "没有可以按“{value}”列出的取值。",
        "沒有可依「{value}」列出的值。",
        "There are no values to list by “{value}”.",
    ),
}

_CHIPS = {
    "chips.origin": Text("稿源：{value}", "稿源：{value}", "Original source: {value}"),
    "chips.exclude_origin": Text("不含稿源：{value}", "不含稿源：{value}", "Not original source: {value}"),
    "chips.topic": Text("专题：{value}", "專題：{value}", "Topic: {value}"),
    "chips.exclude_topic": Text("不含专题：{value}", "不含專題：{value}", "Not topic: {value}"),
    "chips.tag": Text("标签：{value}", "標籤：{value}", "Tag: {value}"),
    "chips.exclude_tag": Text("不含标签：{value}", "不含標籤：{value}", "Not tag: {value}"),
    "chips.category": Text("栏目：{value}", "欄目：{value}", "Section: {value}"),
    "chips.exclude_category": Text("不含栏目：{value}", "不含欄目：{value}", "Not section: {value}"),
    "chips.document_number": Text("文号：{value}", "文號：{value}", "Document number: {value}"),
    "chips.exclude_document_number": Text(
        "不含文号：{value}", "不含文號：{value}", "Not document number: {value}"
    ),
    "chips.document_type": Text("文种：{value}", "文種：{value}", "Type: {value}"),
    "chips.exclude_document_type": Text("不含文种：{value}", "不含文種：{value}", "Not type: {value}"),
    "chips.agency": Text("发文机关：{value}", "發文機關：{value}", "Issued by: {value}"),
    "chips.exclude_agency": Text("不含发文机关：{value}", "不含發文機關：{value}", "Not issued by: {value}"),
    "chips.level": Text("层级：{value}", "層級：{value}", "Level: {value}"),
    "chips.exclude_level": Text("不含层级：{value}", "不含層級：{value}", "Not level: {value}"),
    "chips.year": Text("年份：{value}", "年份：{value}", "Year: {value}"),
    "chips.exclude_year": Text("不含年份：{value}", "不含年份：{value}", "Not year: {value}"),
    "chips.signed_after": Text("成文不早于 {value}", "成文不早於 {value}", "Signed from {value}"),
    "chips.signed_before": Text("成文不晚于 {value}", "成文不晚於 {value}", "Signed until {value}"),
    "chips.effective_after": Text("施行不早于 {value}", "施行不早於 {value}", "In force from {value}"),
    "chips.effective_before": Text("施行不晚于 {value}", "施行不晚於 {value}", "In force until {value}"),
    "chips.added_after": Text("收录不早于 {value}", "收錄不早於 {value}", "Added from {value}"),
    "chips.added_before": Text("收录不晚于 {value}", "收錄不晚於 {value}", "Added until {value}"),
}

_TIMELINE = {
    "timeline.heading": Text("按时间分布", "按時間分布", "Over time"),
    "timeline.bar": Text("{period}：{count} 篇", "{period}：{count} 篇", "{period}: {count}"),
    "timeline.earlier": Text("更早", "更早", "Earlier"),
    "timeline.undated": Text("日期不详", "日期不詳", "Undated"),
    "timeline.year": Text(
        "{first}至{last}，各年的篇数", "{first}至{last}，各年的篇數", "{first} to {last}, articles by year"
    ),
    "timeline.month": Text(
        "{first}至{last}，各月的篇数", "{first}至{last}，各月的篇數", "{first} to {last}, articles by month"
    ),
    "timeline.day": Text(
        "{first}至{last}，每天的篇数", "{first}至{last}，每天的篇數", "{first} to {last}, articles by day"
    ),
    "timeline.period": Text("时段", "時段", "Period"),
    "timeline.count": Text("篇数", "篇數", "Articles"),
}

_LIST = {
    "sort.added": Text("最新收录", "最新收錄", "Newly added"),
    "results.similar": Text("相似文章", "相似文章", "Similar articles"),
    "results.first_copy": Text("首发", "首發", "First published"),
    "results.only_full": Text("只看完全匹配", "只看完全符合", "Only full matches"),
    "results.as_typed": Text("按原样搜索", "依原樣搜尋", "Search as typed"),
    "results.no_synonyms": Text("只找原词", "只找原詞", "Only what was typed"),
    "results.in_part": Text("部分匹配 - {title}", "部分符合 - {title}", "Partial matches - {title}"),
    "results.all_copies": Text("全部转载与相似度", "全部轉載與相似度", "All reposts, and how alike they are"),
    "export.heading": Text("导出与订阅", "匯出與訂閱", "Export and subscribe"),
    "export.subscribe": Text("订阅此搜索", "訂閱此搜尋", "Subscribe to this search"),
    "export.csv": Text("导出 CSV", "匯出 CSV", "Export CSV"),
    "export.ndjson": Text("导出 NDJSON", "匯出 NDJSON", "Export NDJSON"),
    "export.json": Text("本页的 JSON", "本頁的 JSON", "This page as JSON"),
    "export.how": Text(
        "订阅：复制“订阅此搜索”的链接，粘贴到支持 Atom 的阅读器中，新文章会自动送达。"
        "CSV 可用电子表格软件打开；NDJSON（每行一条 JSON）供程序使用。二者都含全部结果，最多 {count} 条。",
        "訂閱：複製「訂閱此搜尋」的連結，貼到支援 Atom 的閱讀器中，新文章會自動送達。"
        "CSV 可用試算表軟體開啟；NDJSON（每行一筆 JSON）供程式使用。兩者都含全部結果，最多 {count} 筆。",
        "To subscribe, copy the link and paste it into a feed reader (Atom); new articles will appear there. "
        "CSV opens in spreadsheet programs; NDJSON, a JSON object on each line, is for programs. "
        "Both hold all results, up to {count}.",
    ),
}

_SCRIPT = {
    "suggest.label": Text("搜索建议", "搜尋建議", "Suggestions"),
    "suggest.region": Text("地区", "地區", "region"),
    "suggest.topic": Text("专题", "專題", "topic"),
    "suggest.agency": Text("发文机关", "發文機關", "issuing body"),
    "suggest.source": Text("来源", "來源", "source"),
    "suggest.word": Text("词语", "詞語", "word"),
    "suggest.title": Text("标题", "標題", "title"),
    "suggest.available": Text("{count} 条建议", "{count} 條建議", "Suggestions: {count}"),
    "script.searching": Text("正在搜索…", "正在搜尋…", "Searching…"),
    "script.failed": Text(
        "没能更新结果，请再试一次。",
        "未能更新結果，請再試一次。",
        "The results could not be updated. Try again.",
    ),
}

RESULTS: Mapping[str, Text] = MappingProxyType({**_FACETS, **_CHIPS, **_TIMELINE, **_LIST, **_SCRIPT})
