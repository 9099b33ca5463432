"""The parameters of exports alone: CSV and NDJSON."""

from typing import Final

from search.request import MAX_WINDOW
from web.parameters.defined.query import NO, YES
from web.parameters.kinds import ChoiceParameter, IntegerParameter
from web.texts.text import Text

EXPORT_PER_PAGE: Final = IntegerParameter(
    name="per_page",
    low=1,
    high=MAX_WINDOW,
    default=10,
    meaning=Text(
        hans="这个文件最多几条结果；更多的用 cursor 接着取",
        hant="這個檔案最多幾筆結果；更多的用 cursor 接著取",
        en="hits of this file; what goes beyond is got by `cursor`",
    ),
)
BOM: Final = ChoiceParameter(
    name="bom",
    choices=(YES, NO),
    default=NO,
    meaning=Text(
        hans="true：文件开头加字节顺序标记，电子表格软件据此认出 UTF-8（仅限 CSV）",
        hant="true：檔案開頭加位元組順序記號，試算表軟體據此認出 UTF-8（僅限 CSV）",
        en="`true`: a byte order mark comes first, by which spreadsheet programs know UTF-8; for CSV alone",
    ),
)
