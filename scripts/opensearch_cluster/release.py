"""Gets a release of OpenSearch once, checks it, and keeps it unpacked in a cache that all clusters share."""

import hashlib
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from opensearch_cluster.locking import locked
from opensearch_cluster.problem import Problem

SHA256 = {
    "3.7.0": "c5c8eb3828a2aead77e9d3bb9d280f54c4de190b0b67f0e412c38663627f1b06",
    "3.6.0": "a91faa1dc1cadc78cb278b4f63847e19e1627a4e9de698e14e7efc14ee37b286",
}
"""Of the archives, as they came on 2026-11-28. Those of 2.19.1 to 3.4.0 lack modules that we need."""
NEWEST = "3.7.0"
ARTIFACT = "org.opensearch.distribution.integ-test-zip:opensearch:{version}:zip"
PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"


def cache_folder(environment: Mapping[str, str]) -> Path:
    """Where releases and clusters lie. The user that root's nodes run as could not enter root's own cache."""
    own = Path("/var/cache") if os.geteuid() == 0 else Path("~/.cache").expanduser()
    return Path(environment.get("XDG_CACHE_HOME") or own).absolute() / "policy-search" / "opensearch"


def unpacked(version: str, cache: Path) -> Path:
    """The folder of a release; fetched, checked and unpacked where it is not there yet. Raises Problem."""
    home = cache / f"opensearch-{version}"
    with locked(cache / "lock"):
        if not home.exists():
            with tempfile.TemporaryDirectory(dir=cache, prefix="unpacking-") as folder:
                archive = _fetched(version, Path(folder))
                _check(archive, SHA256[version])
                _unpack(archive, Path(folder))
                Path(folder, home.name).rename(home)
    return home


def _fetched(version: str, folder: Path) -> Path:
    """The archive; mvn keeps a copy of its own, so a second time needs no network."""
    maven = shutil.which("mvn")
    if maven is None:
        raise Problem(
            f"mvn is missing, which fetches OpenSearch {version}; mend it with: apt-get install maven"
        )
    artifact = ARTIFACT.format(version=version)
    command = (maven, "-q", "-B", PLUGIN, f"-Dartifact={artifact}", f"-DoutputDirectory={folder}")
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, cwd=folder
    )
    archive = folder / f"opensearch-{version}.zip"
    if done.returncode != 0 or not archive.exists():
        errors = [line for line in done.stdout.splitlines() if line.startswith("[ERROR]")]
        reason = errors[0].removeprefix("[ERROR]").strip() if errors else f"status {done.returncode}"
        raise Problem(f"mvn could not fetch {artifact}: {reason}; when that is mended, run it again")
    return archive


def sha256_of(archive: Path) -> str:
    """In hexadecimal digits."""
    with archive.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _check(archive: Path, expected: str) -> None:
    found = sha256_of(archive)
    if found != expected:
        raise Problem(
            f"{archive.name} has sha256 {found} and not {expected}: it is not the release that was tried"
        )


def _unpack(archive: Path, folder: Path) -> None:
    """Unpack it; only the modes say which files are programs, and `extract` leaves these out."""
    with zipfile.ZipFile(archive) as opened:
        for member in opened.infolist():
            path = Path(opened.extract(member, folder))
            if path.is_file():
                path.chmod(0o755 if (member.external_attr >> 16) & 0o100 else 0o644)
