"""`/opensearch.xml`: the description of our search for browsers."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.formats.conditional import tagged
from web.formats.opensearch import MEDIA_TYPE, Described, description
from web.http.entity_tags import weak_tag
from web.http.forms import address_pairs
from web.http.language import texts_of
from web.http.site_address import site_address
from web.http.static_files import StaticFiles
from web.parameters.lookups import read_stats
from web.settings import WebSettings

PATH = "/opensearch.xml"
ICON = "favicon.svg"


class DescriptionPage:
    """The one address, in the language of whoever asks."""

    def __init__(self, settings: WebSettings, files: StaticFiles) -> None:
        self._settings = settings
        self._icon = files.href(ICON)

    def routes(self) -> tuple[Route, ...]:
        return (Route(PATH, self.describe),)

    async def describe(self, request: Request) -> Response:
        """Raises BadParameters."""
        read_stats(address_pairs(request))
        texts = texts_of(request)
        described = Described(
            site=site_address(request, self._settings),
            name=self._settings.title or texts.say("site.title"),
            icon=self._icon,
            texts=texts,
        )
        document = description(described)
        headers = {"Content-Language": texts.language.value}
        return tagged(request, document, MEDIA_TYPE, headers, weak_tag(document))
