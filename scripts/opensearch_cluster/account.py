"""Who the nodes run as: OpenSearch refuses to run as root."""

import os
import pwd
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from opensearch_cluster.problem import Problem

SYSTEM_USER = "policy-opensearch"


@dataclass(frozen=True, slots=True)
class Account:
    """A user of this machine; `switch` where this process has to become it first."""

    uid: int
    gid: int
    switch: bool

    def own(self, path: Path) -> None:
        """Give it a file or folder; nothing to do where it is the user of this process."""
        if self.switch:
            os.chown(path, self.uid, self.gid)

    def start(
        self, program: Path, *, environment: Mapping[str, str], output: IO[bytes], namespace: str | None
    ) -> int:
        """Start a program that outlives this process, in a session of its own; its pid.

        In a network namespace where one is named, which only root may enter.
        """
        # What a shell leaves behind is nobody's child that waits: no zombie stays when it ends.
        script = '"$1" >&2 & echo "$!"'
        done = self._run(script, program, environment=environment, errors=output, namespace=namespace)
        return int(done.stdout)

    def can_enter(self, folder: Path) -> bool:
        """Whether all folders on the way let it pass."""
        done = self._run('test -x "$1"', folder, environment={}, errors=subprocess.DEVNULL)
        return done.returncode == 0

    def _run(
        self,
        script: str,
        argument: Path,
        *,
        environment: Mapping[str, str],
        errors: IO[bytes] | int,
        namespace: str | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        switches = self.switch and namespace is None
        return subprocess.run(
            (*self._entering(namespace), "/bin/sh", "-c", script, "sh", argument),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            check=False,
            env=environment,
            cwd="/",
            start_new_session=True,
            user=self.uid if switches else None,
            group=self.gid if switches else None,
            extra_groups=[] if switches else None,
        )

    def _entering(self, namespace: str | None) -> tuple[str, ...]:
        """What enters a network namespace, and only then becomes this user."""
        if namespace is None:
            return ()
        become = ("setpriv", f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups", "--")
        return ("nsenter", f"--net=/run/netns/{namespace}", *become)


def find_account() -> Account:
    """The user of this process; for root a system user, made where it is missing. Raises Problem."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), switch=False)
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _make_system_user()
        entry = pwd.getpwnam(SYSTEM_USER)
    return Account(entry.pw_uid, entry.pw_gid, switch=True)


def _make_system_user() -> None:
    options = ("--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent")
    command = ("useradd", *options, "--shell", "/usr/sbin/nologin", SYSTEM_USER)
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise Problem("useradd is missing; mend it with: apt-get install passwd") from None
    if done.returncode != 0:
        raise Problem(f"useradd could not make the user {SYSTEM_USER}: {done.stderr.strip()}")
