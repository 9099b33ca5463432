"""The parameters that let through a part of the articles. Their names are the fields of Filters."""

from web.parameters.kinds import DateParameter, Parameter, ValueParameter
from web.texts.text import Text

MAX_VALUES = 50
"""Values of one repeatable parameter (API contract)."""


def _value(name: str, meaning: Text) -> ValueParameter:
    return ValueParameter(name=name, field=name, most=MAX_VALUES, meaning=meaning)


def _without(filtered: ValueParameter, meaning: Text) -> ValueParameter:
    return ValueParameter(
        name=f"exclude_{filtered.name}", field=filtered.field, most=filtered.most, meaning=meaning
    )


REGION = _value(
    "region",
    Text(
        hans="只看这些地区及其下辖地区；后面加 ! 表示只看本级",
        hant="只看這些地區及其下轄地區；後面加 ! 表示只看本級",
        en="these regions and all below them, with `!` behind one only that very unit; several are joined "
        "by OR",
    ),
)
EXCLUDE_REGION = _without(
    REGION,
    Text(
        hans="不看这些地区及其下辖地区",
        hant="不看這些地區及其下轄地區",
        en="leave out articles of these regions and all below them",
    ),
)
SOURCE = _value(
    "source",
    Text(
        hans="只看这些来源",
        hant="只看這些來源",
        en="exact name of a source after folding; several are joined by OR",
    ),
)
EXCLUDE_SOURCE = _without(
    SOURCE, Text(hans="不看这些来源", hant="不看這些來源", en="leave out articles of these sources")
)
ORIGIN = _value(
    "origin",
    Text(
        hans="只看这些稿源",
        hant="只看這些稿源",
        en="exact name of where a source has its text from; several are joined by OR",
    ),
)
EXCLUDE_ORIGIN = _without(
    ORIGIN, Text(hans="不看这些稿源", hant="不看這些稿源", en="leave out articles of these origins")
)
TOPIC = _value(
    "topic",
    Text(hans="只看这些专题", hant="只看這些專題", en="a topic by its name; several are joined by OR"),
)
EXCLUDE_TOPIC = _without(
    TOPIC, Text(hans="不看这些专题", hant="不看這些專題", en="leave out articles of these topics")
)
TAG = _value(
    "tag",
    Text(hans="只看有这些标签的文章", hant="只看有這些標籤的文章", en="a tag; several are joined by OR"),
)
EXCLUDE_TAG = _without(
    TAG,
    Text(hans="不看有这些标签的文章", hant="不看有這些標籤的文章", en="leave out articles with these tags"),
)
CATEGORY = _value(
    "category",
    Text(
        hans="只看这些栏目",
        hant="只看這些欄目",
        en="any entry of the breadcrumb of an article; several are joined by OR",
    ),
)
EXCLUDE_CATEGORY = _without(
    CATEGORY, Text(hans="不看这些栏目", hant="不看這些欄目", en="leave out articles of these categories")
)
DOCUMENT_NUMBER = _value(
    "document_number",
    Text(
        hans="只看这些文号，例如：国发〔2024〕1号",
        hant="只看這些文號，例如：國發〔2024〕1號",
        en="number of an official document, in any brackets; several are joined by OR",
    ),
)
EXCLUDE_DOCUMENT_NUMBER = _without(
    DOCUMENT_NUMBER,
    Text(hans="不看这些文号", hant="不看這些文號", en="leave out documents with these numbers"),
)
DOCUMENT_TYPE = _value(
    "document_type",
    Text(
        hans="只看这些文种，例如：通知、条例",
        hant="只看這些文種，例如：通知、條例",
        en="kind of document, as it calls itself in Chinese; several are joined by OR",
    ),
)
EXCLUDE_DOCUMENT_TYPE = _without(
    DOCUMENT_TYPE,
    Text(hans="不看这些文种", hant="不看這些文種", en="leave out documents of these kinds"),
)
AGENCY = _value(
    "agency",
    Text(
        hans="只看这些发文机关",
        hant="只看這些發文機關",
        en="the first issuing agency by its full name; several are joined by OR",
    ),
)
EXCLUDE_AGENCY = _without(
    AGENCY, Text(hans="不看这些发文机关", hant="不看這些發文機關", en="leave out documents of these agencies")
)
LEVEL = _value(
    "level",
    Text(
        hans="只看这些层级的发文机关：国家级、省级、地市级、县级、乡镇级",
        hant="只看這些層級的發文機關：國家級、省級、地市級、縣級、鄉鎮級",
        en="level of the issuing agency: `national` `provincial` `prefectural` `county` `township`, or in "
        "Chinese; several are joined by OR",
    ),
)
EXCLUDE_LEVEL = _without(
    LEVEL, Text(hans="不看这些层级", hant="不看這些層級", en="leave out documents of these levels")
)
YEAR = _value(
    "year",
    Text(
        hans="只看这些发布年份，例如：2024、2019..2022",
        hant="只看這些發布年份，例如：2024、2019..2022",
        en="year of publication in China such as 2024, or years such as 2019..2022; several are joined by OR",
    ),
)
EXCLUDE_YEAR = _without(
    YEAR, Text(hans="不看这些发布年份", hant="不看這些發布年份", en="leave out articles of these years")
)

