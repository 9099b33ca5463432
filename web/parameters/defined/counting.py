"""The parameters of counts: facets, and hits by time."""

from enum import Enum

from search.plan import Interval
from search.request import FACET_FIELDS
from web.parameters.defined.filters import MAX_VALUES
from web.parameters.kinds import ChoiceParameter, IntegerParameter, LimitsParameter, TextParameter
from web.texts.text import Text

MAX_FACET_VALUES = 200
"""Values of one facet (API contract)."""
FACET_VALUES = 10
MAX_PREFIX = 64
"""Code points (API contract)."""


class ValueOrder(Enum):
    """Which values of a facet come first."""

    COUNT = "count"
    VALUE = "value"


FACETS = LimitsParameter(
    name="facets",
    most=MAX_VALUES,
    choices=FACET_FIELDS,
    most_values=MAX_FACET_VALUES,
    default_limit=FACET_VALUES,
    meaning=Text(
        hans="按这些字段统计文章数；不计该字段自身的筛选",
        hant="按這些欄位統計文章數；不計該欄位自身的篩選",
        en="counts of the values of these fields, each under all filters but the one that chooses among its "
        f"own values; {FACET_VALUES} values where no limit is given",
    ),
)
FACET = ChoiceParameter(
    name="facet",
    choices=FACET_FIELDS,
    default=None,
    is_needed=True,
    meaning=Text(hans="统计哪个字段", hant="統計哪個欄位", en="the field whose values are counted"),
)
PREFIX = TextParameter(
    name="prefix",
    longest=MAX_PREFIX,
    meaning=Text(
        hans="只要以此开头的取值",
        hant="只要以此開頭的值",
        en="only values that begin with this after folding",
    ),
)
FACET_LIMIT = IntegerParameter(
    name="limit",
    low=1,
    high=MAX_FACET_VALUES,
    default=50,
    meaning=Text(hans="最多几个取值", hant="最多幾個值", en="values at most"),
)
FACET_SORT = ChoiceParameter(
    name="sort",
    choices=tuple(order.value for order in ValueOrder),
    default=ValueOrder.COUNT.value,
    meaning=Text(
        hans="按文章数从多到少，或按取值排列",
        hant="按文章數由多到少，或按值排列",
        en="`count`: the commonest values first; `value`: in the order of the values",
    ),
)
INTERVAL = ChoiceParameter(
    name="interval",
    choices=tuple(interval.value for interval in Interval),
    default=Interval.MONTH.value,
    meaning=Text(
        hans="按年、按月或按日统计", hant="按年、按月或按日統計", en="length of a period, in China's time"
    ),
)
