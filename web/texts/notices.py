"""What is said of how a query was read, and of hits that have a part of it."""

from collections.abc import Mapping
from types import MappingProxyType

from search.language.lookups import MAX_WORDS
from search.request import MIN_STEM
from web.texts.text import Text

NOTICES: Mapping[str, Text] = MappingProxyType(
    {
        "notice.unbalanced-quote": Text(
            "引号不成对，已按“{repaired}”搜索。",
            "引號不成對，已按「{repaired}」搜尋。",
            "A quotation mark has no partner; the search was for “{repaired}”.",
        ),
        "notice.unbalanced-bracket": Text(
            "括号不成对，已按“{repaired}”搜索。",
            "括號不成對，已按「{repaired}」搜尋。",
            "A bracket has no partner; the search was for “{repaired}”.",
        ),
        "notice.dangling-operator": Text(
            "“{text}”旁边缺少词语，已按普通文字处理。",
            "「{text}」旁邊缺少詞語，已按普通文字處理。",
            "“{text}” has no word beside it and was taken as plain text.",
        ),
        "notice.only-punctuation": Text(
            "“{text}”只有标点，没有参加搜索。",
            "「{text}」只有標點，沒有參加搜尋。",
            "“{text}” is only punctuation and was left out of the search.",
        ),
        "notice.control-character": Text(
            "查询中的控制字符已忽略。",
            "查詢中的控制字元已忽略。",
            "Control characters in the query were ignored.",
        ),
        "notice.unknown-field": Text(
            "没有名为“{text}”的字段，已按普通文字搜索。",
            "沒有名為「{text}」的欄位，已按普通文字搜尋。",
            "There is no field called “{text}”; it was searched for as plain text.",
        ),
        "notice.invalid-value": Text(
            "“{text}”不是字段和可用的取值，已按普通文字搜索。",
            "「{text}」不是欄位和可用的值，已按普通文字搜尋。",
            "“{text}” is not a field with a value that it can have; it was searched for as plain text.",
        ),
        "notice.ambiguous-region": Text(
            "“{text}”：几个地区同名，已全部包括在内；写出上级地区可以只看一个。",
            "「{text}」：幾個地區同名，已全部包括在內；寫出上級地區可以只看一個。",
            "“{text}”: several regions have this name, and all are included; add the region above it to see "
            "only one.",
        ),
        "notice.wildcard-too-broad": Text(
            f"“{{text}}”的 * 没有用上：它只能放在至少 {MIN_STEM} 个字的词后面，"
            f"这样开头的词最多 {MAX_WORDS:,} 个。已按普通文字搜索。",
            f"「{{text}}」的 * 沒有用上：它只能放在至少 {MIN_STEM} 個字的詞後面，"
            f"這樣開頭的詞最多 {MAX_WORDS:,} 個。已按普通文字搜尋。",
            f"The * of “{{text}}” was not used: it stands behind at least {MIN_STEM} characters, with which "
            f"at most {MAX_WORDS:,} words may begin. It was searched for as plain text.",
        ),
        "notice.not-near": Text(
            "“{text}”不是两个词的邻近写法，已按引号里的原样搜索。",
            "「{text}」不是兩個詞的鄰近寫法，已按引號裡的原樣搜尋。",
            "“{text}” does not say which two words are near each other; what is in quotation marks was "
            "searched for as it stands.",
        ),
        "relaxed.none": Text(
            "没有文章含有全部词语，以下文章含有其中一部分。",
            "沒有文章含有全部詞語，以下文章含有其中一部分。",
            "No article has all the words; these have some of them.",
        ),
        "relaxed.some": Text(
            "{count} 篇文章含有全部词语，排在前面；其余文章含有其中一部分。",
            "{count} 篇文章含有全部詞語，排在前面；其餘文章含有其中一部分。",
            "{count} articles have all the words and come first; the others have some of them.",
            en_one="{count} article has all the words and comes first; the others have some of them.",
        ),
        "relaxed.some_behind": Text(
            "{count} 篇文章含有全部词语，其余含有其中一部分。",
            "{count} 篇文章含有全部詞語，其餘含有其中一部分。",
            "{count} articles have all the words; the others have some of them.",
            en_one="{count} article has all the words; the others have some of them.",
        ),
        "relaxed.some_mixed": Text(
            "{count} 篇文章含有全部词语，其余含有其中一部分；排列同时考虑词语和语义。",
            "{count} 篇文章含有全部詞語，其餘含有其中一部分；排列同時考慮詞語和語意。",
            "{count} articles have all the words, the others some of them; the order weighs both words and "
            "meaning.",
            en_one="{count} article has all the words, the others have some of them; the order weighs both "
            "words and meaning.",
        ),
        "relaxed.dropped": Text(
            "这一页的文章没有用到：{words}",
            "這一頁的文章沒有用到：{words}",
            "The articles of this page lack: {words}",
        ),
        "semantic.late": Text(
            "来不及比较语义，按词语排列。",
            "來不及比較語意，按詞語排列。",
            "There was no time to compare meanings; the order is by words.",
        ),
        "semantic.no-vectors": Text(
            "文章的语义数据还没有准备好，按词语排列。",
            "文章的語意資料還沒有準備好，按詞語排列。",
            "The meanings of the articles are not ready yet; the order is by words.",
        ),
        "semantic.more": Text(
            "另有 {count} 篇文章不含这些词语，但与查询语义相近，也在列表里。",
            "另有 {count} 篇文章不含這些詞語，但與查詢語意相近，也在列表裡。",
            "{count} more articles do not have these words but are close in meaning; they are in the list "
            "too.",
            en_one="{count} more article does not have these words but is close in meaning; it is in the "
            "list too.",
        ),
        "semantic.alone": Text(
            "没有文章含有这些词语，以下文章与查询语义相近。",
            "沒有文章含有這些詞語，以下文章與查詢語意相近。",
            "No article has these words; these are close in meaning.",
        ),
    }
)
