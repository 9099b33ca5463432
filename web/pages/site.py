"""What the pages of a site are made with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from index.regions.resolve import RegionResolver
from web.formats.conditional import Conditional
from web.http.limiter import SearchSlots
from web.serving.searching import Searching
from web.settings import WebSettings
from web.templating import Templates


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Shared by all pages. `today` says which day it is in China, `conditional` whether a reader has a page
    already."""

    service: Searching
    slots: SearchSlots
    templates: Templates
    regions: RegionResolver
    settings: WebSettings
    today: Callable[[], date]
    conditional: Conditional
