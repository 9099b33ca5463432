"""What is wrong with a parameter of a request, and the page that says so."""

from collections.abc import Mapping
from types import MappingProxyType

from search.language.lookups import MAX_WORDS
from search.request import MIN_STEM
from web.texts.text import Text

FAULTS: Mapping[str, Text] = MappingProxyType(
    {
        "fault.unknown": Text(
            "没有名为“{name}”的参数。", "沒有名為「{name}」的參數。", "There is no parameter “{name}”."
        ),
        "fault.unknown_format": Text(
            "没有名为“{name}”的参数；搜索结果的格式由地址的后缀决定，例如 /api/v1/search.csv。",
            "沒有名為「{name}」的參數；搜尋結果的格式由位址的副檔名決定，例如 /api/v1/search.csv。",
            "There is no parameter “{name}”; the end of the address chooses the format of a search, "
            "such as /api/v1/search.csv.",
        ),
        "fault.repeated": Text(
            "参数“{name}”只能给一次。",
            "參數「{name}」只能給一次。",
            "The parameter “{name}” can be given only once.",
        ),
        "fault.too_many": Text(
            "参数“{name}”最多给 {most} 个值。",
            "參數「{name}」最多給 {most} 個值。",
            "The parameter “{name}” takes at most {most} values.",
        ),
        "fault.pairs": Text(
            "参数太多，最多 {most} 个。",
            "參數太多，最多 {most} 個。",
            "There are too many parameters; at most {most}.",
        ),
        "fault.bytes": Text(
            "参数“{name}”不是有效的 UTF-8 文字。",
            "參數「{name}」不是有效的 UTF-8 文字。",
            "The parameter “{name}” is not valid UTF-8.",
        ),
        "fault.integer": Text(
            "参数“{name}”应是 {low} 到 {high} 之间的整数。",
            "參數「{name}」應是 {low} 到 {high} 之間的整數。",
            "The parameter “{name}” is a whole number from {low} to {high}.",
        ),
        "fault.choice": Text(
            "参数“{name}”没有“{value}”这个值，可用：{choices}。",
            "參數「{name}」沒有「{value}」這個值，可用：{choices}。",
            "The parameter “{name}” cannot be “{value}”; it can be: {choices}.",
        ),
        "fault.period": Text(
            "参数“{name}”应写成 2024、2024-03 或 2024-03-05，年份在 {low} 到 {high} 之间。",
            "參數「{name}」應寫成 2024、2024-03 或 2024-03-05，年份在 {low} 到 {high} 之間。",
            "The parameter “{name}” is written as 2024, 2024-03 or 2024-03-05, with a year from {low} "
            "to {high}.",
        ),
        "fault.conflict": Text(
            "开始日期“{after}”晚于结束日期“{before}”。",
            "開始日期「{after}」晚於結束日期「{before}」。",
            "The first date “{after}” is later than the last date “{before}”.",
        ),
        "fault.window": Text(
            "只能翻到前 {window} 条；请减小 page 或 per_page，或缩小范围；程序可用 cursor 逐页取完。",
            "只能翻到前 {window} 筆；請減小 page 或 per_page，或縮小範圍；程式可用 cursor 逐頁取完。",
            "Only the first {window} results can be paged through; lower page or per_page, or narrow the "
            "search; programs can walk through all of them with cursor.",
        ),
        "fault.explained": Text(
            "要说明得分时，per_page 最多为 {most}。",
            "要說明得分時，per_page 最多為 {most}。",
            "Where scores are explained, per_page is at most {most}.",
        ),
        "fault.semantic-off": Text(
            "本站没有设置语义模型，不能按语义排列；请去掉参数“semantic”。",
            "本站沒有設定語意模型，不能按語意排列；請去掉參數「semantic」。",
            "This site has no model of meaning to rank by; leave out the parameter “semantic”.",
        ),
        "fault.query-too-long": Text(
            "查询有 {length} 个字符，最多 {most} 个。",
            "查詢有 {length} 個字元，最多 {most} 個。",
            "The query has {length} characters; at most {most}.",
        ),
        "fault.query-syntax": Text(
            "“{text}”的写法不能理解。", "「{text}」的寫法無法理解。", "“{text}” cannot be understood."
        ),
        "fault.unknown-field": Text(
            "没有名为“{text}”的字段。", "沒有名為「{text}」的欄位。", "There is no field “{text}”."
        ),
        "fault.wildcard-too-broad": Text(
            f"“{{text}}”的范围太大：* 只能放在至少 {MIN_STEM} 个字的词后面，"
            f"这样开头的词最多 {MAX_WORDS:,} 个。",
            f"「{{text}}」的範圍太大：* 只能放在至少 {MIN_STEM} 個字的詞後面，"
            f"這樣開頭的詞最多 {MAX_WORDS:,} 個。",
            f"“{{text}}” is too broad: * stands behind at least {MIN_STEM} characters, with which at most "
            f"{MAX_WORDS:,} words may begin.",
        ),
        "fault.text-too-long": Text(
            "文字有 {length} 个字符，最多 {most} 个。",
            "文字有 {length} 個字元，最多 {most} 個。",
            "The text has {length} characters; at most {most}.",
        ),
        "fault.missing": Text(
            "参数“{name}”不能为空。", "參數「{name}」不能為空。", "The parameter “{name}” must not be empty."
        ),
        "fault.unknown_region": Text(
            "没有名为“{value}”的地区。", "沒有名為「{value}」的地區。", "There is no region “{value}”."
        ),
        "fault.ambiguous_region": Text(
            "有几个地区都叫“{value}”，请选一个，或写出上级地区。",
            "有幾個地區都叫「{value}」，請選一個，或寫出上級地區。",
            "Several regions are called “{value}”; choose one, or add the region above it.",
        ),
        "problem.faults": Text("需要改正的地方", "需要改正的地方", "What to correct"),
        "problem.suggestion": Text(
            "是不是“{suggestion}”？", "是不是「{suggestion}」？", "Did you mean “{suggestion}”?"
        ),
        "problem.choices": Text("可以选：", "可以選：", "Choose one:"),
        "problem.query": Text("您的查询", "您的查詢", "Your query"),
        "problem.request": Text("请求编号 {id}", "請求編號 {id}", "Request {id}"),
        "problem.retry": Text("再试一次", "再試一次", "Try again"),
        "problem.home": Text("回到首页", "回到首頁", "Home"),
        "problem.more": Text("关于这类错误", "關於這類錯誤", "About this kind of error"),
    }
)
