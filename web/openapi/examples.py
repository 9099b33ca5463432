"""Bodies of requests to the admin interface, for people to begin with and for programs that try it out."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import msgspec

from web.admin.endpoints import RELOAD_SYNONYMS, RELOAD_WORDS
from web.openapi.bodies import JSON

_ARTICLE: Final = {
    "title": "关于发放稳岗补贴的通知",
    "text": "符合条件的企业可以申请。",
    "published": "2026-11-02",
}
_LINE: Final = f"{msgspec.json.encode(_ARTICLE).decode()}\n"
_TABLE: Final = "标题,正文,发布日期\n关于发放稳岗补贴的通知,符合条件的企业可以申请。,2026-11-02\n"

ARTICLES: Final[Mapping[str, object]] = MappingProxyType(
    {
        "application/x-ndjson": _LINE,
        "application/ndjson": _LINE,
        "application/jsonl": _LINE,
        JSON: _ARTICLE,
        "text/csv": _TABLE,
    }
)
"""By media type."""
RULES: Final[Mapping[str, str]] = MappingProxyType(
    {RELOAD_WORDS.name: "稳岗补贴\n", RELOAD_SYNONYMS.name: "稳岗补贴, 稳岗返还\n"}
)
"""By the name of the endpoint."""


def examples_of(name: str, media_types: tuple[str, ...]) -> Mapping[str, object]:
    """An example by media type, where there is one."""
    rules = RULES.get(name)
    if rules is not None:
        return dict.fromkeys(media_types, rules)
    return {one: ARTICLES[one] for one in media_types if one in ARTICLES}
