from pathlib import Path

import pytest

from web.config import SETTINGS
from web.reference import PAGES, main, with_tables

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_the_tables_of_the_program(name: str) -> None:
    page = (DOCS / name).read_text(encoding="utf-8")
    assert page == with_tables(page, PAGES[name]), "run: python -m web.reference docs"


def test_the_tables_are_written_between_their_markers(tmp_path: Path) -> None:
    for name, tables in PAGES.items():
        markers = "".join(f"<!-- {table}: begin -->\nOUTDATED\n<!-- {table}: end -->\n" for table in tables)
        (tmp_path / name).write_text(f"before\n{markers}after\n", encoding="utf-8")
    main(tmp_path)
    written = {name: (tmp_path / name).read_text(encoding="utf-8") for name in PAGES}
    for page in written.values():
        assert page.startswith("before\n")
        assert page.endswith("after\n")
        assert "OUTDATED" not in page
    assert "| `q` | text, 0–512 code points | – |" in written["api.md"]
    assert [setting.variable in written["settings.md"] for setting in SETTINGS] == [True] * len(SETTINGS)


def test_a_page_without_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="search parameters: begin"):
        with_tables("# The query interface", ["search parameters"])
