"""Texts of the description for programs."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from web.texts.text import Text

OPENAPI_TEXTS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "openapi.title": Text(
            "地方政策新闻搜索接口", "地方政策新聞搜尋介面", "Search of regional policy news"
        ),
        "openapi.description": Text(
            "全文搜索地方政策新闻。位置都写成 [起点, 长度]，以 Unicode 码点计。"
            "重复的参数是“或”，不同的参数是“且”；空值等于没有给。",
            "全文搜尋地方政策新聞。位置都寫成 [起點, 長度]，以 Unicode 碼點計。"
            "重複的參數是「或」，不同的參數是「且」；空值等於沒有給。",
            "Full-text search of regional policy news. Places are [start, length] in Unicode code points. "
            "A repeated parameter means OR, different ones AND; an empty value is as if not given.",
        ),
        "openapi.answer": Text("成功", "成功", "The answer"),
        "openapi.not_modified": Text(
            "与 If-None-Match 所说的相同", "與 If-None-Match 所說的相同", "The same as If-None-Match names"
        ),
        "openapi.version": Text(
            "要修改的版本：读取时得到的 ETag，或 *",
            "要修改的版本：讀取時得到的 ETag，或 *",
            "The version that is changed: the ETag that it was read with, or *",
        ),
        "openapi.key": Text(
            "同一请求重发时给同一个值，就不会做两次",
            "同一請求重發時給同一個值，就不會做兩次",
            "The same for the same request that is sent again: it is not done twice",
        ),
        "openapi.id": Text("编号", "編號", "An id"),
        "docs.heading": Text("程序接口", "程式介面", "API reference"),
        "docs.lead": Text(
            "所有地址都在 {base} 之下。参数出自同一张表，程序就用它来读取请求。",
            "所有位址都在 {base} 之下。參數出自同一張表，程式就用它來讀取請求。",
            "All addresses are below {base}. The parameters come from the table that reads requests.",
        ),
        "docs.openapi": Text(
            "OpenAPI 3.1 说明（JSON）", "OpenAPI 3.1 說明（JSON）", "OpenAPI 3.1 document (JSON)"
        ),
        "docs.endpoints": Text("地址", "位址", "Endpoints"),
        "docs.errors": Text("可能的错误", "可能的錯誤", "Errors"),
        "docs.form": Text(
            "也可以用 POST 表单提交同样的参数。",
            "也可以用 POST 表單提交同樣的參數。",
            "Takes the same parameters as a form by POST too.",
        ),
    }
)
