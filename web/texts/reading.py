"""The texts about what the read interface refuses: filters, facets, cursors, timelines."""

from collections.abc import Mapping
from types import MappingProxyType

from search.timeline import MAX_BUCKETS
from web.texts.text import Text

READING_TEXTS: Mapping[str, Text] = MappingProxyType(
    {
        "fault.value": Text(
            hans="{name} 没有“{value}”这个取值。",
            hant="{name} 沒有「{value}」這個值。",
            en="{name} has no value “{value}”.",
        ),
        "fault.year": Text(
            hans="{name} 应写作年份，例如 2024，或起止年份，例如 2019..2022；不能是“{value}”。",
            hant="{name} 應寫作年份，例如 2024，或起迄年份，例如 2019..2022；不能是「{value}」。",
            en="{name} takes a year such as 2024, or years such as 2019..2022; not “{value}”.",
        ),
        "fault.decimal": Text(
            hans="{name} 应是 {low} 到 {high} 之间的数。",
            hant="{name} 應是 {low} 到 {high} 之間的數。",
            en="{name} is a number from {low} to {high}.",
        ),
        "fault.limit": Text(
            hans="“{value}”冒号后面应是 1 到 {most} 的整数。",
            hant="「{value}」冒號後面應是 1 到 {most} 的整數。",
            en="“{value}” needs a whole number from 1 to {most} behind the colon.",
        ),
        "fault.repeated_name": Text(
            hans="{name} 中的“{value}”只能写一次。",
            hant="{name} 中的「{value}」只能寫一次。",
            en="{name} may name “{value}” only once.",
        ),
        "fault.invalid-cursor": Text(
            hans="游标最多 {most} 个字符，不是 {length} 个；请从第一页重新开始。",
            hant="游標最多 {most} 個字元，不是 {length} 個；請從第一頁重新開始。",
            en="A cursor has at most {most} characters, not {length}; start again from the first page.",
        ),
        "fault.page_and_cursor": Text(
            hans="page 与 cursor 不能同时使用，请去掉其中一个。",
            hant="page 與 cursor 不能同時使用，請去掉其中一個。",
            en="page and cursor cannot be used together; leave one of them out.",
        ),
        "problem.invalid-cursor": Text(hans="游标无效", hant="游標無效", en="Invalid cursor"),
        "problem.invalid-cursor.detail": Text(
            hans="游标已损坏，或属于另一次搜索；请用 cursor=* 从第一页重新开始。",
            hant="游標已損壞，或屬於另一次搜尋；請用 cursor=* 從第一頁重新開始。",
            en="The cursor is damaged, or belongs to another search; start again from the first page with "
            "cursor=*.",
        ),
        "problem.cursor-expired": Text(hans="游标已过期", hant="游標已過期", en="Cursor expired"),
        "problem.cursor-expired.detail": Text(
            hans="游标所在的索引状态已不再保留；请用 cursor=* 从第一页重新开始。",
            hant="游標所在的索引狀態已不再保留；請用 cursor=* 從第一頁重新開始。",
            en="The state of the index that the cursor leads through is no longer kept; start again from the "
            "first page with cursor=*.",
        ),
        "problem.too-many-buckets": Text(hans="时间段太多", hant="時間段太多", en="Too many periods"),
        "problem.too-many-buckets.detail": Text(
            hans=f"一次最多统计 {MAX_BUCKETS:,} 个时间段；请改用更长的 interval，或缩小日期范围。",
            hant=f"一次最多統計 {MAX_BUCKETS:,} 個時間段；請改用較長的 interval，或縮小日期範圍。",
            en=f"A timeline has at most {MAX_BUCKETS:,} periods; ask for a longer interval, or fewer years.",
        ),
        "problem.timeout": Text(hans="搜索超时", hant="搜尋逾時", en="Search timed out"),
        "problem.timeout.detail": Text(
            hans="这次搜索用时太长，已经停止；请用更少见的词语，或缩小筛选范围。",
            hant="這次搜尋耗時太長，已經停止；請用較少見的詞語，或縮小篩選範圍。",
            en="The search took too long and was stopped; use rarer words, or narrower filters.",
        ),
    }
)
