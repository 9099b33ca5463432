"""Texts of the page about the site."""

from collections.abc import Mapping
from types import MappingProxyType

from web.texts.text import Text

ABOUT_TEXTS: Mapping[str, Text] = MappingProxyType(
    {
        "about.heading": Text("关于本站", "關於本站", "About this site"),
        "about.lead": Text(
            "本站收录各地的政策文件和政策新闻，可以按文字、地区、专题、来源和时间查找。",
            "本站收錄各地的政策文件和政策新聞，可以按文字、地區、專題、來源和時間查找。",
            "This site collects policy documents and policy news of China’s regions. Find them by text, "
            "region, topic, source and time.",
        ),
        "about.holdings": Text("收录情况", "收錄情況", "What is here"),
        "about.articles": Text("文章", "文章", "Articles"),
        "about.sources_count": Text("来源", "來源", "Sources"),
        "about.newest": Text("最新一篇", "最新一篇", "Latest article"),
        "about.undated": Text("日期不详", "日期不詳", "Without a date"),
        "about.repaired": Text("修复过文字", "修復過文字", "With repaired text"),
        "about.generation": Text("索引版本", "索引版本", "Index generation"),
        "about.lag": Text("等待编入索引", "等待編入索引", "Changes not yet indexed"),
        "about.sources": Text("文章最多的来源", "文章最多的來源", "Sources with most articles"),
        "about.making": Text("文章怎样整理", "文章怎樣整理", "How articles are prepared"),
        "about.repairs": Text(
            "收到的文字有乱码或损坏时，程序按规则修复。修复的地方在文章页加点标出，也能看到收到时的原文。",
            "收到的文字有亂碼或損壞時，程式按規則修復。修復的地方在文章頁加點標出，也能看到收到時的原文。",
            "Damaged text is repaired by rules. The article’s page marks each repaired place with dots and "
            "shows the text as it came in.",
        ),
        "about.facts": Text(
            "文号、发文机关、文种、日期、地区和专题由程序从文中识别，可能有误，请以原网页为准。",
            "文號、發文機關、文種、日期、地區和專題由程式從文中識別，可能有誤，請以原網頁為準。",
            "Document numbers, issuing bodies, types, dates, regions and topics are recognised by program "
            "and may be wrong; the original page is what counts.",
        ),
        "about.copies": Text(
            "同一篇文章的转载在结果里合并成一条，可以展开。",
            "同一篇文章的轉載在結果裡合併成一條，可以展開。",
            "Copies of the same article are folded into one result, which can be unfolded.",
        ),
        "about.freshness": Text("更新", "更新", "How fresh it is"),
        "about.freshness_detail": Text(
            "收到的文章编入索引后就能搜到，通常只要几秒。每页底部的索引版本说明结果来自哪个版本。",
            "收到的文章編入索引後就能搜到，通常只要幾秒。每頁底部的索引版本說明結果來自哪個版本。",
            "An article can be found as soon as it is indexed, usually within seconds. The index generation "
            "at the foot of a page says which state its results come from.",
        ),
        "about.rights": Text("版权与许可", "版權與授權", "Rights and licence"),
        "about.rights_articles": Text(
            "文章的权利属于各自的发布者；引用请注明来源，文章页有引用格式。",
            "文章的權利屬於各自的發布者；引用請註明來源，文章頁有引用格式。",
            "Articles belong to those who published them. Cite them; each article’s page has a citation.",
        ),
        "about.rights_software": Text(
            "搜索软件按 MIT 许可证发布。",
            "搜尋軟體按 MIT 授權條款發布。",
            "The search software is released under the MIT licence.",
        ),
        "about.privacy": Text("隐私", "隱私", "Privacy"),
        "about.privacy_detail": Text(
            "搜索不需要登录。Cookie 只用来记住您选的语言和配色，以及管理保存的搜索时的登录；"
            "不向其他网站发送任何内容。",
            "搜尋不需要登入。Cookie 只用來記住您選的語言和配色，以及管理已儲存搜尋時的登入；"
            "不向其他網站傳送任何內容。",
            "Searching needs no login. Cookies keep the language and the colours that you chose, and who is "
            "signed in to saved searches; nothing is sent to other sites.",
        ),
        "about.keyboard": Text("键盘", "鍵盤", "Keyboard"),
        "about.key": Text("按键", "按鍵", "Key"),
        "about.action": Text("作用", "作用", "What it does"),
        "about.key_box": Text("跳到搜索框", "跳到搜尋框", "Move to the search box"),
        "about.key_help": Text("打开查询语法", "打開查詢語法", "Open the help on queries"),
        "about.key_leave": Text("关闭建议或帮助", "關閉建議或說明", "Close the suggestions or the help"),
        "about.key_choose": Text("在建议之间移动", "在建議之間移動", "Move among the suggestions"),
        "about.key_off": Text(
            "在“查询语法”页可以关掉单键快捷键。",
            "在「查詢語法」頁可以關掉單鍵快速鍵。",
            "Shortcuts of a single key can be switched off on the help page.",
        ),
        "about.api": Text("程序接口", "程式介面", "For programs"),
        "about.api_detail": Text(
            "搜索页的地址参数也是接口 /api/v1/search 的参数，得到 JSON。",
            "搜尋頁的網址參數也是介面 /api/v1/search 的參數，得到 JSON。",
            "The parameters of a search page are those of /api/v1/search too, which answers with JSON.",
        ),
        "about.api_parameters": Text("全部参数", "全部參數", "All parameters"),
        "about.api_docs": Text("接口文档", "介面文件", "Documentation of the interface"),
        "about.contact": Text("联系", "聯絡", "Contact"),
        "about.contact_detail": Text(
            "发现错误或有建议，请联系：",
            "發現錯誤或有建議，請聯絡：",
            "To report a mistake or make a suggestion, write to:",
        ),
    }
)
