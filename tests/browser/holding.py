"""Requests that get no answer until a test lets them go on."""

from playwright.sync_api import Page, Route


def hold(page: Page, pattern: str) -> list[Route]:
    """Grows with the requests of a page to addresses of this pattern; `continue_` lets one go on."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page.route(pattern, keep)
    return held
