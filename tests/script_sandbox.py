"""A copy of the scripts in a folder of its own, with stand-ins on the PATH, so nothing is installed.

A stand-in Python is a small shell script: it answers what the scripts ask, makes an "environment" that holds
a copy of itself, and writes every call into a log.
"""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

# All that the scripts take from the system; what else they called would not be found.
TOOLS = (
    *("cat", "chmod", "cksum", "cp", "date", "dirname", "env", "grep", "head"),
    *("id", "mkdir", "rm", "sed", "sh", "tail", "touch"),
)

FAKE_PYTHON = r"""#!/bin/sh
# version: {version}
printf '%s %s\n' "${{0##*/}}" "$*" >>'{log}'
case "$1 $2" in
    "-c "*ensurepip*) exit {without_venv} ;;
    "-c "*version_info*) echo '{version}' ;;
    "-c "*) ;;
    "-m venv")
        for folder in "$@"; do :; done
        rm -rf "$folder"
        mkdir -p "$folder/bin"
        cp "$0" "$folder/bin/python"
        for command in policy-search lint-imports uv; do
            printf '#!/bin/sh\nprintf "%%s %%s\\n" "${{0##*/}}" "$*" >>"{log}"\n' >"$folder/bin/$command"
            chmod +x "$folder/bin/$command"
        done
        ;;
    "-m pip") [ ! -e '{no_network}' ] || {{ echo "ERROR: no network" >&2; exit 1; }} ;;
    "-m "*) [ ! -e '{log}'-fail-"$2" ] || exit 1 ;;
esac
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run of a script did: its exit status, what it printed, and the calls of the stand-ins."""

    status: int
    out: str
    err: str
    calls: tuple[str, ...]

    def calls_of(self, words: str) -> list[str]:
        return [call for call in self.calls if words in call]


@dataclass(frozen=True, slots=True)
class Sandbox:
    """`project` holds the scripts, `path` is the only folder that they find commands in."""

    project: Path
    path: Path

    @property
    def log(self) -> Path:
        return self.path / "calls.log"

    @property
    def no_network(self) -> Path:
        """While this file exists, the stand-ins of pip fail."""
        return self.path / "no-network"

    def add_command(self, name: str, body: str) -> Path:
        file = self.path / name
        file.unlink(missing_ok=True)
        file.write_text(body, encoding="utf-8")
        file.chmod(0o755)
        return file

    def add_python(self, name: str, version: str) -> Path:
        return self._add_python(name, version, without_venv=0)

    def add_python_without_venv(self, name: str, version: str) -> Path:
        return self._add_python(name, version, without_venv=1)

    def _add_python(self, name: str, version: str, *, without_venv: int) -> Path:
        body = FAKE_PYTHON.format(
            version=version, without_venv=without_venv, log=self.log, no_network=self.no_network
        )
        return self.add_command(name, body)

    def add_broken_shim(self, name: str) -> Path:
        """A version manager's shim for a version that is not switched on."""
        return self.add_command(name, f"#!/bin/sh\necho '{name}: command not found' >&2\nexit 127\n")

    def fail(self, module: str) -> None:
        """From now on `python -m module` fails."""
        Path(f"{self.log}-fail-{module}").touch()

    def run(self, script: str, *arguments: str, **environment: str) -> Outcome:
        self.log.write_text("", encoding="utf-8")
        done = subprocess.run(
            [str(self.project / script), *arguments],
            cwd=self.path,
            env={"PATH": str(self.path), "HOME": str(self.path), **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        calls = tuple(self.log.read_text(encoding="utf-8").splitlines())
        return Outcome(done.returncode, done.stdout, done.stderr, calls)


def make_sandbox(folder: Path) -> Sandbox:
    """The folder's name holds a space, as a home folder's may."""
    sandbox = Sandbox(folder / "a checkout", folder / "bin")
    sandbox.path.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None, tool
        (sandbox.path / tool).symlink_to(found)
    shutil.copytree(
        ROOT / "scripts", sandbox.project / "scripts", ignore=shutil.ignore_patterns("*.py", "__pycache__")
    )
    (sandbox.project / ".ci").mkdir()
    shutil.copy2(ROOT / ".ci" / "run", sandbox.project / ".ci" / "run")
    shutil.copy2(ROOT / "pyproject.toml", sandbox.project)
    return sandbox
