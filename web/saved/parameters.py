"""The parameters of the endpoints of saved searches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from search.cursors import LONGEST
from web.errors import FaultKind
from web.parameters.defined.language import LANG
from web.parameters.defined.listing import PAGE, PER_PAGE
from web.parameters.kinds import IntegerParameter, Parameter, TextParameter
from web.parameters.query_string import Pair
from web.parameters.requests import reader_of, refuse
from web.texts.text import Text

MAX_CURSOR: Final = LONGEST + 40
"""Characters: a cursor of the search, and the window that it is of."""

SINCE = TextParameter(
    name="since",
    meaning=Text(
        hans="此后首次收录的文章：上次返回的 until、带时区的时间、日期，或索引版本号；不写则从保存时算起",
        hant="此後首次收錄的文章：上次傳回的 until、帶時區的時間、日期，或索引版本號；不寫則從儲存時算起",
        en="what was first stored from then on: the `until` of the last answer, a time with its offset, a "
        "date in +08:00, or a generation; without it from when the search was saved",
    ),
)
NEWS_CURSOR = TextParameter(
    name="cursor",
    longest=MAX_CURSOR,
    too_long=FaultKind.INVALID_CURSOR,
    meaning=Text(
        hans="下一页：给上一页的 next_cursor，since 不变",
        hant="下一頁：給上一頁的 next_cursor，since 不變",
        en="the next page: `next_cursor` of the page before, with the same `since`",
    ),
)
NEWS_PER_PAGE = IntegerParameter(
    name="per_page",
    low=1,
    high=PER_PAGE.high,
    default=PER_PAGE.default,
    meaning=Text(hans="每页条数", hant="每頁筆數", en="articles per page"),
)
KEY = TextParameter(
    name="key",
    meaning=Text(
        hans="订阅密钥，保存时随订阅地址给出",
        hant="訂閱金鑰，儲存時隨訂閱網址給出",
        en="the key of the feed, which is in the address that was told when the search was saved",
    ),
)

NAME = TextParameter(
    name="name",
    meaning=Text(hans="名称", hant="名稱", en="what the search is called"),
)
QUERY = TextParameter(
    name="query",
    meaning=Text(hans="搜索条件", hant="搜尋條件", en="the query string of a search"),
)
FREQUENCY = TextParameter(
    name="frequency",
    meaning=Text(hans="通知频率", hant="通知頻率", en="how often the webhook is told"),
)
WEBHOOK = TextParameter(
    name="webhook",
    meaning=Text(hans="Webhook 地址", hant="Webhook 網址", en="where to post what is new"),
)
TYPED_TOKEN = TextParameter(
    name="token", meaning=Text(hans="访问令牌", hant="存取權杖", en="the token that is signed in with")
)
VERSION = TextParameter(
    name="version", meaning=Text(hans="版本", hant="版本", en="the version that is to be deleted")
)

FORM_PARAMETERS: tuple[TextParameter, ...] = (NAME, QUERY, FREQUENCY, WEBHOOK)
SIGN_IN_PARAMETERS: tuple[TextParameter, ...] = (TYPED_TOKEN, QUERY)
DELETE_PARAMETERS: tuple[TextParameter, ...] = (VERSION,)
LIST_PARAMETERS: tuple[Parameter, ...] = (PAGE, NEWS_PER_PAGE, LANG)
NEWS_PARAMETERS: tuple[Parameter, ...] = (SINCE, NEWS_PER_PAGE, NEWS_CURSOR, LANG)
FEED_PARAMETERS: tuple[Parameter, ...] = (KEY, LANG)
SAVED_PARAMETERS: tuple[Parameter, ...] = (LANG,)


@dataclass(frozen=True, slots=True)
class ListParameters:
    """Which page of the saved searches is wanted."""

    page: int
    per_page: int

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.per_page


@dataclass(frozen=True, slots=True)
class NewsParameters:
    """Which page of what is new is wanted; "" where something was not given."""

    since: str
    per_page: int
    cursor: str


def read_list(pairs: Sequence[Pair]) -> ListParameters:
    """Raises BadParameters."""
    reader = reader_of(pairs, LIST_PARAMETERS)
    parameters = ListParameters(reader.integer(PAGE), reader.integer(NEWS_PER_PAGE))
    refuse(reader.faults)
    return parameters


def read_news(pairs: Sequence[Pair]) -> NewsParameters:
    """Raises BadParameters."""
    reader = reader_of(pairs, NEWS_PARAMETERS)
    parameters = NewsParameters(reader.text(SINCE), reader.integer(NEWS_PER_PAGE), reader.text(NEWS_CURSOR))
    refuse(reader.faults)
    return parameters


def read_key(pairs: Sequence[Pair]) -> str:
    """Raises BadParameters."""
    reader = reader_of(pairs, FEED_PARAMETERS)
    key = reader.text(KEY)
    refuse(reader.faults)
    return key


def read_fields(pairs: Sequence[Pair], fields: Sequence[TextParameter]) -> Mapping[str, str]:
    """What stands in these fields of a form, without those that are empty. Raises BadParameters."""
    reader = reader_of(pairs, (*fields, LANG))
    refuse(reader.faults)
    return {field.name: text for field in fields if (text := reader.text(field))}


def check_none(pairs: Sequence[Pair]) -> None:
    """Raises BadParameters where there is any but the language."""
    refuse(reader_of(pairs, SAVED_PARAMETERS).faults)
