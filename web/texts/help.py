"""Texts of the help about the query language."""

from collections.abc import Mapping
from types import MappingProxyType

from search.request import MAX_CLAUSES, MAX_DEPTH, MAX_GAP, MAX_QUERY, MAX_WINDOW, MIN_STEM
from web.texts.text import Text

HELP: Mapping[str, Text] = MappingProxyType(
    {
        "help.heading": Text("查询语法", "查詢語法", "Query syntax"),
        "help.lead": Text(
            "直接输入要找的词就可以。下面的写法用来说得更准。",
            "直接輸入要找的詞就可以。下面的寫法用來說得更準。",
            "Just type the words to find, in Chinese. What follows says it more exactly.",
        ),
        "help.write": Text("写法", "寫法", "Write"),
        "help.means": Text("含义", "含義", "Meaning"),
        "help.more": Text("其他约定", "其他約定", "What else to know"),
        "help.all": Text("全部写法与约定", "全部寫法與約定", "All of the query syntax"),
        "help.problem": Text("错误类型：{title}", "錯誤類型：{title}", "Kind of error: {title}"),
        "help.words.write": Text("科技 创新", "科技 創新", "科技 创新"),
        "help.words.short": Text("每个词都要出现", "每個詞都要出現", "every word has to occur"),
        "help.words.means": Text(
            "几个词用空格隔开：每个词都要出现，先后不限。",
            "幾個詞用空格隔開：每個詞都要出現，先後不限。",
            "Words parted by spaces: every word has to occur, in any order.",
        ),
        "help.run.write": Text("科技创新", "科技創新", "科技创新"),
        "help.run.means": Text(
            "连着写：连在一起出现的排在前面，各词都有但分开的排在后面。",
            "連著寫：連在一起出現的排在前面，各詞都有但分開的排在後面。",
            "Without spaces: articles that have it in one piece come first, then those that have its words "
            "apart.",
        ),
        "help.phrase.write": Text("“总投资超过500亿元”", "「總投資超過500億元」", "“总投资超过500亿元”"),
        "help.phrase.short": Text("一字不差、连续出现", "一字不差、連續出現", "exactly this, in one piece"),
        "help.phrase.means": Text(
            "加引号：一字不差、连续出现。中文引号、直角引号、书名号、英文双引号都可以。",
            "加引號：一字不差、連續出現。中文引號、直角引號、書名號、英文雙引號都可以。",
            "In quotation marks: exactly this, in one piece. Chinese quotation marks, corner brackets, title "
            "marks and plain double quotes all do.",
        ),
        "help.not.write": Text("招商 -公司", "招商 -公司", "招商 -公司"),
        "help.not.short": Text("不含减号后面的词", "不含減號後面的詞", "without the word behind the minus"),
        "help.not.means": Text(
            "前面加减号：不要含有这个词的文章。",
            "前面加減號：不要含有這個詞的文章。",
            "With a minus before it: no articles that have this word.",
        ),
        "help.or.write": Text("养老 OR 托育", "養老 OR 托育", "养老 OR 托育"),
        "help.or.short": Text("有其中一个就行", "有其中一個就行", "one of them is enough"),
        "help.or.means": Text(
            "大写 OR：有其中一个就行。",
            "大寫 OR：有其中一個就行。",
            "OR in capital letters: one of them is enough.",
        ),
        "help.brackets.write": Text("(养老 OR 托育) 社区", "(養老 OR 托育) 社區", "(养老 OR 托育) 社区"),
        "help.brackets.short": Text("先算括号里面的", "先算括號裡面的", "what is in brackets goes first"),
        "help.brackets.means": Text(
            "括号：先算里面的；不加括号时，减号最先，并列其次，OR 最后。",
            "括號：先算裡面的；不加括號時，減號最先，並列其次，OR 最後。",
            "Brackets: what is inside goes first. Without them the minus goes first, then words side by "
            "side, then OR.",
        ),
        "help.field.write": Text(
            "标题：科技 来源：浙江日报", "標題：科技 來源：浙江日報", "标题：科技 来源：浙江日报"
        ),
        "help.field.means": Text(
            "字段名加冒号：title（标题）、lead、body、tags 里的文字；source（来源）、"
            "region（地区）、topic（专题）、agency、level、document_type、document_number 的取值。"
            "取值里有空格时加引号。",
            "欄位名加冒號：title（標題）、lead、body、tags 裡的文字；source（來源）、"
            "region（地區）、topic（專題）、agency、level、document_type、document_number 的值。"
            "值裡有空格時加引號。",
            "Field and colon: text in title, lead, body or tags; the value of source, region, topic, agency, "
            "level, document_type or document_number. A value with a space goes in quotation marks.",
        ),
        "help.dates.write": Text("date:2024-03..2024-05", "date:2024-03..2024-05", "date:2024-03..2024-05"),
        "help.dates.means": Text(
            "日期范围，两端都包括：年、年-月或年-月-日，一端可以不写。"
            "year（年份）是发布时间，signed 是成文日期，effective 是施行日期。",
            "日期範圍，兩端都包括：年、年-月或年-月-日，一端可以不寫。"
            "year（年份）是發布時間，signed 是成文日期，effective 是施行日期。",
            "A range of dates, both ends included: year, year-month or year-month-day; one end may be left "
            "out. year is that of publication, signed the date of signing, effective the date in force from.",
        ),
        "help.near.write": Text('"养老 托育"~10', '"養老 托育"~10', '"养老 托育"~10'),
        "help.near.means": Text(
            f"引号里写两个词，后面加 ~ 和数字：两个词之间最多隔这么多字，先后不限。最多 {MAX_GAP:,}。",
            f"引號裡寫兩個詞，後面加 ~ 和數字：兩個詞之間最多隔這麼多字，先後不限。最多 {MAX_GAP:,}。",
            "Two words in quotation marks, then ~ and a number: at most so many characters between them, in "
            f"either order. At most {MAX_GAP:,}.",
        ),
        "help.prefix.write": Text("科技*", "科技*", "科技*"),
        "help.prefix.means": Text(
            f"词后面加 *：以它开头的词。* 前面至少 {MIN_STEM} 个字。",
            f"詞後面加 *：以它開頭的詞。* 前面至少 {MIN_STEM} 個字。",
            f"A word and *: words that begin with it, which has at least {MIN_STEM} characters.",
        ),
        "help.number.write": Text("鄂政发〔2024〕12号", "鄂政發〔2024〕12號", "鄂政发〔2024〕12号"),
        "help.number.means": Text(
            "文号：括号的样式不同、有没有“第”字，都能找到。",
            "文號：括號的樣式不同、有沒有「第」字，都能找到。",
            "The number of a document: it is found whatever brackets it is written with.",
        ),
        "help.single.write": Text("鄂", "鄂", "鄂"),
        "help.single.means": Text(
            "单个字也能查。", "單個字也能查。", "A single character can be searched too."
        ),
        "help.partial": Text(
            "词语齐全的文章排在最前面。长问句只要有一部分词语就算；短的查询找不到齐全的文章时也一样，"
            "并在结果上方说明。加了引号的、减号后面的和字段的取值一定算数。",
            "詞語齊全的文章排在最前面。長問句只要有一部分詞語就算；短的查詢找不到齊全的文章時也一樣，"
            "並在結果上方說明。加了引號的、減號後面的和欄位的值一定算數。",
            "Articles that have all the words come first. Of a long question a part is enough; so it is of a "
            "short query where no article has all of it, and a note above the results says so. What is in "
            "quotation marks, behind a minus or in a field always counts.",
        ),
        "help.folding": Text(
            "简体与繁体、全角与半角、大写与小写视为相同：台湾、臺灣、台灣结果一样。",
            "簡體與繁體、全形與半形、大寫與小寫視為相同：台湾、臺灣、台灣結果一樣。",
            "Simplified and Traditional, full and half width, capital and small letters count as the same.",
        ),
        "help.spaces": Text(
            "原文里两个汉字之间的空格和换行不影响匹配。",
            "原文裡兩個漢字之間的空格和換行不影響比對。",
            "Spaces and line breaks between two characters of an article are looked through.",
        ),
        "help.synonyms": Text(
            "同一事物的其他名称、数字和日期的其他写法也算：科技厅也找科学技术厅，"
            "100亿元也找一百亿元。加引号就只找原样。",
            "同一事物的其他名稱、數字和日期的其他寫法也算：科技廳也找科學技術廳，"
            "100億元也找一百億元。加引號就只找原樣。",
            "Other names of the same thing and other ways to write numbers and dates are found too: the "
            "short name of an office also finds its full name. Quotation marks find only what was typed.",
        ),
        "help.mistakes": Text(
            "写法有误也会给出结果，并在结果上方说明是怎样理解的。",
            "寫法有誤也會給出結果，並在結果上方說明是怎樣理解的。",
            "A query with a mistake gets results too, and a note above them says how it was read.",
        ),
        "help.limits": Text(
            f"一次查询最多 {MAX_QUERY} 个字符、{MAX_CLAUSES} 个部分、{MAX_DEPTH} 层括号；"
            f"最多翻到前 {MAX_WINDOW:,} 条。",
            f"一次查詢最多 {MAX_QUERY} 個字元、{MAX_CLAUSES} 個部分、{MAX_DEPTH} 層括號；"
            f"最多翻到前 {MAX_WINDOW:,} 筆。",
            f"A query has at most {MAX_QUERY} characters, {MAX_CLAUSES} parts and {MAX_DEPTH} levels of "
            f"brackets; the first {MAX_WINDOW:,} results can be paged through.",
        ),
        "help.shortcut": Text("按 / 键跳到搜索框", "按 / 鍵跳到搜尋框", "The / key goes to the search box"),
        "help.api": Text(
            "程序可以用同样的参数读取 /api/v1/search，得到 JSON。",
            "程式可以用同樣的參數讀取 /api/v1/search，得到 JSON。",
            "Programs can read /api/v1/search with the same parameters and get JSON.",
        ),
    }
)
