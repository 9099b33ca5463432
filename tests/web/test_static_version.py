"""A page that a browser has kept is another one once what it loads, or how it is made, has changed."""

import shutil
from pathlib import Path
from types import ModuleType

import pytest

from tests.web.conftest import ClientFactory
from tests.web.fake_service import FakeService
from web import templating
from web.http import static_files

PATH = "/search?q=科技"


@pytest.mark.parametrize(
    ("module", "folder", "name"),
    [
        (static_files, static_files.FOLDER, "site.css"),
        (templating, templating.FOLDER, "results.html"),
    ],
    ids=["style", "template"],
)
def test_the_tag_of_a_page_changes_with_its_look(
    *,
    module: ModuleType,
    folder: Path,
    name: str,
    client_of: ClientFactory,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    service = FakeService()
    old = client_of(service).get(PATH).headers["ETag"]
    assert client_of(service).get(PATH).headers["ETag"] == old, "the control: the same files, the same tag"
    changed = tmp_path / "changed"
    shutil.copytree(folder, changed)
    with (changed / name).open("a", encoding="utf-8") as file:
        file.write("\n.more { color: red; }\n" if name.endswith(".css") else "{# changed #}\n")
    monkeypatch.setattr(module, "FOLDER", changed)
    answer = client_of(service).get(PATH, headers={"If-None-Match": old})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != old
