"""The texts of the admin interface: what its errors say."""

from collections.abc import Mapping
from types import MappingProxyType

from web.texts.text import Text

ADMIN: Mapping[str, Text] = MappingProxyType(
    {
        "problem.token-needed": Text("需要令牌", "需要權杖", "A token is needed"),
        "problem.token-needed.detail": Text(
            "请在请求头 Authorization 里写 Bearer 和管理员给您的令牌。",
            "請在請求標頭 Authorization 中寫上 Bearer 與管理員給您的權杖。",
            "Send the token that the operator gave you in the header Authorization, behind the word Bearer.",
        ),
        "problem.forbidden": Text("令牌不对", "權杖不正確", "Wrong token"),
        "problem.forbidden.detail": Text(
            "这个令牌不是本服务器的令牌，请向管理员核对。",
            "這個權杖不是本伺服器的權杖，請向管理員確認。",
            "This is not the token of this server. Ask the operator for it.",
        ),
        "problem.too-many-attempts": Text("错误次数过多", "錯誤次數過多", "Too many wrong tokens"),
        "problem.too-many-attempts.detail": Text(
            "从这个地址连续收到错误的令牌，请一分钟后再试。",
            "從這個位址接連收到錯誤的權杖，請一分鐘後再試。",
            "Several wrong tokens came from this address. Try again in a minute.",
        ),
        "problem.busy": Text("正在写入", "正在寫入", "Somebody else is writing"),
        "problem.busy.detail": Text(
            "另一个请求或程序正在写入，请等它完成后再试。",
            "另一個請求或程式正在寫入，請等它完成後再試。",
            "Another request or program is writing. Try again when it is done.",
        ),
        "problem.no-space": Text("磁盘空间不足", "磁碟空間不足", "No space left"),
        "problem.no-space.detail": Text(
            "服务器的磁盘快满了，没有收下新的内容；已经确认收下的不会丢失。",
            "伺服器的磁碟快滿了，未收下新的內容；已確認收下的不會遺失。",
            "The disk of the server is nearly full, so nothing more is stored. What was acknowledged is "
            "safe.",
        ),
        "problem.invalid-body": Text("请求内容无法读取", "請求內容無法讀取", "The body cannot be read"),
        "problem.invalid-body.detail": Text(
            "请求内容里没有可以收下的文章，或格式有误；没有作任何改动。",
            "請求內容中沒有可收下的文章，或格式有誤；未作任何更動。",
            "There is no article in the body that can be taken in, or it is not in the form that it should "
            "have. Nothing was changed.",
        ),
        "problem.batch-too-large": Text("这一批太大", "這一批太大", "The batch is too large"),
        "problem.batch-too-large.detail": Text(
            "一次最多 32 MiB（解压前后都算）、5,000 篇文章；词表最多 8 MiB。请分几次发送。",
            "一次最多 32 MiB（解壓縮前後都算）、5,000 篇文章；詞表最多 8 MiB。請分幾次傳送。",
            "A request has at most 32 MiB, packed and unpacked, and 5,000 articles; a list of words has at "
            "most 8 MiB. Send it in parts.",
        ),
        "problem.unsupported-content": Text("不支持的内容类型", "不支援的內容類型", "Unsupported content"),
        "problem.unsupported-content.detail": Text(
            "文章请用 application/x-ndjson、application/json 或 text/csv，词表请用 text/plain；"
            "只能用 gzip 压缩。",
            "文章請用 application/x-ndjson、application/json 或 text/csv，詞表請用 text/plain；"
            "只能用 gzip 壓縮。",
            "Send articles as application/x-ndjson, application/json or text/csv, lists of words as "
            "text/plain, packed with gzip or not at all.",
        ),
        "problem.idempotency-conflict": Text(
            "重复使用的键", "重複使用的鍵", "The key belongs to another request"
        ),
        "problem.idempotency-conflict.detail": Text(
            "这个 Idempotency-Key 已经用于另一个请求，请换一个。",
            "這個 Idempotency-Key 已用於另一個請求，請換一個。",
            "This Idempotency-Key was sent with another request before. Take a new one.",
        ),
        "problem.invalid-key": Text("键的格式不对", "鍵的格式不正確", "This cannot be a key"),
        "problem.invalid-key.detail": Text(
            "Idempotency-Key 是 1 至 255 个可见的 ASCII 字符，不含空格。",
            "Idempotency-Key 為 1 至 255 個可見的 ASCII 字元，不含空格。",
            "An Idempotency-Key has 1 to 255 visible characters of ASCII, and no spaces.",
        ),
        "problem.id-mismatch": Text("标识不一致", "識別碼不一致", "The ids differ"),
        "problem.id-mismatch.detail": Text(
            "文章里的 id 与地址里的不同，请去掉或改正。",
            "文章中的 id 與網址中的不同，請去掉或改正。",
            "The id in the article is not the one in the address. Leave it out, or correct it.",
        ),
        "problem.count-changed": Text("篇数有变", "篇數有變", "The number has changed"),
        "problem.count-changed.detail": Text(
            "符合条件的文章篇数与确认的不同，没有删除任何文章。",
            "符合條件的文章篇數與確認的不同，未刪除任何文章。",
            "Not as many articles match as were confirmed. None was deleted.",
        ),
        "fault.count-changed": Text(
            "现在有 {count} 篇符合条件，没有删除任何文章。",
            "現在有 {count} 篇符合條件，未刪除任何文章。",
            "Articles that match now: {count}. None was deleted.",
        ),
        "problem.user-words-invalid": Text("词表有误", "詞表有誤", "The words cannot be used"),
        "problem.user-words-invalid.detail": Text(
            "词表有几行无法使用，原来的词表仍然有效。",
            "詞表有幾行無法使用，原來的詞表仍然有效。",
            "Some lines of the words cannot be used. The words before them stay in use.",
        ),
        "problem.synonyms-invalid": Text("同义词有误", "同義詞有誤", "The synonyms cannot be used"),
        "problem.synonyms-invalid.detail": Text(
            "同义词有几行无法使用，原来的同义词仍然有效。",
            "同義詞有幾行無法使用，原來的同義詞仍然有效。",
            "Some lines of the synonyms cannot be used. The synonyms before them stay in use.",
        ),
        "problem.generation-not-found": Text("没有这一代索引", "沒有這一代索引", "No such generation"),
        "problem.generation-not-found.detail": Text(
            "没有保留这一代索引，请看保留了哪些。",
            "未保留這一代索引，請看保留了哪些。",
            "This generation of the index is not kept. See the list of those that are.",
        ),
        "problem.generation-unusable": Text(
            "不能退回这一代", "不能退回這一代", "This generation is of no use"
        ),
        "problem.generation-unusable.detail": Text(
            "这一代索引已损坏，或者是用另外的词表或程序版本建的，退回去也会马上重建；没有作任何改动。",
            "這一代索引已損壞，或者是用另外的詞表或程式版本建立的，退回去也會馬上重建；未作任何更動。",
            "This generation is damaged, or was made with other words or by another version of the program, "
            "so that it would be built anew at once. Nothing was changed.",
        ),
        "problem.job-not-found": Text("没有这个任务", "沒有這個工作", "No such job"),
        "problem.job-not-found.detail": Text(
            "没有这个编号的任务，或早已结束。",
            "沒有這個編號的工作，或早已結束。",
            "No job has this id, or it ended long ago.",
        ),
        "problem.query-log-off": Text("没有记录查询", "沒有記錄查詢", "No queries are kept"),
        "problem.query-log-off.detail": Text(
            "服务器没有记录查询，要先由管理员打开。",
            "伺服器未記錄查詢，須先由管理員開啟。",
            "The server keeps no queries. The operator has to switch that on.",
        ),
        "problem.not-taken-up": Text("还搜索不到", "還搜尋不到", "Not searchable yet"),
        "problem.not-taken-up.detail": Text(
            "内容已经安全存下，但索引更新不了，所以还搜索不到；原因在 /readyz 和日志里。",
            "內容已安全存下，但索引無法更新，所以還搜尋不到；原因在 /readyz 與日誌中。",
            "All of it is stored safely, but the index cannot be brought up to date, so searches do not have "
            "it yet. /readyz and the log say why.",
        ),
    }
)
