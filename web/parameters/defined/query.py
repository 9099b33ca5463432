"""The parameters that say what is looked for, and how it is read."""

from index.article import Part
from search.request import MAX_QUERY, Collapse, Match
from search.semantic.answer import SemanticMode
from web.parameters.kinds import ChoiceParameter, NamesParameter, TextParameter
from web.texts.text import Text

YES, NO = "true", "false"

MAX_EXPLAINED = 20
"""Hits of a page that can be explained: each costs as much as a search (API contract)."""

Q = TextParameter(
    name="q",
    longest=MAX_QUERY,
    meaning=Text(
        hans="查询语句；为空表示全部文章",
        hant="查詢語句；留空表示全部文章",
        en="the query; empty means all articles",
    ),
)
MATCH = ChoiceParameter(
    name="match",
    choices=tuple(match.value for match in Match),
    default=Match.SMART.value,
    meaning=Text(
        hans="要有全部词语、任意一个、整句原样，还是由系统判断（长问句有一部分就算，会说明）",
        hant="須含全部詞語、任一詞語、整句原樣，或由系統判斷（長問句有一部分即可，會加以說明）",
        en="`smart`: all of it, of long questions a part, and a part where nothing has it all (the answer "
        "says so in `relaxed`); `all`: every word; `any`: at least one; `exact`: the whole of `q` as one "
        "phrase",
    ),
)
IN = NamesParameter(
    name="in",
    most=len(Part),
    choices=tuple(part.value for part in Part),
    default=tuple(part.value for part in Part),
    meaning=Text(
        hans="在哪些部分里查找：标题、导语、正文、标签",
        hant="在哪些部分裡查找：標題、導言、內文、標籤",
        en="parts of an article that the query is looked for in; what it asks of a field by name stays there",
    ),
)
REPAIR = ChoiceParameter(
    name="repair",
    choices=(YES, NO),
    default=YES,
    meaning=Text(
        hans="写法有误时按普通文字理解，还是拒绝",
        hant="寫法有誤時當作一般文字理解，或是拒絕",
        en="`true`: what cannot be read is taken as text, with a notice; `false`: it is refused with 400",
    ),
)
SYNONYMS = ChoiceParameter(
    name="synonyms",
    choices=(YES, NO),
    default=YES,
    meaning=Text(
        hans="同一事物的其他名称、数字的其他写法要不要也算",
        hant="同一事物的其他名稱、數字的其他寫法是否也算",
        en="`true`: other names and notations of what the query says are found too, see `query.synonyms`; "
        "`false`: only what was typed",
    ),
)
COLLAPSE = ChoiceParameter(
    name="collapse",
    choices=tuple(collapse.value for collapse in Collapse),
    default=Collapse.DUPLICATES.value,
    meaning=Text(
        hans="转载合并成一条，还是每篇单列",
        hant="轉載合併成一筆，或是逐篇列出",
        en="`duplicates`: of the copies of a text that match, the first one in the order of the hits stands "
        "for all; `none`: every article is a hit. `total` counts articles either way, `clusters` hits",
    ),
)
RECENCY = ChoiceParameter(
    name="recency",
    choices=(YES, NO),
    default=YES,
    meaning=Text(
        hans="新文章可以多得一点分（要由管理员打开）",
        hant="新文章可以多得一點分（須由管理員開啟）",
        en="`true`: new articles score a little more, where the operator has set how long an article is new; "
        "`false`: never",
    ),
)
SEMANTIC = ChoiceParameter(
    name="semantic",
    choices=tuple(mode.value for mode in SemanticMode),
    default=None,
    meaning=Text(
        hans="按语义重排前面的结果，或再补充语义相近的文章",
        hant="按語意重排前面的結果，或再補充語意相近的文章",
        en="`rerank`: the first hits by relevance come in an order of words and meaning; `hybrid`: articles "
        "that the words do not find come in too, `matched` being `meaning`, and no total counts them; "
        "without it what the service was set to (as delivered: `off`); 400 where it has no embedder",
    ),
)
EXPLAIN = ChoiceParameter(
    name="explain",
    choices=(YES, NO),
    default=NO,
    meaning=Text(
        hans="说明每条结果的得分由什么组成",
        hant="說明每筆結果的得分由什麼組成",
        en=f"`true`: each hit says what its `score` is made of; per_page is at most {MAX_EXPLAINED} then",
    ),
)
