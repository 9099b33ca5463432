"""Where the description of the query interface lies: for programs, and for people."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.admin.endpoints import ADMIN_ENDPOINTS
from web.api.endpoint import API_BASE
from web.api.endpoints import ENDPOINTS
from web.http.entity_tags import has_same, not_modified, weak_tag
from web.http.json_response import json_response
from web.http.language import texts_of
from web.http.viewer import viewer_of
from web.openapi.document import openapi_document
from web.presenters.api_docs_page import api_docs_page
from web.settings import WebSettings
from web.templating import Templates
from web.texts.text import Language
from web.texts.texts import Texts

DOCUMENT_PATH = f"{API_BASE}/openapi.json"
PAGE_PATH = f"{API_BASE}/docs"


class Description:
    """Answers with the document, made once in each language, and with the page."""

    def __init__(self, templates: Templates, settings: WebSettings) -> None:
        """The admin interface is described where there is one."""
        self._templates = templates
        admin = () if settings.admin_token is None else ADMIN_ENDPOINTS
        self._documents = {
            language: openapi_document(ENDPOINTS, Texts(language), settings.program or "0", admin)
            for language in Language
        }

    def routes(self) -> tuple[Route, ...]:
        return Route(DOCUMENT_PATH, self.document), Route(PAGE_PATH, self.page)

    async def document(self, request: Request) -> Response:
        content = self._documents[texts_of(request).language]
        tag = weak_tag(msgspec.json.encode(content))
        if has_same(request, tag):
            return not_modified(tag, {})
        return json_response(content, headers={"ETag": tag})

    async def page(self, request: Request) -> Response:
        viewer = viewer_of(request)
        return self._templates.page("api_docs.html", api_docs_page(ENDPOINTS, viewer.texts), viewer)
