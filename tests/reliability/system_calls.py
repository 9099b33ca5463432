"""What a process told the kernel to do with the files of a folder, in order, as strace recorded it.

Nothing of the program is replaced, and it does not know that it is watched. What SQLite and Python write,
sync and rename is seen alike, and so is what was said on standard output, by which a command acknowledges.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

STRACE: Final = shutil.which("strace")

OPTIONS: Final = ("-f", "--seccomp-bpf", "-qq", "-y", "-xx", "-s", "100000000", "-e", "signal=none")
"""With all processes and threads, the paths of descriptors, and every byte of a string in hexadecimal."""

WRITING: Final = (
    *("open", "openat", "creat", "close", "lseek", "write", "writev", "pwrite64", "pwritev", "pwritev2"),
    *(
        "ftruncate",
        "truncate",
        "fallocate",
        "sendfile",
        "copy_file_range",
        "fsync",
        "fdatasync",
        "sync_file_range",
    ),
    *("rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "unlink", "unlinkat"),
    *("mkdir", "mkdirat", "rmdir"),
)
"""All calls that change files or names; one that `_understood` cannot read stops the recording."""


@dataclass(frozen=True, slots=True)
class Created:
    """A file was opened, and made where there was none; `empties`: one that was there has lost its bytes."""

    path: Path
    empties: bool


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes went into a file at an offset."""

    path: Path
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Sized:
    """A file was cut or lengthened to so many bytes."""

    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """A file or a folder was put on the disk."""

    path: Path


@dataclass(frozen=True, slots=True)
class Renamed:
    """A file or a folder took the place of `new`."""

    path: Path
    new: Path


@dataclass(frozen=True, slots=True)
class Removed:
    """A name of a file, or an empty folder, went away."""

    path: Path


@dataclass(frozen=True, slots=True)
class FolderMade:
    """An empty folder came."""

    path: Path


@dataclass(frozen=True, slots=True)
class Said:
    """A line went to standard output."""

    line: str


Call = Created | Written | Sized | Synced | Renamed | Removed | FolderMade | Said


def cannot_record() -> str | None:
    """Why no system call can be recorded here; None if they can."""
    if STRACE is None:
        return "needs strace: apt-get install strace"
    tried = subprocess.run([STRACE, "-f", "-qq", "-o", os.devnull, "true"], capture_output=True, check=False)
    return f"strace may not trace here: {tried.stderr.decode()}" if tried.returncode else None


class NotUnderstood(AssertionError):
    """The program did something with its files that the recorder cannot follow: teach it."""


def recorded(
    command: Sequence[str], top: Path, trace: Path, environment: Mapping[str, str], working: Path
) -> Iterator[Call]:
    """Run a command to its end, which has to be a good one, and give what it did below `top`, and said.

    The trace is written to the file `trace`. Both paths are absolute, without links.
    """
    assert STRACE is not None
    said = trace.resolve().with_suffix(".out")
    with said.open("wb") as output:
        subprocess.run(
            [STRACE, *OPTIONS, "-e", f"trace={','.join(WRITING)}", "-o", str(trace), *command],
            stdout=output,
            check=True,
            env=environment,
            cwd=working,
        )
    with trace.open(encoding="ascii") as lines:
        yield from _Reading(top, said).calls(lines)


_LINE = re.compile(r"(?P<pid>\d+) +(?P<call>.*)")
_UNFINISHED = re.compile(r"(?P<begun>.*?),? *<unfinished \.\.\.>")
_RESUMED = re.compile(r"<\.\.\. \w+ resumed>(?P<rest>.*)")
_CALL = re.compile(r"(?P<name>\w+)\((?P<arguments>.*)\) += (?P<result>-?\d+)(?:<(?P<made>[^>]*)>)?.*")
_ARGUMENT = re.compile(
    r'"(?P<text>[^"]*)"|(?P<descriptor>\w+)<(?P<path>[^>]*)>(?P<gone>\(deleted\))?|(?P<word>[^,\s"<]+)'
)


@dataclass(frozen=True, slots=True)
class _Argument:
    """A string in quotes, a descriptor with the path of its file, or a word such as a number or flags."""

    text: bytes | None
    descriptor: str | None
    path: bytes | None
    word: str | None

    def number(self) -> int:
        assert self.word is not None
        return int(self.word)


