"""How many dates lie in each year, month or day in China."""

import numpy as np
from numpy.typing import NDArray

from index.describe.times import CHINA
from search.plan import Interval

_OFFSET = np.timedelta64(int(CHINA.utcoffset(None).total_seconds()), "s")

_UNITS = {Interval.YEAR: "datetime64[Y]", Interval.MONTH: "datetime64[M]", Interval.DAY: "datetime64[D]"}


def count_periods(dates: NDArray[np.int64], interval: Interval) -> tuple[tuple[int, int], ...]:
    """The periods that dates (seconds since 1970 UTC) lie in, rising, each with how many do.

    A period is the number of years, months or days since the first of 1970.
    """
    local = dates.astype("datetime64[s]") + _OFFSET
    periods, counts = np.unique(local.astype(_UNITS[interval]).astype(np.int64), return_counts=True)
    return tuple(zip(periods.tolist(), counts.tolist(), strict=True))
