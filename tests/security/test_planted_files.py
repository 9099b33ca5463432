"""Plan 2.1: nothing planted in the data folder is run, and no folder into which others write is used."""

import os
import stat
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from index.data_folder import DataFolder, DataFolderUnsafe
from index.errors import GenerationDamaged
from index.generation import Manifest
from index.whoosh.codec.segment import INDEX_NAME
from index.whoosh.schema import schema
from index.whoosh.toc import read_segments, toc_name
from tests.commands import run
from tests.processes import NOBODY, environment

COMMIT = 3
MANIFEST = Manifest(
    format="f", analyzer="a", commit=COMMIT, sequence=1, articles=1, average_length=1.0, files=()
)

EXPECTED = ("index.", "msgspec._utils ", "datetime ", "builtins ")
"""Begins what is unpickled: our own values, between the processes of one command."""

AS_NOBODY = f"""
import os, sys
from pathlib import Path
from index.data_folder import DataFolder

os.setuid({NOBODY})
DataFolder(Path(sys.argv[1])).check_private()
"""


@dataclass(frozen=True, slots=True)
class Planted:
    """Makes a folder when it is unpickled."""

    marker: Path

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.marker),)


@pytest.fixture
def planted(tmp_path: Path) -> Planted:
    """In the place of a segment, in a table that is right in all else."""
    planted = Planted(tmp_path / "run")
    TOC(schema(), [planted], COMMIT).write(FileStorage(str(tmp_path)), INDEX_NAME)
    assert (tmp_path / toc_name(COMMIT)).exists()
    return planted


def test_what_is_planted_in_a_table_is_not_run(tmp_path: Path, planted: Planted) -> None:
    with pytest.raises(GenerationDamaged, match="mkdir is no segment"):
        read_segments(tmp_path, MANIFEST)
    assert not planted.marker.exists()


def test_the_library_alone_would_run_it(tmp_path: Path, planted: Planted) -> None:
    TOC.read(FileStorage(str(tmp_path)), INDEX_NAME, gen=COMMIT, schema=schema())
    assert planted.marker.exists()


@pytest.mark.slow
def test_only_our_own_values_are_unpickled_and_nothing_is_unmarshalled(tmp_path: Path) -> None:
    article, report = tmp_path / "a.jsonl", tmp_path / "report"
    article.write_text(
        '{"id":"a","title":"通知","published":"2024-10-14","text":"支持创新。"}\n', encoding="utf-8"
    )
    for arguments in (("ingest", str(article)), ("search", "创新")):
        name, *rest = arguments
        data = str(tmp_path / "data")
        command = [
            sys.executable,
            "-m",
            "tests.security.unpickling",
            str(report),
            name,
            "--data",
            data,
            *rest,
        ]
        subprocess.run(command, check=True, env=environment(), stdout=subprocess.DEVNULL, timeout=300)
    noted = report.read_text(encoding="utf-8").splitlines()
    assert "pickle.find_class index.readers.rows RecordRow" in noted
    assert [line for line in noted if not line.removeprefix("pickle.find_class ").startswith(EXPECTED)] == []


@pytest.mark.parametrize("mode", [0o770, 0o720, 0o702, 0o777, 0o1777], ids=oct)
def test_a_folder_into_which_others_write_is_refused(tmp_path: Path, mode: int) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.root.mkdir()
    folder.root.chmod(mode)
    with pytest.raises(DataFolderUnsafe, match=f"mode {stat.S_IMODE(mode):04o}.*chmod go-w .*data$"):
        folder.check_private()


def test_so_is_one_whose_index_is_open_to_them(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    folder.index.mkdir()
    folder.index.chmod(0o777)
    with pytest.raises(DataFolderUnsafe, match="index"):
        folder.check_private()


@pytest.mark.parametrize("mode", [0o700, 0o750, 0o755, 0o500], ids=oct)
def test_a_folder_that_others_can_read_is_used(tmp_path: Path, mode: int) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.root.mkdir()
    folder.root.chmod(mode)
    folder.check_private()


def test_one_that_is_not_there_yet_is_no_fault(tmp_path: Path) -> None:
    DataFolder(tmp_path / "data").check_private()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away, or become another user")
def test_a_folder_of_another_user_is_refused_but_to_root() -> None:
    with tempfile.TemporaryDirectory() as place:  # nobody but root may look into pytest's own folders
        Path(place).chmod(0o755)
        folder = DataFolder(Path(place, "data"))
        folder.create()
        folder.root.chmod(0o755)
        os.chown(folder.root, NOBODY - 1, NOBODY - 1)
        folder.check_private()
        done = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, str(folder.root)], capture_output=True, check=False, timeout=60
        )
    assert b"DataFolderUnsafe" in done.stderr
    assert b"belongs to another user (number 65533)" in done.stderr


@pytest.mark.parametrize("name", ["stats", "check", "ingest"])
def test_commands_say_so_in_one_line(tmp_path: Path, name: str) -> None:
    data = tmp_path / "data"
    data.mkdir()
    data.chmod(0o777)
    done = run(name, "--data", str(data), *(["-"] if name == "ingest" else []))
    assert done.status == 2
    (line,) = done.message.splitlines()
    assert "chmod go-w" in line
    assert list(data.iterdir()) == []
