"""A connection of h11 that hands on only what can be read in one way, and within the limits."""

from collections.abc import Callable

import h11

from index.errors import PolicySearchError
from web.errors import CodingNotImplemented, HeadTooLarge, MalformedRequest
from web.guard.head import LINE_END, Head, read_head
from web.http.limits import Limits

Event = h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]


class GuardedConnection(h11.Connection):
    """Tells `refuse` of the first thing that is wrong, and from then on has no more events.

    `requests` are the heads read so far, `body_size` the bytes of the last one's body.
    """

    def __init__(self, limits: Limits, refuse: Callable[[PolicySearchError], None]) -> None:
        # Beyond the head, this bounds the lines that chunks begin with.
        super().__init__(h11.SERVER, limits.head + len(LINE_END))
        self.requests = 0
        self.body_size = 0
        self.head: Head | None = None
        self._limits = limits
        self._refuse = refuse
        self._is_refused = False

    @property
    def pending(self) -> bytes:
        """What has come and was not read yet."""
        return self.trailing_data[0]

    def next_event(self) -> Event:
        if self._is_refused:
            return h11.NEED_DATA
        try:
            return self._checked_event()
        except (PolicySearchError, h11.RemoteProtocolError) as error:
            self._is_refused = True
            self._refuse(_as_ours(error))
            return h11.NEED_DATA

    def _checked_event(self) -> Event:
        if self.their_state is h11.IDLE:
            return self._next_request()
        if self.head is not None and self.head.is_chunked:
            return self._next_of_chunks()
        return self._counted(super().next_event())

    def _next_request(self) -> Event:
        if self.our_state is h11.IDLE and (pending := self.pending):
            self.head = None
            self.head = read_head(pending, self._limits)
            if self.head is None:
                return h11.NEED_DATA
        event = super().next_event()
        if isinstance(event, h11.Request):
            self.requests += 1
            self.body_size = 0
        return event

    def _next_of_chunks(self) -> Event:
        before = self.pending
        event = self._counted(super().next_event())
        if isinstance(event, h11.EndOfMessage):
            _check_end(event, before[: len(before) - len(self.pending)])
        return event

    def _counted(self, event: Event) -> Event:
        if isinstance(event, h11.Data) and self.head is not None:
            self.body_size += len(event.data)
            self.head.check_size(self.body_size)
        return event


def _check_end(event: h11.EndOfMessage, read: bytes) -> None:
    """Raises MalformedRequest unless the last chunk is followed by an empty line and nothing else.

    h11 takes fields there, and lines that end with LF alone: where the next request begins is then a guess.
    """
    is_plain = read == LINE_END or read.endswith(LINE_END + LINE_END)
    if event.headers or not is_plain:
        raise MalformedRequest("the last chunk is followed by an empty line")


def _as_ours(error: PolicySearchError | h11.RemoteProtocolError) -> PolicySearchError:
    match error:
        case PolicySearchError():
            return error
        case h11.RemoteProtocolError(error_status_hint=431):
            return HeadTooLarge(str(error))
        case h11.RemoteProtocolError(error_status_hint=501):
            return CodingNotImplemented(str(error))
        case _:
            return MalformedRequest(str(error))
