"""Pages out of templates. Everything that is filled in is escaped; a name that is missing is an error."""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from search.request import MAX_QUERY
from web.http.static_files import StaticFiles
from web.presenters.help_page import query_forms
from web.presenters.search_form import EMPTY_FORM, SearchForm
from web.settings import WebSettings
from web.texts import say

FOLDER = Path(__file__).parent / "templates"


class Templates:
    """Makes the HTML answers of one site."""

    def __init__(self, settings: WebSettings, files: StaticFiles) -> None:
        environment = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        environment.globals.update(
            say=say, href=files.href, site=settings, max_query=MAX_QUERY, query_forms=query_forms()
        )
        self._environment = environment

    def page(
        self,
        template: str,
        page: object,
        *,
        form: SearchForm = EMPTY_FORM,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> HTMLResponse:
        """The page that this template makes of this model; `form` is what the search box shows."""
        html = self._environment.get_template(template).render(page=page, form=form)
        return HTMLResponse(html, status, headers)
