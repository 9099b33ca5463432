"""All endpoints of saved searches: the one table for routing, documents and checks."""

from dataclasses import dataclass
from typing import Final

from msgspec import Struct

from web.admin.endpoints import DOOR_ERRORS, PARAMETER_ERRORS
from web.api.answers.saved import NewsAnswer, NewSavedSearchAnswer, SavedSearchAnswer, SavedSearchesAnswer
from web.formats.format import Format
from web.http.json_response import JSON
from web.parameters.kinds import Parameter
from web.saved.bodies import NewSearch, SearchChange
from web.saved.parameters import FEED_PARAMETERS, LIST_PARAMETERS, NEWS_PARAMETERS, SAVED_PARAMETERS
from web.texts.text import Text

BASE: Final = "/api/v1/saved-searches"
OK: Final = 200
CREATED: Final = 201
NO_CONTENT: Final = 204
NOT_MODIFIED: Final = 304

_BODY: Final = ("malformed-request", "invalid-json", "body-too-large", "unsupported-content")
_QUERY: Final = (
    "conflicting-parameters",
    "unknown-region",
    "ambiguous-region",
    "query-too-long",
    "query-too-complex",
    "query-syntax",
    "unknown-field",
    "wildcard-too-broad",
    "result-window",
    "invalid-cursor",
)
"""What can be wrong with the query of a saved search."""
_SEARCH: Final = ("overloaded", "index-unavailable", "timeout")
_VERSION: Final = ("precondition-required", "precondition-failed")
_NOT_FOUND: Final = "saved-search-not-found"
_OUTDATED: Final = "saved-search-outdated"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedEndpoint:
    """One method at one address. `path` lies below BASE and may have `{id}` in it.

    `statuses` are those of answers that are no error, the usual one first, whose body is of `media_type`, if
    it has one; `answer` is the type of a body of JSON, None for any other. `body` is the type of what is
    sent, if anything. `errors` are all kinds of problem but those of any address.
    """

    name: str
    method: str
    path: str
    summary: Text
    parameters: tuple[Parameter, ...]
    errors: tuple[str, ...]
    answer: type[Struct] | None = None
    statuses: tuple[int, ...] = (OK,)
    media_type: str | None = JSON
    body: type[Struct] | None = None
    is_of_a_version: bool = False
    """Whether If-Match has to name the version that is changed."""
    needs_token: bool = True

    @property
    def address(self) -> str:
        return f"{BASE}{self.path}"


LIST: Final = SavedEndpoint(
    name="saved_searches",
    method="GET",
    path="",
    summary=Text("保存的搜索", "儲存的搜尋", "Saved searches, the newest first"),
    parameters=LIST_PARAMETERS,
    answer=SavedSearchesAnswer,
    errors=(*DOOR_ERRORS, *PARAMETER_ERRORS),
)
ADD: Final = SavedEndpoint(
    name="save_search",
    method="POST",
    path="",
    summary=Text("保存一个搜索", "儲存一個搜尋", "Save a search"),
    parameters=SAVED_PARAMETERS,
    body=NewSearch,
    answer=NewSavedSearchAnswer,
    statuses=(CREATED,),
    errors=(*DOOR_ERRORS, *PARAMETER_ERRORS, *_BODY, *_QUERY, "limit-reached", *_SEARCH),
)
ONE: Final = SavedEndpoint(
    name="saved_search",
    method="GET",
    path="/{id}",
    summary=Text("一个保存的搜索", "一個儲存的搜尋", "One saved search"),
    parameters=SAVED_PARAMETERS,
    answer=SavedSearchAnswer,
    errors=(*DOOR_ERRORS, *PARAMETER_ERRORS, _NOT_FOUND),
)
CHANGE: Final = SavedEndpoint(
    name="change_saved_search",
    method="PATCH",
    path="/{id}",
    summary=Text("修改保存的搜索", "修改儲存的搜尋", "Change a saved search"),
    parameters=SAVED_PARAMETERS,
    body=SearchChange,
    answer=SavedSearchAnswer,
    errors=(
        *DOOR_ERRORS,
        *PARAMETER_ERRORS,
        _NOT_FOUND,
        *_VERSION,
        *_BODY,
        *_QUERY,
        "limit-reached",
        *_SEARCH,
    ),
    is_of_a_version=True,
)
REMOVE: Final = SavedEndpoint(
    name="delete_saved_search",
    method="DELETE",
    path="/{id}",
    summary=Text("删除保存的搜索", "刪除儲存的搜尋", "Delete a saved search"),
    parameters=SAVED_PARAMETERS,
    statuses=(NO_CONTENT,),
    media_type=None,
    errors=(*DOOR_ERRORS, *PARAMETER_ERRORS, _NOT_FOUND, *_VERSION),
    is_of_a_version=True,
)
NEWS: Final = SavedEndpoint(
    name="saved_search_news",
    method="GET",
    path="/{id}/new",
    summary=Text("新收录的文章", "新收錄的文章", "What came in for a saved search"),
    parameters=NEWS_PARAMETERS,
    answer=NewsAnswer,
    errors=(
        *DOOR_ERRORS,
        *PARAMETER_ERRORS,
        _NOT_FOUND,
        _OUTDATED,
        "invalid-cursor",
        "cursor-expired",
        *_SEARCH,
    ),
)
FEED: Final = SavedEndpoint(
    name="saved_search_feed",
    method="GET",
    path="/{id}.atom",
    summary=Text("订阅保存的搜索", "訂閱儲存的搜尋", "The feed of a saved search"),
    parameters=FEED_PARAMETERS,
    statuses=(OK, NOT_MODIFIED),
    media_type=Format.ATOM.media_type,
    errors=("method-not-allowed", *PARAMETER_ERRORS, _NOT_FOUND, _OUTDATED, *_SEARCH),
    needs_token=False,
)

SAVED_ENDPOINTS: Final = (LIST, ADD, FEED, NEWS, ONE, CHANGE, REMOVE)
