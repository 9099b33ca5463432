"""Where the site is reached: what absolute links and lasting ids begin with."""

import re
from dataclasses import dataclass

from starlette.requests import Request

from web.parameters.query_string import ascii_address
from web.settings import WebSettings

SINCE = "2026"
"""The date in our `tag:` ids: a day on which whoever names them had the host name (RFC 4151). It never
changes, or all ids would."""

_HOST = re.compile(r"[a-z]+://(?:\[(?P<address>[^]]*)\]|(?P<name>[^:]*))(?::[0-9]*)?", re.IGNORECASE)
_NO_NAME = re.compile("[^0-9a-z]")


@dataclass(frozen=True, slots=True)
class SiteAddress:
    """`base` is scheme and host, with the port if it is not the usual one and without a slash at the end."""

    base: str

    def absolute(self, href: str) -> str:
        """The absolute address of a page of ours, in ASCII; `href` begins with a slash."""
        return self.base + ascii_address(href)

    def tag_uri(self, specific: str) -> str:
        """A lasting id (RFC 4151); `specific` has only characters that an address may have in its query."""
        return f"tag:{self._authority},{SINCE}:{specific}"

    @property
    def _authority(self) -> str:
        """The host. An address of IPv6 is none in such ids, and becomes a name."""
        read = _HOST.fullmatch(self.base.lower())
        if read is None:
            raise ValueError(f"{self.base} is no scheme and host")
        name, address = read["name"], read["address"]
        return name if address is None else f"ipv6-{_NO_NAME.sub('x', address)}"


def site_address(request: Request, settings: WebSettings) -> SiteAddress:
    """The public address if one is set, else the one that was asked for, whose Host header was checked."""
    if settings.public_url is not None:
        return SiteAddress(settings.public_url)
    return SiteAddress(f"{request.scope['scheme']}://{request.headers['host'].lower()}")
