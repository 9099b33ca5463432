"""The routes of saved searches, for an application that has them."""

from dataclasses import dataclass

from starlette.routing import Route

from web.http.admin_token import AdminToken
from web.http.bearer import BearerCheck
from web.pages.site import Site
from web.saved.opening import OpenedSaved
from web.saved.owner import TokenOwner
from web.saved.pages import PATH, SavedPages
from web.saved.routes import SavedApi
from web.saved.service import SavedSearchService
from web.saved.session import Sessions


@dataclass(frozen=True, slots=True)
class SavedParts:
    """What the routes are made of: the service, and who may use it."""

    service: SavedSearchService
    owner: TokenOwner


def saved_parts(
    opened: OpenedSaved | None, token: AdminToken | None, check: BearerCheck | None
) -> SavedParts | None:
    """The parts of what was opened; None where it was not, or where nobody has a token."""
    if opened is None or token is None or check is None:
        return None
    return SavedParts(opened.service, TokenOwner(token, check))


def saved_routes(parts: SavedParts | None, site: Site) -> tuple[Route, ...]:
    """Those of the API and of the page; none where saved searches are switched off."""
    if parts is None:
        return ()
    is_secure = (site.settings.public_url or "").startswith("https://")
    api = SavedApi(parts.service, parts.owner, site.slots, site.regions.regions, site.settings)
    pages = SavedPages(site, parts.service, parts.owner, Sessions(PATH, is_secure=is_secure))
    return (*api.routes(), *pages.routes())
