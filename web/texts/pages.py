"""Texts of the first page, of the regions, of what stands around an article, and about the site."""

from collections.abc import Mapping
from types import MappingProxyType

from web.texts.text import Text

_HOME = {
    "home.example_year": Text("{region} {year}年", "{region} {year}年", "{region} {year}"),
    "home.regions": Text("各省文章", "各省文章", "Articles by province"),
    "home.all_regions": Text("全部地区", "全部地區", "All regions"),
    "home.topics": Text("热门专题", "熱門專題", "Topics"),
    "home.building": Text(
        "索引正在建立，或者暂时连接不上",
        "索引正在建立，或者暫時連接不上",
        "The index is being built, or cannot be reached for now",
    ),
    "home.building_detail": Text(
        "已收到 {count} 项更新，编入索引后就能搜索。文章没有丢失，请过一会儿再来。",
        "已收到 {count} 項更新，編入索引後就能搜尋。文章沒有遺失，請稍後再來。",
        "Changes received: {count}. They can be searched once they are indexed. Nothing is lost; please come "
        "back in a little while.",
    ),
    "home.behind": Text(
        "另有 {count} 项更新正在编入索引，现在的结果还不包括它们。",
        "另有 {count} 項更新正在編入索引，目前的結果還不包括它們。",
        "Changes still being indexed: {count}. Results do not include them yet.",
    ),
}

_REGIONS = {
    "regions.heading": Text("地区", "地區", "Regions"),
    "regions.lead": Text(
        "篇数包括下辖各地；一篇文章可以涉及几个地区。",
        "篇數包括下轄各地；一篇文章可以涉及幾個地區。",
        "Numbers include all lower levels; an article may concern several regions.",
    ),
    "regions.label": Text("查找地区", "查找地區", "Find a region"),
    "regions.hint": Text(
        "名称、简称、旧名、代码或经济区域，例如：",
        "名稱、簡稱、舊名、代碼或經濟區域，例如：",
        "A name, short name, former name or economic area in Chinese, or a code, such as ",
    ),
    "regions.button": Text("查找", "查找", "Find"),
    "regions.found": Text("“{q}”指的是：", "「{q}」指的是：", "“{q}” is:"),
    "regions.ambiguous": Text(
        "几个地区都叫“{q}”：", "幾個地區都叫「{q}」：", "Several regions are called “{q}”:"
    ),
    "regions.near": Text(
        "没有名为“{q}”的地区。相近的名称：",
        "沒有名為「{q}」的地區。相近的名稱：",
        "No region is called “{q}”. Similar names:",
    ),
    "regions.unknown": Text(
        "没有名为“{q}”的地区，请换一个写法。",
        "沒有名為「{q}」的地區，請換一個寫法。",
        "No region is called “{q}”. Try another name for it.",
    ),
    "regions.aliases": Text("又名：", "又名：", "Also called: "),
    "regions.articles": Text(
        "查看全部文章（{count}）", "查看全部文章（{count}）", "All its articles ({count})"
    ),
    "regions.below": Text("下辖地区", "下轄地區", "Lower level"),
    "regions.inside": Text("下辖 {count} 个", "下轄 {count} 個", "All of the lower level: {count}"),
    "regions.covered": Text("有文章的下级 {count} 个", "有文章的下級 {count} 個", "Lower level: {count}"),
    "regions.country": Text("全国", "全國", "China"),
    "regions.trail": Text("上级地区", "上級地區", "Higher levels"),
    "regions.all": Text("各省、自治区、直辖市", "各省、自治區、直轄市", "Provinces"),
    "regions.none": Text("没有下辖地区。", "沒有下轄地區。", "It has no lower level."),
}

