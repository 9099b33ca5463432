from pathlib import Path

import pytest

from index.data_folder import DataFolder


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """An empty data folder."""
    folder = DataFolder(tmp_path / "data")
    folder.create()
    return folder