PUBLISHED_AFTER = DateParameter(
    name="published_after",
    meaning=Text(hans="发布不早于（含）", hant="發布不早於（含）", en="published in this period or later"),
)
PUBLISHED_BEFORE = DateParameter(
    name="published_before",
    meaning=Text(hans="发布不晚于（含）", hant="發布不晚於（含）", en="published in this period or earlier"),
)
SIGNED_AFTER = DateParameter(
    name="signed_after",
    meaning=Text(hans="成文不早于（含）", hant="成文不早於（含）", en="signed in this period or later"),
)
SIGNED_BEFORE = DateParameter(
    name="signed_before",
    meaning=Text(hans="成文不晚于（含）", hant="成文不晚於（含）", en="signed in this period or earlier"),
)
EFFECTIVE_AFTER = DateParameter(
    name="effective_after",
    meaning=Text(hans="施行不早于（含）", hant="施行不早於（含）", en="takes effect in this period or later"),
)
EFFECTIVE_BEFORE = DateParameter(
    name="effective_before",
    meaning=Text(
        hans="施行不晚于（含）", hant="施行不晚於（含）", en="takes effect in this period or earlier"
    ),
)
ADDED_AFTER = DateParameter(
    name="added_after",
    meaning=Text(
        hans="收录不早于（含）",
        hant="收錄不早於（含）",
        en="first stored here in this period or later: for those who watch what comes in",
    ),
)
ADDED_BEFORE = DateParameter(
    name="added_before",
    meaning=Text(
        hans="收录不晚于（含）", hant="收錄不晚於（含）", en="first stored here in this period or earlier"
    ),
)

VALUE_FILTERS: tuple[ValueParameter, ...] = (
    REGION,
    EXCLUDE_REGION,
    SOURCE,
    EXCLUDE_SOURCE,
    ORIGIN,
    EXCLUDE_ORIGIN,
    TOPIC,
    EXCLUDE_TOPIC,
    TAG,
    EXCLUDE_TAG,
    CATEGORY,
    EXCLUDE_CATEGORY,
    DOCUMENT_NUMBER,
    EXCLUDE_DOCUMENT_NUMBER,
    DOCUMENT_TYPE,
    EXCLUDE_DOCUMENT_TYPE,
    AGENCY,
    EXCLUDE_AGENCY,
    LEVEL,
    EXCLUDE_LEVEL,
    YEAR,
    EXCLUDE_YEAR,
)
DATE_FILTERS: tuple[tuple[DateParameter, DateParameter], ...] = (
    (PUBLISHED_AFTER, PUBLISHED_BEFORE),
    (SIGNED_AFTER, SIGNED_BEFORE),
    (EFFECTIVE_AFTER, EFFECTIVE_BEFORE),
    (ADDED_AFTER, ADDED_BEFORE),
)
"""The two ends of each date, both included."""

FILTERS: tuple[Parameter, ...] = (*VALUE_FILTERS, *(end for ends in DATE_FILTERS for end in ends))
