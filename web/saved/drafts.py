"""What somebody wants to have saved: checked field by field, everything that is wrong told at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from index.regions.resolve import RegionResolver
from index.saved_searches.saved_search import Frequency
from search.language.grammar import GRAMMAR
from web.errors import BadParameters, Fault, FaultKind
from web.parameters.reader import echo, nearest
from web.saved.saved_query import kept_query
from web.saved.webhooks.target import TargetRefused, WebhookRules, read_target
from web.texts.text import Message

MAX_NAME: Final = 100
"""Code points of a name (API contract)."""
MAX_QUERY_STRING: Final = 8_192
"""Characters of a query string: as long as the address of a search may be."""
NEEDED: Final = ("name", "query")
FIELDS: Final = (*NEEDED, "frequency", "webhook")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The fields of a saved search that its owner chooses. `query` is as it is kept."""

    name: str
    query: str
    grammar: int
    frequency: Frequency
    webhook: str | None


BLANK: Final = Draft(name="", query="", grammar=GRAMMAR, frequency=Frequency.DAILY, webhook=None)
"""What a new one has where nothing else is said."""


@dataclass(frozen=True, slots=True)
class DraftReader:
    """Reads the fields of saved searches; `webhooks` None: there are none here."""

    regions: RegionResolver
    webhooks: WebhookRules | None

    def new(self, given: Mapping[str, object]) -> Draft:
        """A new one. Raises BadParameters."""
        missing = [
            _fault(name, Message("fault.missing", {"name": name})) for name in FIELDS[:2] if name not in given
        ]
        return self._read(given, BLANK, missing)

    def changed(self, given: Mapping[str, object], before: Draft) -> Draft:
        """What is given in place of what there was before. Raises BadParameters."""
        return self._read(given, before, [])

    def _read(self, given: Mapping[str, object], before: Draft, faults: list[Fault]) -> Draft:
        faults = faults + [_unknown(name) for name in given if name not in FIELDS]
        name, query, frequency, webhook = before.name, before.query, before.frequency, before.webhook
        if "name" in given:
            name = _name(given["name"], faults)
        if "query" in given:
            query = self._query(given["query"], faults)
        if "frequency" in given:
            frequency = _frequency(given["frequency"], faults)
        if "webhook" in given:
            webhook = self._webhook(given["webhook"], faults)
        if faults:
            raise BadParameters(tuple(faults))
        return Draft(
            name=name,
            query=query,
            grammar=GRAMMAR if "query" in given else before.grammar,
            frequency=frequency,
            webhook=webhook,
        )

    def _query(self, value: object, faults: list[Fault]) -> str:
        if not isinstance(value, str) or len(value) > MAX_QUERY_STRING:
            faults.append(_fault("query", Message("saved.fault.query", {"most": MAX_QUERY_STRING})))
            return ""
        try:
            return kept_query(value.removeprefix("?"), self.regions)
        except BadParameters as error:
            faults.extend(error.faults)
            return ""

    def _webhook(self, value: object, faults: list[Fault]) -> str | None:
        if value is None:
            return None
        if self.webhooks is None:
            faults.append(_fault("webhook", Message("saved.fault.webhooks-off")))
        elif not isinstance(value, str):
            faults.append(_fault("webhook", Message("saved.fault.webhook.url")))
        else:
            try:
                read_target(value, self.webhooks)
            except TargetRefused as error:
                faults.append(_fault("webhook", Message(f"saved.fault.webhook.{error.fault.value}")))
            return value
        return None


def _name(value: object, faults: list[Fault]) -> str:
    name = value.strip() if isinstance(value, str) else ""
    if not 1 <= len(name) <= MAX_NAME or not name.isprintable():
        faults.append(_fault("name", Message("saved.fault.name", {"most": MAX_NAME})))
    return name


def _frequency(value: object, faults: list[Fault]) -> Frequency:
    choices = [frequency.value for frequency in Frequency]
    if isinstance(value, str) and value in choices:
        return Frequency(value)
    written = value if isinstance(value, str) else ""
    values = {"name": "frequency", "value": echo(written), "choices": tuple(choices)}
    faults.append(_fault("frequency", Message("fault.choice", values), nearest(written, choices)))
    return BLANK.frequency


def _unknown(name: str) -> Fault:
    return Fault(
        kind=FaultKind.UNKNOWN,
        parameter=echo(name),
        detail=Message("fault.unknown", {"name": echo(name)}),
        suggestion=nearest(name, FIELDS),
    )


def _fault(parameter: str, detail: Message, suggestion: str | None = None) -> Fault:
    return Fault(kind=FaultKind.INVALID, parameter=parameter, detail=detail, suggestion=suggestion)
