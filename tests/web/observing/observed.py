"""An application whose log and metrics are looked at."""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import StringIO

from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from web.app import create_app
from web.logs import JsonFormatter
from web.observing.metrics import Metrics
from web.settings import ObservingSettings, WebSettings

ADDRESS = "203.0.113.77"
ACCESS = "policy_search.access"
SLOW = "policy_search.slow"

Entry = dict[str, object]
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def client_of(
    observing: ObservingSettings, metrics: Metrics | None = None, service: FakeService | None = None
) -> TestClient:
    """Someone at ADDRESS, who asks an application with these settings."""
    app = create_app(
        service or FakeService(), WebSettings(observing=observing), REGIONS, metrics=metrics or Metrics()
    )
    return TestClient(app, client=(ADDRESS, 4711))


@contextmanager
def logged() -> Iterator[StringIO]:
    """What is logged in between, from `info` on, as lines of JSON."""
    text = StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield text
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


def entries(text: str, logger: str) -> list[Entry]:
    """The entries of one logger; fails where a line is not one entry."""
    found: list[Entry] = [json.loads(line) for line in text.splitlines()]
    return [entry for entry in found if entry["logger"] == logger]


def samples(text: str) -> Samples:
    """The values in a text of metrics, by name and labels, as Prometheus' own parser reads them."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def samples_of(metrics: Metrics) -> Samples:
    return samples(generate_latest(metrics.registry).decode())


def value(found: Samples, name: str, labels: Mapping[str, str] | None = None) -> float:
    """0 where there is no such sample."""
    return found.get((name, frozenset((labels or {}).items())), 0.0)
