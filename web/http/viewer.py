"""Who looks at a page: in which language, in which colours, and from where."""

from dataclasses import dataclass
from enum import Enum
from urllib.parse import quote

from starlette.requests import Request

from web.http.forms import address_pairs
from web.http.language import naming_pairs, texts_of
from web.parameters.defined.language import LANG
from web.parameters.query_string import Pair, encode_pairs, readable_pairs
from web.texts.texts import Texts

THEME_COOKIE = "theme"


class Theme(Enum):
    """The colours of pages; `SYSTEM` leaves the choice to the browser."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """What every page needs to know of its reader.

    `address` is path and query of the page without `lang`, where a change of preferences leads back to, for
    HTML.
    `named` is the language that the address names, as its pair; empty where it names none.
    """

    texts: Texts
    theme: Theme
    address: str
    named: tuple[Pair, ...]

    @property
    def kept(self) -> str:
        """What links to our pages without a query end with: `?lang=…` where it was named, else ""."""
        return f"?{encode_pairs(self.named)}" if self.named else ""


def viewer_of(request: Request) -> Viewer:
    """The reader of the page that answers this request."""
    pairs = address_pairs(request)
    rest = readable_pairs(pair for pair in pairs if pair[0] != LANG.name)
    path = quote(request.scope["path"]) if request.method in {"GET", "HEAD"} else "/"
    return Viewer(
        texts=texts_of(request),
        theme=_theme(request.cookies.get(THEME_COOKIE, "")),
        address=f"{path}?{rest}" if rest else path,
        named=naming_pairs(pairs),
    )


def _theme(written: str) -> Theme:
    return Theme(written) if written in {theme.value for theme in Theme} else Theme.SYSTEM
