"""A model in a folder gives its vectors as the settings say."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

from search.semantic.errors import EmbedderUnusable
from search.semantic.opening import open_embedder
from tests.search.semantic.tiny_onnx import write_model

pytestmark = pytest.mark.skipif(
    find_spec("onnxruntime") is None or find_spec("tokenizers") is None, reason="needs the extra `semantic`"
)

VECTORS = {"[CLS]": (0, 0, 2), "[UNK]": (1, 1, 0), "问": (0, 0, 0), "甲": (3, 0, 0), "乙": (0, 4, 0)}


@pytest.mark.parametrize(
    ("settings", "text", "vector"),
    [
        ('pooling = "cls"\n', "甲乙", (0, 0, 1)),
        ('pooling = "mean"\n', "甲", (0.832, 0, 0.555)),
        ('pooling = "mean"\n', "甲乙", (0.557, 0.743, 0.371)),
        ('pooling = "mean"\n', "丙", (0.408, 0.408, 0.816)),
        ('pooling = "mean"\n', "", (0, 0, 1)),
        ('pooling = "mean"\npassage_prefix = "乙"\n', "甲", (0.557, 0.743, 0.371)),
        ('pooling = "mean"\nmax_tokens = 8\n', "甲乙" + "甲" * 6, (0.970, 0.216, 0.108)),
        ('pooling = "mean"\nmax_tokens = 8\n', "甲乙" + "甲" * 5 + "乙" * 50, (0.970, 0.216, 0.108)),
    ],
    ids=["first token", "mean of two", "mean of three", "unknown", "nothing", "prefix", "long", "cut off"],
)
def test_a_passage_has_the_vector_that_the_settings_ask_for(
    settings: str, text: str, vector: Sequence[float], tmp_path: Path
) -> None:
    write_model(tmp_path, VECTORS, settings=settings)
    assert open_embedder(str(tmp_path)).passages([text, "乙"])[0] == pytest.approx(vector, abs=0.001)


def test_a_query_has_a_prefix_of_its_own(tmp_path: Path) -> None:
    write_model(tmp_path, VECTORS, settings='pooling = "mean"\nquery_prefix = "乙"\n')
    embedder = open_embedder(str(tmp_path))
    assert embedder.query("甲") == pytest.approx(embedder.passages(["乙甲"])[0])


@pytest.mark.parametrize(
    "inputs", [("input_ids",), ("input_ids", "attention_mask", "token_type_ids")], ids=["one", "all"]
)
def test_a_model_gets_the_inputs_that_it_asks_for(inputs: Sequence[str], tmp_path: Path) -> None:
    write_model(tmp_path, VECTORS, inputs=inputs, settings='pooling = "cls"\n')
    assert open_embedder(str(tmp_path)).query("甲") == pytest.approx((0, 0, 1))


def test_other_files_are_another_version(tmp_path: Path) -> None:
    write_model(tmp_path, VECTORS, settings='pooling = "cls"\n')
    first, again = open_embedder(str(tmp_path)).model, open_embedder(str(tmp_path)).model
    write_model(tmp_path, VECTORS | {"乙": (0, 5, 0)}, settings='pooling = "cls"\n')
    changed = open_embedder(str(tmp_path)).model
    assert first == again
    assert (changed.name, changed.dimension) == (first.name, first.dimension) == ("tiny", 3)
    assert changed.version != first.version


@pytest.mark.parametrize("missing", ["model.onnx", "tokenizer.json"])
def test_a_folder_without_a_file_is_named(missing: str, tmp_path: Path) -> None:
    write_model(tmp_path, VECTORS, settings='pooling = "cls"\n')
    (tmp_path / missing).unlink()
    with pytest.raises(EmbedderUnusable, match=f"{tmp_path} cannot be loaded.*{missing}"):
        open_embedder(str(tmp_path))


@pytest.mark.parametrize("damaged", ["model.onnx", "tokenizer.json"])
def test_a_damaged_file_is_no_model(damaged: str, tmp_path: Path) -> None:
    write_model(tmp_path, VECTORS, settings='pooling = "cls"\n')
    (tmp_path / damaged).write_bytes(b"\x08\xff\xff not a model")
    with pytest.raises(EmbedderUnusable, match="cannot be loaded"):
        open_embedder(str(tmp_path))


def test_a_model_that_wants_something_else_is_refused(tmp_path: Path) -> None:
    write_model(tmp_path, VECTORS, inputs=("input_ids", "pixels"), settings='pooling = "cls"\n')
    with pytest.raises(EmbedderUnusable, match="the model tiny asks for pixels"):
        open_embedder(str(tmp_path))


def test_a_text_that_the_model_cannot_take_is_told(tmp_path: Path) -> None:
    """Its tokenizer knows a token more than the model."""
    write_model(tmp_path, VECTORS | {"丁": (1, 2, 3)}, settings='pooling = "cls"\n')
    tokenizer = (tmp_path / "tokenizer.json").read_bytes()
    write_model(tmp_path, VECTORS, settings='pooling = "cls"\n')
    (tmp_path / "tokenizer.json").write_bytes(tokenizer)
    embedder = open_embedder(str(tmp_path))
    assert embedder.query("乙") == pytest.approx((0, 0, 1))
    with pytest.raises(EmbedderUnusable, match="tiny fails"):
        embedder.query("丁")
