"""Where the description of the query interface lies: for programs, and for people."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.admin.endpoints import ADMIN_ENDPOINTS
from web.api.endpoint import API_BASE
from web.api.endpoints import ENDPOINTS
from web.formats.conditional import tagged
from web.http.entity_tags import weak_tag
from web.http.json_response import JSON
from web.http.language import texts_of
from web.http.viewer import viewer_of
from web.openapi.admin import admin_operations
from web.openapi.document import openapi_document
from web.openapi.reading import reading_operations
from web.openapi.saved import saved_operations
from web.presenters.api_docs_page import api_docs_page
from web.saved.endpoints import SavedEndpoint
from web.settings import WebSettings
from web.templating import Templates
from web.texts.text import Language
from web.texts.texts import Texts

DOCUMENT_PATH = f"{API_BASE}/openapi.json"
PAGE_PATH = f"{API_BASE}/docs"


@dataclass(frozen=True, slots=True)
class _Document:
    """The document in one language, as it is sent."""

    body: bytes
    tag: str


class Description:
    """Answers with the document, made in each language when it is first asked for, and with the page."""

    def __init__(
        self, templates: Templates, settings: WebSettings, saved: Sequence[SavedEndpoint] = ()
    ) -> None:
        """The admin interface is described where there is one; `saved` are endpoints of saved searches."""
        self._templates = templates
        self._program = settings.program or "0"
        self._admin = () if settings.admin_token is None else ADMIN_ENDPOINTS
        self._saved = saved
        self._documents: dict[Language, _Document] = {}

    def routes(self) -> tuple[Route, ...]:
        return Route(DOCUMENT_PATH, self.document), Route(PAGE_PATH, self.page)

    async def document(self, request: Request) -> Response:
        texts = texts_of(request)
        document = self._documents.get(texts.language)
        if document is None:
            document = self._documents[texts.language] = self._made(texts)
        return tagged(request, document.body, JSON, {}, document.tag)

    async def page(self, request: Request) -> Response:
        viewer = viewer_of(request)
        return self._templates.page("api_docs.html", api_docs_page(ENDPOINTS, viewer.texts), viewer)

    def _made(self, texts: Texts) -> _Document:
        operations = (
            *reading_operations(ENDPOINTS, texts.language),
            *admin_operations(self._admin, texts.language),
            *saved_operations(self._saved),
        )
        body = msgspec.json.encode(openapi_document(operations, texts, self._program))
        return _Document(body, weak_tag(body))
