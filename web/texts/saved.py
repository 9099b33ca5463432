"""The texts of saved searches: their page, and what can be wrong with them."""

from collections.abc import Mapping
from types import MappingProxyType

from index.saved_searches.store import MAX_SEARCHES, MAX_WEBHOOKS
from web.texts.text import Text

SAVED: Mapping[str, Text] = MappingProxyType(
    {
        "saved.heading": Text("保存的搜索", "儲存的搜尋", "Saved searches"),
        "saved.save_this": Text("保存此搜索", "儲存此搜尋", "Save this search"),
        "saved.lead": Text(
            "保存一个搜索后，有新文章收录时可以通过订阅地址或 Webhook 得知。",
            "儲存一個搜尋後，有新文章收錄時可以透過訂閱網址或 Webhook 得知。",
            "A saved search tells you of newly stored articles, by a feed or a webhook.",
        ),
        "saved.token": Text("访问令牌", "存取權杖", "Access token"),
        "saved.token_hint": Text(
            "令牌由网站管理员提供，不会显示，也不会存进浏览器；登录后八小时内有效，服务重启后需重新登录。",
            "權杖由網站管理員提供，不會顯示，也不會存進瀏覽器；登入後八小時內有效，服務重新啟動後需重新登入。",
            "The operator of the site has given it to you. It is not shown, and not kept in the browser; "
            "signing in holds for eight hours, or until the service is restarted.",
        ),
        "saved.sign_in": Text("登录", "登入", "Sign in"),
        "saved.sign_out": Text("退出登录", "登出", "Sign out"),
        "saved.wrong_token": Text("令牌不正确。", "權杖不正確。", "This is not the token."),
        "saved.new": Text("保存一个搜索", "儲存一個搜尋", "Save a search"),
        "saved.name": Text("名称", "名稱", "Name"),
        "saved.query": Text("搜索条件", "搜尋條件", "Search"),
        "saved.query_hint": Text(
            "搜索结果页地址中问号后面的部分，例如 q=补贴&region=浙江",
            "搜尋結果頁網址中問號後面的部分，例如 q=補貼&region=浙江",
            "What stands behind the question mark in the address of a page of results: q=补贴&region=浙江",
        ),
        "saved.frequency": Text("Webhook 通知频率", "Webhook 通知頻率", "How often the webhook is told"),
        "saved.frequency.hourly": Text("每小时", "每小時", "Every hour"),
        "saved.frequency.daily": Text("每天", "每天", "Every day"),
        "saved.frequency.weekly": Text("每周", "每週", "Every week"),
        "saved.webhook": Text("Webhook 地址（可不填）", "Webhook 網址（可不填）", "Webhook (optional)"),
        "saved.webhook_hint": Text(
            "以 https:// 开头的公网地址。",
            "以 https:// 開頭的公開網址。",
            "A public address that begins with https://",
        ),
        "saved.save": Text("保存", "儲存", "Save"),
        "saved.saved": Text("已保存“{name}”", "已儲存「{name}」", "“{name}” is saved"),
        "saved.once": Text(
            "以下内容只显示这一次，请现在记下。知道订阅地址的人都能看到这个搜索的结果。",
            "以下內容只顯示這一次，請現在記下。知道訂閱網址的人都能看到這個搜尋的結果。",
            "This is shown only now, so note it down. Whoever knows the address of the feed can read it.",
        ),
        "saved.feed": Text("订阅地址（Atom）", "訂閱網址（Atom）", "Feed (Atom)"),
        "saved.secret": Text("Webhook 签名密钥", "Webhook 簽章金鑰", "Secret that signs deliveries"),
        "saved.list": Text("已保存的搜索：{total}", "已儲存的搜尋：{total}", "Your saved searches: {total}"),
        "saved.none": Text("还没有保存的搜索。", "還沒有儲存的搜尋。", "No search is saved yet."),
        "saved.created": Text("保存于 {day}", "儲存於 {day}", "Saved on {day}"),
        "saved.delete": Text("删除", "刪除", "Delete"),
        "saved.delete_label": Text("删除“{name}”", "刪除「{name}」", "Delete “{name}”"),
        "saved.never_told": Text(
            "Webhook：尚未到通知时间", "Webhook：尚未到通知時間", "Webhook: its time has not come yet"
        ),
        "saved.told": Text(
            "Webhook：{outcome}（{time}）", "Webhook：{outcome}（{time}）", "Webhook: {outcome} ({time})"
        ),
        "saved.outcome.delivered": Text(
            "已送达 {articles} 篇文章", "已送達 {articles} 篇文章", "{articles} articles delivered"
        ),
        "saved.outcome.nothing-new": Text("没有新文章", "沒有新文章", "nothing new"),
        "saved.outcome.not-run": Text("搜索未能运行", "搜尋未能執行", "the search could not be run"),
        "saved.outcome.address-refused": Text(
            "不允许向该地址发送", "不允許向該網址傳送", "its address is not a public one"
        ),
        "saved.outcome.unreachable": Text("无法连接", "無法連線", "it could not be reached"),
        "saved.outcome.status": Text(
            "对方返回状态码 {status}", "對方傳回狀態碼 {status}", "it answered with status {status}"
        ),
        "saved.fault.name": Text(
            "名称须为 1 至 {most} 个字符，不含控制字符。",
            "名稱須為 1 至 {most} 個字元，不含控制字元。",
            "The name has 1 to {most} characters, without control characters.",
        ),
        "saved.fault.query": Text(
            "搜索条件须为文本，最多 {most} 个字符。",
            "搜尋條件須為文字，最多 {most} 個字元。",
            "The query is a query string of at most {most} characters.",
        ),
        "saved.fault.since": Text(
            "since 须为带时区的时间（如 2026-11-28T00:00:00Z）、日期或索引版本号；地址中的 + 须写成 %2B。",
            "since 須為帶時區的時間（如 2026-11-28T00:00:00Z）、日期或索引版本號；網址中的 + 須寫成 %2B。",
            "since is a time with its offset (2026-11-28T00:00:00Z), a date or a generation; in an address, "
            "a plus is written %2B.",
        ),
        "saved.fault.generation": Text(
            "不知道索引版本 {generation} 是何时的，请改用时间。",
            "不知道索引版本 {generation} 是何時的，請改用時間。",
            "It is not known of when the generation {generation} is; give a time.",
        ),
        "saved.fault.webhooks-off": Text(
            "本站没有开启 Webhook，请用订阅地址。",
            "本站沒有開啟 Webhook，請用訂閱網址。",
            "Webhooks are switched off here; use the feed.",
        ),
        "saved.fault.webhook.url": Text(
            "Webhook 须为完整网址，只含 ASCII 字符，不含空格。",
            "Webhook 須為完整網址，只含 ASCII 字元，不含空格。",
            "The webhook is a whole URL in ASCII, without spaces.",
        ),
        "saved.fault.webhook.scheme": Text(
            "Webhook 须以 https:// 开头。",
            "Webhook 須以 https:// 開頭。",
            "The webhook begins with https://",
        ),
        "saved.fault.webhook.parts": Text(
            "Webhook 不能带用户名、密码或 # 后面的部分。",
            "Webhook 不能帶使用者名稱、密碼或 # 後面的部分。",
            "The webhook has no user name, no password and no fragment.",
        ),
        "saved.fault.webhook.host": Text(
            "Webhook 须写完整的域名，不能写 IP 地址。",
            "Webhook 須寫完整的網域名稱，不能寫 IP 位址。",
            "The webhook has the whole name of a host, and no IP address.",
        ),
        "saved.fault.webhook.port": Text(
            "Webhook 的端口只能是 443 或 8443。",
            "Webhook 的連接埠只能是 443 或 8443。",
            "The webhook has the port 443 or 8443.",
        ),
        "problem.saved-search-not-found": Text(
            "没有这个保存的搜索", "沒有這個儲存的搜尋", "No such saved search"
        ),
        "problem.saved-search-not-found.detail": Text(
            "它可能已被删除，或者属于另一个令牌，或者订阅密钥不对。",
            "它可能已被刪除，或者屬於另一個權杖，或者訂閱金鑰不對。",
            "It may have been deleted, may belong to another token, or the key of the feed is wrong.",
        ),
        "problem.saved-search-outdated": Text(
            "保存的搜索已过时", "儲存的搜尋已過時", "Saved search out of date"
        ),
        "problem.saved-search-outdated.detail": Text(
            "它的搜索条件已无法按原意运行，请按现在的写法改正后重新保存。",
            "它的搜尋條件已無法按原意執行，請按現在的寫法改正後重新儲存。",
            "Its query can no longer be run as it was meant; change it to what can be asked now.",
        ),
        "problem.limit-reached": Text("数量已达上限", "數量已達上限", "Limit reached"),
        "problem.limit-reached.detail": Text(
            f"每个令牌最多保存 {MAX_SEARCHES} 个搜索，其中最多 {MAX_WEBHOOKS} 个带 Webhook，请先删除一些。",
            f"每個權杖最多儲存 {MAX_SEARCHES} 個搜尋，其中最多 {MAX_WEBHOOKS} 個帶 Webhook，請先刪除一些。",
            f"A token has at most {MAX_SEARCHES} saved searches, {MAX_WEBHOOKS} of them with a webhook; "
            "delete one first.",
        ),
        "problem.precondition-required": Text("缺少 If-Match", "缺少 If-Match", "If-Match needed"),
        "problem.precondition-required.detail": Text(
            "修改或删除时，请在 If-Match 头中给出读取时得到的 ETag。",
            "修改或刪除時，請在 If-Match 標頭中給出讀取時得到的 ETag。",
            "To change or delete it, send If-Match with the ETag that it was read with.",
        ),
        "problem.precondition-failed": Text("已被改动", "已被改動", "Changed meanwhile"),
        "problem.precondition-failed.detail": Text(
            "它在您读取之后被改动过，请重新读取后再改。",
            "它在您讀取之後被改動過，請重新讀取後再改。",
            "It was changed after you read it; read it again first.",
        ),
        "problem.invalid-json": Text("JSON 无效", "JSON 無效", "Invalid JSON"),
        "problem.invalid-json.detail": Text(
            "请求内容须为一个 JSON 对象，UTF-8 编码。",
            "請求內容須為一個 JSON 物件，UTF-8 編碼。",
            "The body of the request is one object of JSON in UTF-8.",
        ),
    }
)
