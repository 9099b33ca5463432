from pathlib import Path

import pytest

from web.api_reference import main, with_tables

PAGE = Path(__file__).resolve().parents[2] / "docs" / "api.md"


def test_the_reference_page_has_the_parameters_that_are_checked() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_tables(page), "run: python -m web.api_reference docs/api.md"


def test_the_tables_are_written_between_their_markers(tmp_path: Path) -> None:
    page = tmp_path / "api.md"
    markers = "".join(
        f"<!-- {name} parameters: begin -->\nOUTDATED\n<!-- {name} parameters: end -->\n"
        for name in ("search", "article")
    )
    page.write_text(f"before\n{markers}after\n", encoding="utf-8")
    main(page)
    written = page.read_text(encoding="utf-8")
    assert written.startswith("before\n")
    assert written.endswith("after\n")
    assert "OUTDATED" not in written
    assert "| `q` | text, 0–512 code points | – |" in written


def test_a_page_without_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="search parameters: begin"):
        with_tables("# The query interface")
