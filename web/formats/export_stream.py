"""An answer that is made while it is sent, at the speed of its client."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import AbstractContextManager, aclosing
from typing import Final

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

PIECE: Final = 64 * 1024
"""Bytes that are handed over at once: what was handed over and not taken is kept a second time, and a chunk
may have megabytes. By hand: what asyncio lets wait before it says that it is enough."""


class ExportStream(StreamingResponse):
    """Sends chunks, one at a time; the next is only made once the client has taken the one before.

    Where the client leaves, or the server cuts it since it takes nothing (`web.guard`), no further chunk is
    made. `held` is let go of when the answer ends, however it does.
    """

    def __init__(
        self,
        chunks: AsyncGenerator[bytes],
        media_type: str,
        headers: Mapping[str, str],
        held: AbstractContextManager[object],
    ) -> None:
        self._pieces = _pieces(chunks)
        super().__init__(self._pieces, headers=headers, media_type=media_type)
        self._held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._held:
            await super().__call__(scope, receive, send)

    async def stream_response(self, send: Send) -> None:
        async with aclosing(self._pieces):
            await super().stream_response(send)


async def _pieces(chunks: AsyncGenerator[bytes]) -> AsyncGenerator[bytes]:
    """The same bytes, at most PIECE at a time."""
    async with aclosing(chunks):
        async for chunk in chunks:
            for start in range(0, len(chunk), PIECE):
                yield chunk[start : start + PIECE]