@dataclass(slots=True)
class _Reading:
    """Follows the descriptors of a process, since `write` does not say where to."""

    top: Path
    said: Path
    _offsets: dict[tuple[str, Path], int] = field(default_factory=dict)
    _line: bytes = b""

    def calls(self, lines: Iterable[str]) -> Iterator[Call]:
        for line in _whole(lines):
            match = _CALL.fullmatch(line)
            if match is None:
                if line.startswith(("+++", "---")) or " = ?" in line:
                    continue
                raise NotUnderstood(line[:300])
            if int(match["result"]) < 0:
                continue
            arguments = [
                _Argument(
                    _bytes(found["text"]),
                    found["descriptor"],
                    # A file without a name is never found again.
                    b"" if found["gone"] else _bytes(found["path"]),
                    found["word"],
                )
                for found in _ARGUMENT.finditer(match["arguments"])
            ]
            made = _bytes(match["made"])
            yield from self._understood(match["name"], arguments, int(match["result"]), made)

    def _understood(
        self, name: str, arguments: list[_Argument], result: int, made: bytes | None
    ) -> Iterator[Call]:
        match name:
            case "open" | "openat" | "creat" if made is not None:
                yield from self._opened(_path(made), name, arguments, result)
            case "close":
                pass
            case "lseek":
                place = self._place(arguments[0])
                self._offsets[place] = result
            case "write":
                yield from self._written(arguments, result)
            case "pwrite64":
                path = self._place(arguments[0])[1]
                if self._is_ours(path):
                    data = arguments[1].text
                    assert data is not None
                    yield Written(path, arguments[3].number(), data[:result])
            case "ftruncate":
                path = self._place(arguments[0])[1]
                if self._is_ours(path):
                    yield Sized(path, arguments[1].number())
            case "fsync" | "fdatasync":
                path = self._place(arguments[0])[1]
                if self._is_ours(path):
                    yield Synced(path)
            case _:
                yield from self._names_changed(name, arguments)

    def _names_changed(self, name: str, arguments: list[_Argument]) -> Iterator[Call]:
        paths = list(_named(arguments))
        if not any(map(self._is_ours, paths)):
            return
        match name:
            case "rename" | "renameat" | "renameat2":
                yield Renamed(*paths)
            case "unlink" | "unlinkat" | "rmdir":
                yield Removed(*paths)
            case "mkdir" | "mkdirat":
                yield FolderMade(*paths)
            case _:
                raise NotUnderstood(f"{name} of {paths}")

    def _opened(self, path: Path, name: str, arguments: list[_Argument], result: int) -> Iterator[Call]:
        if not self._is_ours(path):
            return
        flags = next((word for argument in arguments if (word := argument.word or "").startswith("O_")), "")
        if "O_APPEND" in flags:
            raise NotUnderstood(f"{path} is appended to")
        self._offsets[str(result), path] = 0
        if "O_CREAT" in flags or "O_TRUNC" in flags or name == "creat":
            yield Created(path, empties="O_TRUNC" in flags or name == "creat")

    def _written(self, arguments: list[_Argument], result: int) -> Iterator[Call]:
        place = descriptor, path = self._place(arguments[0])
        data = arguments[1].text
        assert data is not None
        if self._is_ours(path):
            offset = self._offsets[place]
            self._offsets[place] = offset + result
            yield Written(path, offset, data[:result])
        elif descriptor == "1" and path == self.said:
            *whole, self._line = (self._line + data[:result]).split(b"\n")
            yield from (Said(line.decode()) for line in whole)

    def _place(self, argument: _Argument) -> tuple[str, Path]:
        assert argument.descriptor is not None
        assert argument.path is not None
        return argument.descriptor, _path(argument.path)

    def _is_ours(self, path: Path) -> bool:
        return path == self.top or self.top in path.parents


def _whole(lines: Iterable[str]) -> Iterator[str]:
    """The calls, those that were interrupted by another thread's put together again."""
    begun: dict[str, str] = {}
    for line in lines:
        match = _LINE.fullmatch(line.rstrip("\n"))
        assert match is not None
        pid, call = match["pid"], match["call"]
        if resumed := _RESUMED.fullmatch(call):
            call = begun.pop(pid) + resumed["rest"]
        if unfinished := _UNFINISHED.fullmatch(call):
            begun[pid] = unfinished["begun"]
            continue
        yield call


def _bytes(hexadecimal: str | None) -> bytes | None:
    return None if hexadecimal is None else bytes.fromhex(hexadecimal.replace("\\x", ""))


def _path(data: bytes) -> Path:
    return Path(data.decode())


def _named(arguments: list[_Argument]) -> Iterator[Path]:
    """The paths that a call names, those beside a folder's descriptor below that folder."""
    folder = Path()
    for argument in arguments:
        if argument.path is not None:
            folder = _path(argument.path)
        elif argument.text is not None:
            yield folder / _path(argument.text)
