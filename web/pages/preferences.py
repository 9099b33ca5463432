"""Takes the reader's choice of language and colours, which two cookies keep."""

import re

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from web.errors import BadParameters
from web.http.forms import all_pairs
from web.http.language import LANGUAGE_COOKIE
from web.http.same_origin import check_same_origin
from web.http.viewer import THEME_COOKIE, Theme
from web.parameters.defined.preferences import BACK, LANGUAGE, PREFERENCE_PARAMETERS, THEME
from web.parameters.query_string import ascii_address
from web.parameters.reader import ParameterReader
from web.settings import WebSettings

KEPT_S = 365 * 24 * 3600
"""How long a choice is kept, in seconds."""
SEE_OTHER = 303

_OWN_ADDRESS = re.compile(r"/(?!/)[^\x00-\x20\\\x7f-\xa0]*")
"""Path and query as our pages write them, with no sign that would make a host of what comes first."""


class Preferences:
    """The endpoint that the form of preferences posts to."""

    def __init__(self, settings: WebSettings) -> None:
        self._secure = (settings.public_url or "").startswith("https://")

    def routes(self) -> tuple[Route, ...]:
        return (Route("/preferences", self.change, methods=["POST"]),)

    async def change(self, request: Request) -> Response:
        """Keeps what was chosen and leads back; what was not chosen stays as it is."""
        check_same_origin(request)
        reader = ParameterReader(await all_pairs(request), PREFERENCE_PARAMETERS)
        language, theme, back = reader.choice(LANGUAGE), reader.choice(THEME), reader.text(BACK)
        if reader.faults:
            raise BadParameters(tuple(reader.faults))
        response = RedirectResponse(ascii_address(back) if _OWN_ADDRESS.fullmatch(back) else "/", SEE_OTHER)
        if language is not None:
            self._keep(response, LANGUAGE_COOKIE, language)
        if theme == Theme.SYSTEM.value:
            response.delete_cookie(THEME_COOKIE, secure=self._secure, httponly=True, samesite="lax")
        elif theme is not None:
            self._keep(response, THEME_COOKIE, theme)
        return response

    def _keep(self, response: Response, cookie: str, value: str) -> None:
        response.set_cookie(cookie, value, max_age=KEPT_S, secure=self._secure, httponly=True, samesite="lax")
