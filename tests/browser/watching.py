"""What a browser complains of while a page is open."""

from playwright.sync_api import ConsoleMessage, Page, Request, Response


def complaints_of(page: Page) -> list[str]:
    """Grows with console errors and warnings, reports of the page's policy, scripts that fail, and requests
    that fail: without an answer, or, below the page itself, with an error."""
    heard: list[str] = []

    def on_console(entry: ConsoleMessage) -> None:
        # Said of every answer with an error, also of pages that a test asks for on purpose; see on_response.
        if entry.type in {"error", "warning"} and "the server responded with a status" not in entry.text:
            heard.append(entry.text)

    def on_failure(request: Request) -> None:
        # Given up by the page itself, such as suggestions for what is being searched for already.
        if request.failure != "net::ERR_ABORTED":
            heard.append(f"{request.failure}: {request.url}")

    def on_response(response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            heard.append(f"{response.status}: {response.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("requestfailed", on_failure)
    page.on("response", on_response)
    return heard
