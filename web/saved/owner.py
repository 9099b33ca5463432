"""Whose saved searches a request is about."""

from dataclasses import dataclass

from starlette.requests import Request

from web.http.admin_token import AdminToken
from web.http.bearer import BearerCheck


@dataclass(frozen=True, slots=True)
class TokenOwner:
    """Saved searches belong to whoever has the token; another token later on has none of them."""

    token: AdminToken
    check: BearerCheck

    @property
    def name(self) -> str:
        return self.token.fingerprint

    def of(self, request: Request) -> str:
        """The owner that the request shows to be. Raises what BearerCheck.admit raises."""
        self.check.admit(request)
        return self.name

    def of_token(self, token: str, request: Request) -> str:
        """The same where the token was typed into a form."""
        self.check.admit_token(token, "" if request.client is None else request.client.host)
        return self.name
