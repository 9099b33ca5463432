"""The parameters of the admin interface, described."""

from typing import Final

from search.request import Match
from web.admin.storing import Mode, Repairing
from web.errors import FaultKind
from web.parameters.defined.filters import FILTERS
from web.parameters.defined.language import LANG
from web.parameters.defined.query import IN, NO, YES, Q
from web.parameters.kinds import ChoiceParameter, IntegerParameter, Parameter, TextParameter
from web.texts.text import Text

MAX_DELETED: Final = 1_000_000
"""Articles that one request may delete: more than an index is made for."""

MODE = ChoiceParameter(
    name="mode",
    choices=tuple(mode.value for mode in Mode),
    default=Mode.UPSERT.value,
    meaning=Text(
        hans="已有同一标识的文章时怎么办：更新、拒绝，或整批替换所列来源的全部文章",
        hant="已有同一識別碼的文章時怎麼辦：更新、拒絕，或整批取代所列來源的全部文章",
        en="`upsert`: an article takes the place of the one with its id; `create`: it is refused where there "
        "is one; `replace_source`: as `upsert`, and all other articles of the sources in the batch are "
        "deleted, unless a row fails",
    ),
)
DRY_RUN = ChoiceParameter(
    name="dry_run",
    choices=(YES, NO),
    default=NO,
    meaning=Text(
        hans="只报告会发生什么，不作任何改动",
        hant="只報告會發生什麼，不作任何更動",
        en="`true`: say what would happen, and change nothing",
    ),
)
REPAIRED = ChoiceParameter(
    name="repair",
    choices=tuple(repairing.value for repairing in Repairing),
    default=Repairing.AS_NEEDED.value,
    meaning=Text(
        hans="收录时修复受损的文字（乱码、残缺的实体等）",
        hant="收錄時修復受損的文字（亂碼、殘缺的實體等）",
        en="`true`: damaged text is mended as it comes in, and the log of that is kept; `false`: it stays as "
        "it came, but for characters that nobody sees",
    ),
)
WAIT = ChoiceParameter(
    name="wait",
    choices=(YES, NO),
    default=YES,
    meaning=Text(
        hans="等到能搜到为止再回答；否则立即返回任务编号",
        hant="等到能搜尋到為止再回答；否則立即傳回工作編號",
        en="`true`: answer when searches have it, or with 202 and a job after 30 seconds; `false`: answer "
        "with 202 and a job at once",
    ),
)
DELETED_MATCH = ChoiceParameter(
    name="match",
    choices=(Match.ALL.value, Match.ANY.value, Match.EXACT.value),
    default=Match.ALL.value,
    meaning=Text(
        hans="要有全部词语、任意一个，还是整句原样",
        hant="須含全部詞語、任一詞語，或整句原樣",
        en="`all`: every word; `any`: at least one; `exact`: the whole of `q` as one phrase. What has only a "
        "part is never deleted, and a query that cannot be read as it is written is refused",
    ),
)
DELETED_SYNONYMS = ChoiceParameter(
    name="synonyms",
    choices=(YES, NO),
    default=NO,
    meaning=Text(
        hans="同一事物的其他名称、数字的其他写法要不要也算",
        hant="同一事物的其他名稱、數字的其他寫法要不要也算",
        en="`true`: what other names and notations of the query find is deleted too",
    ),
)
CONFIRM = IntegerParameter(
    name="confirm",
    low=0,
    high=MAX_DELETED,
    default=0,
    meaning=Text(
        hans="先前清点得到的篇数；0 表示只清点，不删除",
        hant="先前清點得到的篇數；0 表示只清點，不刪除",
        en="how many articles a request without it has counted; 0: they are only counted, none is deleted",
    ),
)
REASON = TextParameter(
    name="reason",
    longest=200,
    too_long=FaultKind.TEXT_TOO_LONG,
    meaning=Text(hans="写进日志的理由", hant="寫入日誌的理由", en="stands in the log"),
)
GENERATION = TextParameter(
    name="generation",
    shortest=1,
    meaning=Text(
        hans="退回到哪一代索引，如 `3.118`",
        hant="退回到哪一代索引，如 `3.118`",
        en="the generation to go back to, such as `3.118`",
    ),
)
DAYS = IntegerParameter(
    name="days",
    low=1,
    high=90,
    default=7,
    meaning=Text(hans="最近几天", hant="最近幾天", en="days up to now"),
)
QUERY_LIMIT = IntegerParameter(
    name="limit",
    low=1,
    high=1_000,
    default=100,
    meaning=Text(hans="最多几条查询", hant="最多幾筆查詢", en="queries at most"),
)

BATCH_PARAMETERS: tuple[Parameter, ...] = (MODE, DRY_RUN, REPAIRED, WAIT, LANG)
ARTICLE_PARAMETERS: tuple[Parameter, ...] = (REPAIRED, WAIT, LANG)
REMOVAL_PARAMETERS: tuple[Parameter, ...] = (WAIT, LANG)
DELETION_PARAMETERS: tuple[Parameter, ...] = (
    Q,
    DELETED_MATCH,
    IN,
    DELETED_SYNONYMS,
    *FILTERS,
    CONFIRM,
    WAIT,
    LANG,
)
RULES_PARAMETERS: tuple[Parameter, ...] = (DRY_RUN, WAIT, LANG)
REBUILD_PARAMETERS: tuple[Parameter, ...] = (REASON, LANG)
ROLLBACK_PARAMETERS: tuple[Parameter, ...] = (GENERATION, LANG)
ZERO_HITS_PARAMETERS: tuple[Parameter, ...] = (DAYS, QUERY_LIMIT, LANG)
NO_PARAMETERS: tuple[Parameter, ...] = (LANG,)
