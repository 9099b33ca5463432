"""Archives are measured before anything of them is unpacked."""

import io
import zipfile

import pytest

from index.readers.refusal import RefusedRecord
from index.readers.unpacked import MAX_MEMBERS, MAX_RATIO, check_zip


def archive(*members: bytes, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as made:
        for number, content in enumerate(members):
            made.writestr(str(number), content)
    return buffer.getvalue()


def test_an_ordinary_archive_passes() -> None:
    check_zip(archive("科技创新".encode() * 100, b"x"))
    check_zip(archive())


REFUSED = {
    "no archive": (b"nothing", "bad-archive"),
    "cut off": (archive(b"x" * 100)[:-30], "bad-archive"),
    "too large": (archive(*(b"\0" * 2**20 for _ in range(101))), "archive-too-large: it unpacks to 101 MiB"),
    "too dense": (archive(b"\0" * 2**20), f"archive-too-large: it unpacks to more than {MAX_RATIO} times"),
    "too many": (archive(*(b"" for _ in range(MAX_MEMBERS + 1))), "archive-too-large: it has 20,001 members"),
}


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED)
def test_refused(data: bytes, reason: str) -> None:
    with pytest.raises(RefusedRecord, match=f"^{reason}"):
        check_zip(data)


def test_a_member_never_gives_more_than_the_size_that_was_checked() -> None:
    data = archive(b"x" * 5_000).replace((5_000).to_bytes(4, "little"), (5).to_bytes(4, "little"))
    check_zip(data)
    with zipfile.ZipFile(io.BytesIO(data)) as lying, pytest.raises(zipfile.BadZipFile, match="CRC"):
        lying.read("0")
