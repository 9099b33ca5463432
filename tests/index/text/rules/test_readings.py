"""Readings of characters."""

import subprocess
import sys

import pytest

from index.text.rules.readings import Readings, toneless

READINGS = Readings.load()


@pytest.mark.parametrize(
    ("char", "readings"),
    [
        pytest.param("創", {"chuàng", "chuāng"}, id="with tone marks"),
        pytest.param("還", {"hái", "huán"}, id="several"),
        pytest.param("綠", {"lǜ"}, id="ü"),
        pytest.param("a", set(), id="a letter has none"),
        pytest.param("😀", set(), id="a symbol has none"),
    ],
)
def test_readings(char: str, readings: set[str]) -> None:
    assert readings <= set(READINGS.of(char))
    assert bool(readings) == bool(READINGS.of(char))


@pytest.mark.parametrize(
    ("reading", "bare"),
    [("chuàng", "chuang"), ("lǜ", "lü"), ("lü", "lü"), ("ḿ", "m"), ("ế", "e"), ("yi", "yi")],
)
def test_toneless(reading: str, bare: str) -> None:
    assert toneless(reading) == bare


def test_loading_does_not_load_the_library() -> None:
    load = "from index.text.rules.readings import Readings; Readings.load()"
    code = f"import sys; {load}; print('pypinyin' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"
