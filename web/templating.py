"""Pages out of templates. Everything that is filled in is escaped; a name that is missing is an error."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from starlette.responses import HTMLResponse

from search.request import MAX_QUERY
from search.suggestions.suggestion import MAX_TYPED, SuggestionKind
from web.http.static_files import StaticFiles
from web.http.viewer import Theme, Viewer
from web.presenters.help_page import query_forms
from web.presenters.search_form import EMPTY_FORM, SearchForm
from web.settings import WebSettings
from web.texts.text import Language

FOLDER = Path(__file__).parent / "templates"

_LINE_AFTER_BLOCK: Final = re.compile(
    r"(</?(?:article|dd|details|div|dl|dt|fieldset|form|h[1-6]|label|legend|li|link|meta|nav|ol|p|section|summary|"
    r"t(?:able|body|d|h|head|r)|ul)(?: [^<>]*)?>)\n"
)


class Squeezed(Extension):
    """Leaves out the ends of lines after elements that begin and end lines by themselves: a page of results
    has 500. Those in what is filled in stay."""

    def preprocess(self, source: str, _name: str | None, _filename: str | None = None) -> str:
        """The source with those ends of lines in comments, so that errors name the right lines."""
        return _LINE_AFTER_BLOCK.sub(r"\1{#\n#}", source)


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
            extensions=(Squeezed,),
        )
        environment.globals.update(
            href=files.href,
            site=settings,
            max_query=MAX_QUERY,
            max_typed=MAX_TYPED,
            suggestion_kinds=tuple(kind.value for kind in SuggestionKind),
            languages=tuple(Language),
            themes=tuple(Theme),
        )
        self._environment = environment
        self.version = _version(files)
        """Differs where pages look different though they say the same: a page that a browser has kept names
        the files that it loads by their content."""
        self._title = settings.title

    def page(
        self,
        template: str,
        page: object,
        viewer: Viewer,
        *,
        form: SearchForm = EMPTY_FORM,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> HTMLResponse:
        """The page that this template makes of this model, in the language of its viewer.

        `form` is what the search box shows; it hands on the language that the address names.
        """
        texts = viewer.texts
        html = self._environment.get_template(template).render(
            page=page,
            form=replace(form, kept=tuple(dict.fromkeys((*form.kept, *viewer.named)))),
            viewer=viewer,
            say=texts.say,
            site_title=self._title or texts.say("site.title"),
            lang=texts.language.value,
            query_lang=texts.language.of_queries.value,
            query_forms=query_forms(texts, viewer.named),
        )
        return HTMLResponse(html, status, headers)


def _version(files: StaticFiles) -> str:
    """12 hexadecimal digits over all templates and the files that pages load."""
    digest = hashlib.sha256(files.digest.encode())
    for path in sorted(FOLDER.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
