"""The fixed files that pages load: read once, each at an address that changes with its content."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import Response

from web.errors import PageNotFound

FOLDER = Path(__file__).parents[1] / "static"
MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
)
CACHE_CONTROL = "public, max-age=31536000, immutable"
ROUTE = "/static/{digest}/{name}"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file in memory; `digest` are 12 hexadecimal digits of the sha256 of its content."""

    content: bytes
    media_type: str
    digest: str


class StaticFiles:
    """The files of the folder as they were when the program started; a path from outside never reaches it."""

    def __init__(self) -> None:
        self._files = {
            path.name: _read(path) for path in sorted(FOLDER.iterdir()) if path.suffix in MEDIA_TYPES
        }

    def href(self, name: str) -> str:
        """The address of a file. Raises KeyError if there is no such file."""
        return f"/static/{self._files[name].digest}/{name}"

    @property
    def digest(self) -> str:
        """Differs where the content of any file does."""
        return " ".join(f"{name} {file.digest}" for name, file in self._files.items())

    async def serve(self, request: Request) -> Response:
        """The file at the address that `href` gave; raises PageNotFound for any other."""
        file = self._files.get(request.path_params["name"])
        if file is None or file.digest != request.path_params["digest"]:
            raise PageNotFound("there is no such file")
        return Response(file.content, media_type=file.media_type, headers={"Cache-Control": CACHE_CONTROL})


def squeezed(css: bytes) -> bytes:
    """A style sheet without its comments and the white space that means nothing. Texts in it have neither."""
    spaced = re.sub(rb"\s+", b" ", re.sub(rb"/\*.*?\*/", b"", css, flags=re.DOTALL))
    return re.sub(rb" ?([{};,]) ?", rb"\1", spaced).strip()


def _read(path: Path) -> StaticFile:
    content = squeezed(path.read_bytes()) if path.suffix == ".css" else path.read_bytes()
    return StaticFile(content, MEDIA_TYPES[path.suffix], hashlib.sha256(content).hexdigest()[:12])
