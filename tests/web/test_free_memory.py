"""Memory that is free inside a process goes back to the machine."""

import subprocess
import sys

import pytest

PROGRAM = """
import sys
from web.serving.free_memory import give_back

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1])

pieces = [bytearray(60_000) for _ in range(2_000)]
# What is left lies between what was freed, so that the allocator cannot shrink its end.
kept = pieces[::40]
del pieces
before = resident()
if sys.argv[1] == "give back":
    give_back(lambda: False)
print(resident() / before)
"""


@pytest.mark.parametrize(
    ("way", "least", "most"),
    [pytest.param("give back", 0.0, 0.6, id="given back"), pytest.param("keep", 0.9, 1.1, id="the control")],
)
def test_what_is_free_goes_back(way: str, least: float, most: float) -> None:
    ran = subprocess.run([sys.executable, "-c", PROGRAM, way], check=True, capture_output=True, text=True)
    assert least <= float(ran.stdout) <= most
