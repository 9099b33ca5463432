"""An answer that is made while it is sent, at the speed of its client."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import AbstractContextManager, aclosing
from typing import Final

from starlette.requests import ClientDisconnect
from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

STALLED_AFTER_S: Final = 30.0
"""Seconds after which a client that takes nothing is given up (the team's reliability notes)."""


class ExportStream(StreamingResponse):
    """Sends chunks, one at a time; the next is only made once the client has taken the one before.

    Where the client leaves, or takes nothing for `stalled_after_s`, no further chunk is made. `held` is let
    go of when the answer ends, however it does.
    """

    def __init__(
        self,
        chunks: AsyncGenerator[bytes],
        media_type: str,
        headers: Mapping[str, str],
        held: AbstractContextManager[object],
        stalled_after_s: float = STALLED_AFTER_S,
    ) -> None:
        super().__init__(chunks, headers=headers, media_type=media_type)
        self._chunks = chunks
        self._held = held
        self._stalled_after_s = stalled_after_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._held:
            await super().__call__(scope, receive, send)

    async def stream_response(self, send: Send) -> None:
        async def send_in_time(message: Message) -> None:
            try:
                async with asyncio.timeout(self._stalled_after_s):
                    await send(message)
            except TimeoutError as error:
                raise ClientDisconnect from error

        async with aclosing(self._chunks):
            await super().stream_response(send_in_time)