_ARTICLE = {
    "article.similar": Text("相似文章", "相似文章", "Similar articles"),
    "article.similar_shared": Text("都提到：", "都提到：", "In common: "),
    "article.similar_none": Text(
        "没有找到相似的文章。", "沒有找到相似的文章。", "No similar articles were found."
    ),
    "article.similar_late": Text(
        "现在不能列出相似的文章，请稍后刷新本页。",
        "現在不能列出相似的文章，請稍後重新整理本頁。",
        "Similar articles cannot be listed right now; reload the page later.",
    ),
    "article.citation": Text("引用", "引用", "Cite this article"),
    "article.citation_style": Text(
        "GB/T 7714—2015 格式", "GB/T 7714—2015 格式", "In the style of GB/T 7714—2015"
    ),
    "article.ris": Text("下载 RIS 文件", "下載 RIS 檔案", "Download as RIS"),
    "article.ris_detail": Text(
        "可以导入 NoteExpress、Zotero、EndNote 等文献管理软件。",
        "可以匯入 NoteExpress、Zotero、EndNote 等文獻管理軟體。",
        "For NoteExpress, Zotero, EndNote and other reference managers.",
    ),
    "article.printed": Text("打印日期：{date}", "列印日期：{date}", "Printed: {date}"),
    "gone.heading": Text("文章已删除", "文章已刪除", "This article was deleted"),
    "gone.detail": Text(
        "这篇文章曾经收录，后来删除了，内容已不再保存。",
        "這篇文章曾經收錄，後來刪除了，內容已不再保存。",
        "The article was once in this library and has been deleted; its text is no longer kept.",
    ),
    "gone.similar": Text("与“{q}”有关的其他文章", "與「{q}」有關的其他文章", "Other articles about “{q}”"),
    "gone.latest": Text("最新文章", "最新文章", "Latest articles"),
    "gone.more": Text("更多结果", "更多結果", "More results"),
}

_PARAMETERS = {
    "parameters.heading": Text("搜索的全部参数", "搜尋的全部參數", "All parameters of a search"),
    "parameters.lead": Text(
        "写在搜索页或接口 /api/v1/search 的地址里。同一个参数给几次表示“或”，不同的参数表示“且”。",
        "寫在搜尋頁或介面 /api/v1/search 的網址裡。同一個參數給幾次表示「或」，不同的參數表示「且」。",
        "They stand in the address of a search page or of /api/v1/search. A parameter given several times "
        "means OR, different ones mean AND.",
    ),
    "parameters.values": Text("可用的值：", "可用的值：", "Values: "),
    "parameters.default": Text("不写时：", "不寫時：", "Without it: "),
    "parameters.repeated": Text("{values}；可以多次", "{values}；可以多次", "{values}; repeatable"),
    "parameters.text": Text("文字", "文字", "text"),
    "parameters.text_bounds": Text(
        "文字，{low} 到 {high} 个字符", "文字，{low} 到 {high} 個字元", "text, {low} to {high} characters"
    ),
    "parameters.value": Text(
        "完整的值，或 _missing（没有这一项）",
        "完整的值，或 _missing（沒有這一項）",
        "a whole value, or _missing (has none)",
    ),
    "parameters.region": Text(
        "代码、名称、简称、旧名或经济区域",
        "代碼、名稱、簡稱、舊名或經濟區域",
        "code, name, short name, former name or economic area",
    ),
    "parameters.region_value": Text(
        "代码、名称、简称、旧名或经济区域，后面可以加 !；或 _missing",
        "代碼、名稱、簡稱、舊名或經濟區域，後面可以加 !；或 _missing",
        "code, name, short name, former name or economic area, each also with !; or _missing",
    ),
    "parameters.year_value": Text(
        "YYYY 或 YYYY..YYYY，{low}–{high}；或 _missing",
        "YYYY 或 YYYY..YYYY，{low}–{high}；或 _missing",
        "YYYY or YYYY..YYYY, {low}–{high}; or _missing",
    ),
    "parameters.date": Text(
        "YYYY、YYYY-MM 或 YYYY-MM-DD，{low}–{high}",
        "YYYY、YYYY-MM 或 YYYY-MM-DD，{low}–{high}",
        "YYYY, YYYY-MM or YYYY-MM-DD, {low}–{high}",
    ),
    "parameters.names": Text(
        "其中几个，用逗号隔开：{choices}",
        "其中幾個，用逗號隔開：{choices}",
        "some of these, parted by commas: {choices}",
    ),
    "parameters.limits": Text(
        "其中几个，用逗号隔开，后面可以加冒号和 1 到 {most} 的个数：{choices}",
        "其中幾個，用逗號隔開，後面可以加冒號和 1 到 {most} 的個數：{choices}",
        "some of these, parted by commas, each also with a colon and a number from 1 to {most}: {choices}",
    ),
}

PAGE_TEXTS: Mapping[str, Text] = MappingProxyType({**_HOME, **_REGIONS, **_ARTICLE, **_PARAMETERS})
