"""Titles and details of the kinds of problems."""

from collections.abc import Mapping
from types import MappingProxyType

from search.language.lookups import MAX_WORDS
from search.request import MAX_CLAUSES, MAX_DEPTH, MAX_QUERY, MAX_WINDOW, MIN_STEM
from search.text_analysis import MAX_ANALYSED
from web.http.limits import MAX_BODY, MAX_TARGET
from web.texts.text import Text

PROBLEMS: Mapping[str, Text] = MappingProxyType(
    {
        "problem.unknown-parameter": Text("未知参数", "未知參數", "Unknown parameter"),
        "problem.unknown-parameter.detail": Text(
            "请求里有不存在的参数，请改正或删去。",
            "請求裡有不存在的參數，請改正或刪去。",
            "The request has a parameter that does not exist; correct it or leave it out.",
        ),
        "problem.invalid-parameter": Text("参数值无效", "參數值無效", "Invalid parameter"),
        "problem.invalid-parameter.detail": Text(
            "请求里有取值不合要求的参数，请改正。",
            "請求裡有值不合要求的參數，請改正。",
            "The request has a parameter with a value that it cannot have; correct it.",
        ),
        "problem.repeated-parameter": Text("参数重复", "參數重複", "Repeated parameter"),
        "problem.repeated-parameter.detail": Text(
            "只能给一次的参数给了多次，请只留一个。",
            "只能給一次的參數給了多次，請只留一個。",
            "A parameter that can be given once was given several times; keep only one.",
        ),
        "problem.conflicting-parameters": Text("参数互相矛盾", "參數互相矛盾", "Conflicting parameters"),
        "problem.conflicting-parameters.detail": Text(
            "几个参数不能同时成立，请改正其中一个。",
            "幾個參數不能同時成立，請改正其中一個。",
            "Some parameters cannot hold together; correct one of them.",
        ),
        "problem.query-too-long": Text("查询太长", "查詢太長", "Query too long"),
        "problem.query-too-long.detail": Text(
            f"查询最多 {MAX_QUERY} 个字符，请缩短。",
            f"查詢最多 {MAX_QUERY} 個字元，請縮短。",
            f"A query has at most {MAX_QUERY} characters; shorten it.",
        ),
        "problem.query-too-complex": Text("查询太复杂", "查詢太複雜", "Query too complex"),
        "problem.query-too-complex.detail": Text(
            f"查询最多 {MAX_CLAUSES} 个部分、{MAX_DEPTH} 层括号，请拆成几次搜索。",
            f"查詢最多 {MAX_CLAUSES} 個部分、{MAX_DEPTH} 層括號，請拆成幾次搜尋。",
            f"A query has at most {MAX_CLAUSES} parts and {MAX_DEPTH} levels of brackets; split it into "
            "several searches.",
        ),
        "problem.query-syntax": Text("查询写法有误", "查詢寫法有誤", "Query cannot be read"),
        "problem.query-syntax.detail": Text(
            "查询中有不能理解的写法，例如引号、括号不成对，或字段没有这样的取值；"
            "请改正，或去掉 repair=false，按普通文字搜索。",
            "查詢中有無法理解的寫法，例如引號、括號不成對，或欄位沒有這樣的值；"
            "請改正，或去掉 repair=false，按普通文字搜尋。",
            "Something in the query cannot be understood, such as a quotation mark or bracket without its "
            "partner, or a value that a field does not have; correct it, or leave out repair=false to search "
            "for it as plain text.",
        ),
        "problem.unknown-field": Text("没有这个字段", "沒有這個欄位", "Unknown field"),
        "problem.unknown-field.detail": Text(
            "查询在冒号前写了不存在的字段名；请改正，或加上引号，作为文字搜索。",
            "查詢在冒號前寫了不存在的欄位名；請改正，或加上引號，作為文字搜尋。",
            "The query has the name of no field before a colon; correct it, or put it in quotation marks to "
            "search for it as text.",
        ),
        "problem.wildcard-too-broad": Text("通配符范围太大", "萬用字元範圍太大", "Wildcard too broad"),
        "problem.wildcard-too-broad.detail": Text(
            f"* 只能放在至少 {MIN_STEM} 个字的词后面，这样开头的词最多 {MAX_WORDS:,} 个；请多写几个字。",
            f"* 只能放在至少 {MIN_STEM} 個字的詞後面，這樣開頭的詞最多 {MAX_WORDS:,} 個；請多寫幾個字。",
            f"* stands behind at least {MIN_STEM} characters, with which at most {MAX_WORDS:,} words may "
            "begin; write a few more characters.",
        ),
        "problem.text-too-long": Text("文字太长", "文字太長", "Text too long"),
        "problem.text-too-long.detail": Text(
            f"一次最多分析 {MAX_ANALYSED:,} 个字符，请分几次提交。",
            f"一次最多分析 {MAX_ANALYSED:,} 個字元，請分幾次送出。",
            f"At most {MAX_ANALYSED:,} characters are analysed at once; send them in parts.",
        ),
        "problem.unknown-region": Text("没有这个地区", "沒有這個地區", "Unknown region"),
        "problem.unknown-region.detail": Text(
            "地区可以写代码、名称、简称、旧名或经济区域；请改正，或选相近的名称。",
            "地區可以寫代碼、名稱、簡稱、舊名或經濟區域；請改正，或選相近的名稱。",
            "A region is given by its code, its name, its short or former name, or as an economic area; "
            "correct it, or choose a name like it.",
        ),
        "problem.ambiguous-region": Text("地区不明确", "地區不明確", "Ambiguous region"),
        "problem.ambiguous-region.detail": Text(
            "几个地区同名，请写出上级地区，例如“南京市鼓楼区”，或用代码。",
            "幾個地區同名，請寫出上級地區，例如「南京市鼓樓區」，或用代碼。",
            "Several regions have this name; write the region above it first, or use the code.",
        ),
        "problem.result-window": Text("翻页太深", "翻頁太深", "Too far down the list"),
        "problem.result-window.detail": Text(
            f"只能翻到前 {MAX_WINDOW:,} 条结果，请缩小范围。",
            f"只能翻到前 {MAX_WINDOW:,} 筆結果，請縮小範圍。",
            f"Only the first {MAX_WINDOW:,} results can be paged through; narrow the search.",
        ),
        "problem.article-not-found": Text("没有这篇文章", "沒有這篇文章", "Article not found"),
        "problem.article-not-found.detail": Text(
            "没有这个编号的文章，请检查地址，或重新搜索。",
            "沒有這個編號的文章，請檢查網址，或重新搜尋。",
            "No article has this id; check the address, or search again.",
        ),
        "problem.article-deleted": Text("文章已删除", "文章已刪除", "Article deleted"),
        "problem.article-deleted.detail": Text(
            "这篇文章曾经收录，后来删除了。可以重新搜索类似的内容。",
            "這篇文章曾經收錄，後來刪除了。可以重新搜尋類似的內容。",
            "This article was here once and was deleted. You can search for something like it.",
        ),
        "problem.article-damaged": Text("文章数据损坏", "文章資料損壞", "Article damaged"),
        "problem.article-damaged.detail": Text(
            "这篇文章的数据已经损坏，无法显示。可以重新搜索类似的内容。",
            "這篇文章的資料已經損壞，無法顯示。可以重新搜尋類似的內容。",
            "The data of this article is damaged and cannot be shown. You can search for something like it.",
        ),
        "problem.not-found": Text("没有这个页面", "沒有這個頁面", "Page not found"),
        "problem.not-found.detail": Text(
            "这个地址下没有内容，请检查地址，或重新搜索。",
            "這個網址沒有內容，請檢查網址，或重新搜尋。",
            "There is nothing at this address; check it, or search again.",
        ),
        "problem.served-elsewhere": Text("要到另一台服务器", "要到另一台伺服器", "Served by another machine"),
        "problem.served-elsewhere.detail": Text(
            "这台服务器只供搜索；管理接口和保存的搜索在收录文章的那台服务器上，请向它提出请求。",
            "這台伺服器只供搜尋；管理介面與儲存的搜尋在收錄文章的那台伺服器上，請向它提出請求。",
            "This machine only serves searches. The admin interface and saved searches are on the machine "
            "that takes in the articles; ask that one.",
        ),
        "problem.method-not-allowed": Text("不支持这种请求方法", "不支援這種請求方法", "Method not allowed"),
        "problem.method-not-allowed.detail": Text(
            "这个地址不接受这种请求方法，Allow 标头列出可用的方法。",
            "這個網址不接受這種請求方法，Allow 標頭列出可用的方法。",
            "This address does not take this method; the Allow header lists those that it takes.",
        ),
        "problem.malformed-request": Text("请求格式错误", "請求格式錯誤", "Malformed request"),
        "problem.malformed-request.detail": Text(
            "请求不符合 HTTP 的规定。",
            "請求不符合 HTTP 的規定。",
            "The request breaks a rule of HTTP.",
        ),
        "problem.unknown-host": Text("主机名不符", "主機名稱不符", "Unknown host"),
        "problem.unknown-host.detail": Text(
            "本服务器不以这个主机名提供服务。",
            "本伺服器不以這個主機名稱提供服務。",
            "This server does not answer for this host name.",
        ),
        "problem.foreign-origin": Text("请求来自其他网站", "請求來自其他網站", "Request from another site"),
        "problem.foreign-origin.detail": Text(
            "这种请求只接受从本站的页面发出，请在本站的页面上再试一次。",
            "這種請求只接受從本站的頁面送出，請在本站的頁面上再試一次。",
            "Such requests are taken only from pages of this site; try again on one of its pages.",
        ),
        "problem.target-too-long": Text("地址太长", "網址太長", "Address too long"),
        "problem.target-too-long.detail": Text(
            f"请求地址最多 {MAX_TARGET // 1024} KiB；长查询请用 POST 表单。",
            f"請求網址最多 {MAX_TARGET // 1024} KiB；長查詢請用 POST 表單。",
            f"The address of a request has at most {MAX_TARGET // 1024} KiB; send a long query as a form, by "
            "POST.",
        ),
        "problem.body-too-large": Text("请求内容太大", "請求內容太大", "Body too large"),
        "problem.body-too-large.detail": Text(
            f"请求内容最多 {MAX_BODY // 1024} KiB。",
            f"請求內容最多 {MAX_BODY // 1024} KiB。",
            f"The body of a request has at most {MAX_BODY // 1024} KiB.",
        ),
        "problem.unsupported-media-type": Text(
            "不支持的内容类型", "不支援的內容類型", "Unsupported media type"
        ),
        "problem.unsupported-media-type.detail": Text(
            "请用 application/x-www-form-urlencoded 提交，不要压缩。",
            "請用 application/x-www-form-urlencoded 送出，不要壓縮。",
            "Send application/x-www-form-urlencoded without compression.",
        ),
        "problem.overloaded": Text("服务繁忙", "服務繁忙", "Too busy"),
        "problem.overloaded.detail": Text(
            "现在搜索的人太多，请过几秒再试。",
            "現在搜尋的人太多，請過幾秒再試。",
            "Too many people are searching now; try again in a few seconds.",
        ),
        "problem.index-unavailable": Text(
            "索引暂时不能使用", "索引暫時不能使用", "Index not available for now"
        ),
        "problem.index-unavailable.detail": Text(
            "索引正在建立，或者暂时连接不上；文章没有丢失。请过一会儿再试。",
            "索引正在建立，或者暫時連接不上；文章沒有遺失。請過一會兒再試。",
            "The index is being built, or cannot be reached for now; no article is lost. Try again in a "
            "while.",
        ),
        "problem.head-too-large": Text("请求标头太大", "請求標頭太大", "Header fields too large"),
        "problem.head-too-large.detail": Text(
            "请求的标头太长或太多。",
            "請求的標頭太長或太多。",
            "The header fields of the request are too long or too many.",
        ),
        "problem.request-too-slow": Text("请求超时", "請求逾時", "Request too slow"),
        "problem.request-too-slow.detail": Text(
            "请求没有及时发完，请再试一次。",
            "請求沒有及時送完，請再試一次。",
            "The request did not come in time; try again.",
        ),
        "problem.coding-not-implemented": Text(
            "不支持的传输编码", "不支援的傳輸編碼", "Transfer coding not implemented"
        ),
        "problem.coding-not-implemented.detail": Text(
            "请求内容只能分块（chunked）发送，或者不编码。",
            "請求內容只能分塊（chunked）傳送，或者不編碼。",
            "The body of a request comes in chunks, or as it is.",
        ),
        "problem.version-unsupported": Text(
            "不支持的 HTTP 版本", "不支援的 HTTP 版本", "HTTP version not supported"
        ),
        "problem.version-unsupported.detail": Text("请使用 HTTP/1.1。", "請使用 HTTP/1.1。", "Use HTTP/1.1."),
        "problem.too-many-connections": Text("连接太多", "連線太多", "Too many connections"),
        "problem.too-many-connections.detail": Text(
            "现在的连接太多，请过几秒再试。",
            "現在的連線太多，請過幾秒再試。",
            "Too many connections are open now; try again in a few seconds.",
        ),
        "problem.too-many-requests": Text("请求太频繁", "請求太頻繁", "Too many requests"),
        "problem.too-many-requests.detail": Text(
            "您的请求太频繁，请过几秒再试。",
            "您的請求太頻繁，請過幾秒再試。",
            "Requests come too fast from where you are; try again in a few seconds.",
        ),
        "problem.invalid-request": Text("请求无效", "請求無效", "Invalid request"),
        "problem.invalid-request.detail": Text(
            "请求的内容无法处理，请检查后再试。",
            "請求的內容無法處理，請檢查後再試。",
            "The request cannot be dealt with; check it and try again.",
        ),
        "problem.unavailable": Text("暂时无法使用", "暫時無法使用", "Unavailable for now"),
        "problem.unavailable.detail": Text(
            "服务暂时不能回答，文章没有丢失。请稍后再试。",
            "服務暫時不能回答，文章沒有遺失。請稍後再試。",
            "The service cannot answer now; no article is lost. Try again later.",
        ),
        "problem.internal": Text("服务器内部错误", "伺服器內部錯誤", "Internal error"),
        "problem.internal.detail": Text(
            "出了意外的错误，已经记入日志。反馈时请附上请求编号。",
            "出了意外的錯誤，已經寫入記錄。回報時請附上請求編號。",
            "Something went wrong that should not, and is in the log. Quote the number of the request when "
            "you report it.",
        ),
    }
)
