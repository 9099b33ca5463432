"""How much of saved searches a server offers."""

from enum import Enum


class SavedMode(Enum):
    """Off as delivered; each further one needs the admin token."""

    OFF = "off"
    FEEDS = "feeds"
    """Without webhooks: the server connects to nobody."""
    ON = "on"
