"""T19: no address, and no name in one, leads out of what is served."""

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from index.corpus import backup
from index.corpus.backup import back_up, restore
from index.data_folder import DataFolder
from index.describe.identity import is_id
from index.durable import sha256_of
from index.errors import CorpusDamaged, GenerationMissing
from index.generation import current
from tests.security.raw_requests import ask
from web.errors import PageNotFound
from web.http.static_files import ROUTE, StaticFiles
from web.serving.opening import prepare

HIDDEN = "only for those who run the service"
CLIMBS = (
    *(
        "../secret",
        "..%2fsecret",
        "..%2Fsecret",
        "%2e%2e/secret",
        "%2e%2e%2fsecret",
        "..%5csecret",
        "..\\secret",
    ),
    *("....//secret", "..;/secret", "./../secret", "a/../../secret", "site.css/../../secret", "%00../secret"),
    *(
        "..%00/secret",
        "%252e%252e%252fsecret",
        "..%c0%afsecret",
        "..%ef%bc%8fsecret",
        "．．/secret".encode().hex("%"),
    ),
    *(
        "/secret",
        "//secret",
        "~/secret",
        "link",
        "secret%00.css",
        "secret.css%00",
        "%2e%2e%2f%2e%2e%2fsecret",
    ),
)
PREFIXES = (
    "/static/",
    "/static/0/",
    "/articles/",
    "/api/v1/articles/",
    "/regions/",
    "/problems/",
    "/",
    "/help/",
)


@pytest.fixture
def served(tmp_path: Path) -> Path:
    """A folder that is served, with a secret beside it and a link out of it."""
    served = tmp_path / "served"
    served.mkdir()
    (tmp_path / "secret").write_text(HIDDEN, encoding="utf-8")
    (served / "site.css").write_text("a{}", encoding="utf-8")
    (served / "link").symlink_to(tmp_path / "secret")
    return served


def leaks(app: ASGIApp, prefixes: tuple[str, ...]) -> list[str]:
    """The addresses that give the secret away, or are answered with a fault."""
    return [
        f"{status} {prefix}{climb}"
        for prefix in prefixes
        for climb in CLIMBS
        for status, body in (ask(app, prefix + climb),)
        if HIDDEN.encode() in body or status >= 500
    ]


def test_no_address_leads_out_of_what_is_served(site: TestClient) -> None:
    answers = {prefix + climb: ask(site.app, prefix + climb)[0] for prefix in PREFIXES for climb in CLIMBS}
    assert set(answers.values()) <= {400, 404, 405}, answers


def test_a_file_beside_the_static_ones_is_out_of_reach(served: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.http.static_files.FOLDER", served)
    files = StaticFiles()

    async def missing(_request: Request, _error: Exception) -> Response:
        return Response(status_code=404)

    routes = [Route(ROUTE, files.serve)]
    app = Starlette(routes=routes, exception_handlers={PageNotFound: missing})
    assert ask(app, files.href("site.css"))[0] == 200
    digest = files.href("site.css").split("/")[2]
    assert leaks(app, ("/static/", f"/static/{digest}/")) == []


def test_control_a_path_that_is_joined_to_a_folder_leads_out_of_it(served: Path) -> None:

    async def careless(request: Request) -> Response:
        path = Path(f"{served}/{request.path_params['name']}")
        found = "\x00" not in str(path) and path.is_file()
        return Response(path.read_bytes()) if found else Response(status_code=404)

    assert len(leaks(Starlette(routes=[Route("/static/{name:path}", careless)]), ("/static/",))) > 5


@pytest.mark.parametrize(
    "name", ["", ".", "..", "...", "a/b", "a\\b", "a%2fb", "a\x00", "a b", "科", "a" * 129]
)
def test_such_a_name_is_no_id(name: str) -> None:
    assert not is_id(name)


@pytest.mark.parametrize(
    "name",
    [
        "../gen-00000001",
        "gen-00000001/../../etc",
        "gen-1",
        "gen-000000001",
        "new-gen-00000001",
        "bad-gen-00000001",
        "/etc",
        "gen-00000001\x00",
        "gen-０００００００１",
        "",
    ],
)
def test_such_a_name_is_no_generation(name: str, tmp_path: Path) -> None:
    """`CURRENT` may say what it likes: only a generation of the folder itself is opened."""
    root = tmp_path / "index"
    for folder in ("index/gen-00000001", "gen-00000001", "index/new-gen-00000001", "index/bad-gen-00000001"):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    (root / "CURRENT").write_text(name, encoding="utf-8")
    with pytest.raises(GenerationMissing):
        current(root)


def test_control_the_name_of_a_generation_is_one(tmp_path: Path) -> None:
    (tmp_path / "gen-00000001").mkdir()
    (tmp_path / "CURRENT").write_text("gen-00000001\n", encoding="utf-8")
    assert current(tmp_path).folder == tmp_path / "gen-00000001"


@pytest.fixture
def backup_file(tmp_path: Path) -> Path:
    """A backup without articles, with its sha256 beside it."""
    folder = DataFolder(tmp_path / "data")
    prepare(folder)
    file = tmp_path / "backups" / "articles.db"
    file.parent.mkdir()
    back_up(folder, file)
    return file


def follow(file: Path, _copy: Path) -> None:
    """As one that checks what the file beside a backup names, wherever that is."""
    digest, name = file.with_name(f"{file.name}.sha256").read_text(encoding="utf-8").split()
    if sha256_of(file.parent / name) != digest:
        raise CorpusDamaged("another sha256")


@pytest.mark.parametrize("climb", ["../other", "/etc/hostname", "a/../../other"])
@pytest.mark.parametrize("check", [None, follow], ids=["ours", "control: one that follows"])
def test_a_backup_is_checked_itself_whatever_is_named_beside_it(
    backup_file: Path, climb: str, check: Callable[[Path, Path], None] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sum is right for what it names; the backup is another one."""
    (backup_file.parent / "a").mkdir()
    (backup_file.parent.parent / "other").write_text(HIDDEN, encoding="utf-8")
    beside = backup_file.with_name(f"{backup_file.name}.sha256")
    beside.write_text(f"{sha256_of(backup_file.parent / climb)}  {climb}\n", encoding="utf-8")
    restored = DataFolder(backup_file.parent.parent / "restored")
    if check is None:
        with pytest.raises(CorpusDamaged, match="sha256"):
            restore(restored, backup_file)
        assert not restored.articles.exists()
    else:
        monkeypatch.setattr(backup, "_check_sum", check)
        restore(restored, backup_file)
        assert restored.articles.exists()


@pytest.mark.parametrize("careful", [True, False], ids=["ours", "control: one that writes"])
def test_a_backup_follows_no_link(tmp_path: Path, backup_file: Path, *, careful: bool) -> None:
    """Who can make links where backups lie cannot have them written, or others overwritten, elsewhere."""
    target = tmp_path / "target"
    for name in ("link.db", "link.db.sha256"):
        (backup_file.parent / name).symlink_to(target)
    link = backup_file.parent / "link.db"
    if careful:
        back_up(DataFolder(tmp_path / "data"), link)
    else:
        link.write_bytes(backup_file.read_bytes())
    assert target.exists() is not careful
    assert link.is_symlink() is not careful
