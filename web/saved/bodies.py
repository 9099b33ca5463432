"""What bodies of requests look like, for documents; `web.saved.drafts` reads them and names every fault."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from index.saved_searches.saved_search import Frequency
from web.saved.drafts import BLANK, MAX_NAME, MAX_QUERY_STRING

Name = Annotated[str, Meta(min_length=1, max_length=MAX_NAME, examples=["稳岗补贴"])]
QueryString = Annotated[str, Meta(max_length=MAX_QUERY_STRING, examples=["q=补贴&region=浙江省"])]
Webhook = Annotated[str, Meta(examples=["https://receiver.example/news"])]


class NewSearch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`query` is a query string of `/search`; `webhook` is the address that is told of what is new."""

    name: Name
    query: QueryString
    frequency: Frequency = BLANK.frequency
    webhook: Webhook | None = BLANK.webhook


class SearchChange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is not given stays as it is."""

    name: Name | UnsetType = UNSET
    query: QueryString | UnsetType = UNSET
    frequency: Frequency | UnsetType = UNSET
    webhook: Webhook | UnsetType | None = UNSET
