"""The parameters of what is looked up: suggestions, analysis, similar articles, copies and regions."""

from search.suggestions.suggestion import MAX_SUGGESTIONS, MAX_TYPED, SuggestionKind
from search.suggestions.type_ahead import LIMIT as SUGGESTED
from search.text_analysis import MAX_ANALYSED, TextUse
from search.viewing import MAX_COPIES
from web.errors import FaultKind
from web.parameters.defined.filters import MAX_VALUES
from web.parameters.defined.query import NO, YES
from web.parameters.kinds import (
    ChoiceParameter,
    DecimalParameter,
    IntegerParameter,
    NamesParameter,
    RegionParameter,
    TextParameter,
)
from web.texts.text import Text

ANALYSED = TextParameter(
    name="text",
    shortest=1,
    longest=MAX_ANALYSED,
    too_long=FaultKind.TEXT_TOO_LONG,
    meaning=Text(hans="要分析的文字", hant="要分析的文字", en="the text to analyse"),
)
AS = ChoiceParameter(
    name="as",
    choices=tuple(use.value for use in TextUse),
    default=TextUse.INDEX.value,
    meaning=Text(
        hans="当作文章或查询",
        hant="當作文章或查詢",
        en="`index`: as text of an article, repaired first; `query`: as a query, as it stands",
    ),
)

TYPED = TextParameter(
    name="q",
    shortest=1,
    longest=MAX_TYPED,
    meaning=Text(
        hans="输入到一半的文字：汉字、拼音或首字母",
        hant="輸入到一半的文字：漢字、拼音或首字母",
        en="what was typed so far: characters, pinyin or first letters",
    ),
)
SUGGESTION_LIMIT = IntegerParameter(
    name="limit",
    low=1,
    high=MAX_SUGGESTIONS,
    default=SUGGESTED,
    meaning=Text(hans="最多几条", hant="最多幾筆", en="suggestions at most"),
)
KINDS = NamesParameter(
    name="kinds",
    most=MAX_VALUES,
    choices=tuple(kind.value for kind in SuggestionKind),
    default=tuple(kind.value for kind in SuggestionKind),
    meaning=Text(hans="只要这些种类", hant="只要這些種類", en="only texts of these kinds"),
)

SIMILAR_LIMIT = IntegerParameter(
    name="limit",
    low=1,
    high=20,
    default=5,
    meaning=Text(hans="最多几篇", hant="最多幾篇", en="similar articles at most"),
)
COPIES_LIMIT = IntegerParameter(
    name="limit",
    low=1,
    high=MAX_COPIES,
    default=20,
    meaning=Text(hans="最多几篇", hant="最多幾篇", en="copies at most"),
)
THRESHOLD = DecimalParameter(
    name="threshold",
    low=0.5,
    high=1.0,
    default=0.8,
    meaning=Text(hans="相似度至少多少", hant="相似度至少多少", en="least similarity to the best copy"),
)

PARENT = RegionParameter(
    name="parent",
    meaning=Text(
        hans="只要这个地区的下辖地区；不写则从省级开始",
        hant="只要這個地區的下轄地區；不寫則從省級開始",
        en="the regions below this one; without it the provinces",
    ),
)
NAMED = TextParameter(
    name="q",
    longest=MAX_TYPED,
    meaning=Text(
        hans="按名称、简称、旧名或代码查找地区",
        hant="按名稱、簡稱、舊名或代碼查找地區",
        en="regions that are called so: name, letter, former name, area or code; each with its full path",
    ),
)
COUNTS = ChoiceParameter(
    name="counts",
    choices=(YES, NO),
    default=NO,
    meaning=Text(
        hans="附上每个地区的文章数，其他筛选照算",
        hant="附上每個地區的文章數，其他篩選照算",
        en="`true`: how many articles each region has under the filters",
    ),
)
DEPTH = IntegerParameter(
    name="depth",
    low=1,
    high=3,
    default=1,
    meaning=Text(
        hans="往下几级：省、市、县", hant="往下幾級：省、市、縣", en="levels below, each within the one above"
    ),
)
