"""Waiting for what another thread or process does."""

import time
from collections.abc import Callable

WAIT_S = 60
PAUSE_S = 0.01


def wait_for(condition: Callable[[], bool]) -> None:
    """Look again and again until the condition holds; far longer than it can take, it fails."""
    deadline = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(PAUSE_S)
