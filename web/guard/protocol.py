"""The protocol of HTTP/1.1 that uvicorn serves with: h11, and what it lacks where clients mean harm."""

import asyncio
import logging
from typing import Any, Final

import h11
from uvicorn import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from index.errors import PolicySearchError
from web.errors import RequestTooSlow, TooManyConnections
from web.guard.connection import GuardedConnection
from web.guard.connections import OpenConnections
from web.guard.refusal import refusal
from web.guard.untaken import abort, untaken_bytes
from web.http.limits import Limits
from web.logs import log_fields

_log: Final = logging.getLogger("policy_search.guard")

LINGER_S: Final = 2.0
"""Seconds that a refused client gets to read why. Closed at once, with bytes of it still unread, the
connection would be reset, and the answer lost on its way (RFC 9112, 9.6)."""


def guarded(limits: Limits) -> type[asyncio.Protocol]:
    """The protocol with these limits, for `uvicorn.Config(http=…)`; belongs to one event loop."""
    connections = OpenConnections(limits)

    class LimitedProtocol(GuardedProtocol):
        """What uvicorn makes one of for each connection."""

        def __init__(
            self,
            config: Config,
            server_state: ServerState,
            app_state: dict[str, Any],
            _loop: asyncio.AbstractEventLoop | None = None,
        ) -> None:
            super().__init__(connections, config, server_state, app_state, _loop)

    return LimitedProtocol


class GuardedProtocol(H11Protocol):
    """One connection. Nothing of it reaches the application after it was refused."""

    def __init__(
        self,
        connections: OpenConnections,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        loop: asyncio.AbstractEventLoop | None,
    ) -> None:
        super().__init__(config, server_state, app_state, loop)
        self._connections_open = connections
        self._limits = connections.limits
        self._guarded = GuardedConnection(self._limits, self.refuse)
        self.conn = self._guarded
        self.timeout_keep_alive = self._limits.idle_s
        self._is_refused = False
        self._phase: tuple[str, int] | None = None
        self._since = self._looked = self._waits_since = self.loop.time()
        self._waiting = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        try:
            self._connections_open.add(self, "" if self.client is None else self.client[0], self.loop)
        except TooManyConnections as error:
            self.refuse(error)

    def connection_lost(self, exc: Exception | None) -> None:
        self._connections_open.remove(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if not self._is_refused:
            super().data_received(data)

    def shutdown(self) -> None:
        if self._is_refused:
            self.transport.close()
        else:
            super().shutdown()

    def cut(self) -> None:
        self._leave_application()
        abort(self.transport)

    def keep_time(self, now: float) -> None:
        """Refuse a request that takes too long to come, cut an answer that is not taken."""
        phase, elapsed = self._phase_now(), now - self._looked
        self._looked = now
        if phase != self._phase:
            self._phase, self._since = phase, now
        elif self.flow.read_paused and not self._is_refused:
            # It is the application that does not read on.
            self._since += elapsed
        elif phase is not None and now - self._since >= self._allowed_s(phase):
            self._end(phase)
        waiting = untaken_bytes(self.transport)
        if not waiting or waiting != self._waiting:
            self._waiting, self._waits_since = waiting, now
        elif now - self._waits_since >= self._limits.stall_s:
            _tell("client-stalled")
            # Closed, it would wait for the client to take what is left.
            self.cut()

    def refuse(self, error: PolicySearchError) -> None:
        """Answer with this error and end the connection; cut it where another answer has begun."""
        if self._is_refused or self.transport.is_closing():
            return
        self._is_refused = True
        self._unset_keepalive_if_required()
        _tell(error.kind)
        if self._guarded.our_state is not h11.IDLE and self.cycle.response_started:
            self._cut_answer()
            return
        self._leave_application()
        head = self._guarded.head
        self.transport.write(refusal(error, b"" if head is None else head.method))
        self.transport.write_eof()
        self.flow.resume_reading()

    def _cut_answer(self) -> None:
        """End what an answer was begun for; one that is complete still reaches the client."""
        if self.cycle.response_complete:
            self.transport.close()
        else:
            self.cut()

    def _leave_application(self) -> None:
        """Let the application see that the client has gone; what it still sends goes nowhere."""
        if self._guarded.requests and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
            self.flow.resume_writing()

    def _phase_now(self) -> tuple[str, int] | None:
        """What the client has to send, and of which request; None where it is not its turn."""
        number = self._guarded.requests
        if self._is_refused:
            return "linger", number
        if self._guarded.their_state is h11.SEND_BODY:
            return "body", number
        if self._guarded.their_state is h11.IDLE and (not number or self._guarded.pending):
            return "head", number
        return None

    def _allowed_s(self, phase: tuple[str, int]) -> float:
        match phase[0]:
            case "linger":
                return LINGER_S
            case "body":
                return self._limits.body_s + self._guarded.body_size / self._limits.body_rate
            case _:
                return self._limits.head_s

    def _end(self, phase: tuple[str, int]) -> None:
        if self._is_refused:
            self.transport.abort()
        else:
            self.refuse(RequestTooSlow(f"the {phase[0]} of the request did not come in time"))

    def _should_upgrade(self) -> bool:
        """Never: a server may pass over the wish (RFC 9110, 7.8). uvicorn would log it, twice."""
        return False


def _tell(kind: str) -> None:
    """One short line, without anything that the client has sent: a flood of it cannot fill a disk."""
    log_fields(_log, logging.INFO, "refused", {"problem": kind})
