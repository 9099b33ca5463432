"""The page that describes the query interface to people who write programs."""

from collections.abc import Sequence
from dataclasses import dataclass

from web.api.endpoint import API_BASE, Endpoint
from web.presenters.parameter_help import ParameterRow, parameter_row
from web.texts.texts import Texts


@dataclass(frozen=True, slots=True)
class ErrorLink:
    """A kind of problem, and its title."""

    kind: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointSection:
    """An address: its methods in one text, what it is for, its parameters and its errors."""

    name: str
    address: str
    methods: str
    summary: str
    has_form: bool
    parameters: tuple[ParameterRow, ...]
    errors: tuple[ErrorLink, ...]


@dataclass(frozen=True, slots=True)
class ApiDocsPage:
    """All addresses, in the order of the table, below `base`."""

    base: str
    sections: tuple[EndpointSection, ...]


def api_docs_page(endpoints: Sequence[Endpoint], texts: Texts) -> ApiDocsPage:
    return ApiDocsPage(API_BASE, tuple(_section(endpoint, texts) for endpoint in endpoints))


def _section(endpoint: Endpoint, texts: Texts) -> EndpointSection:
    return EndpointSection(
        name=endpoint.name,
        address=endpoint.address,
        methods=" ".join(endpoint.methods),
        summary=endpoint.summary.of(texts.language),
        has_form="POST" in endpoint.methods,
        parameters=tuple(parameter_row(parameter, texts) for parameter in endpoint.parameters),
        errors=tuple(ErrorLink(kind, texts.say(f"problem.{kind}")) for kind in endpoint.errors),
    )
