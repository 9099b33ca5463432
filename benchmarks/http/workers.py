"""Serves an application with several workers, until it is told to stop.

    python -m benchmarks.http.workers MODULE:FACTORY PORT WORKERS

The socket is that of the program: uvicorn's own leaves Nagle's algorithm on, which costs an answer that is
written in two parts 40 ms on a connection that is kept alive.
"""

import sys

import uvicorn
from uvicorn.supervisors import Multiprocess

from web.commands.serving import listen


def main() -> int:
    application, port, workers = sys.argv[1:]
    config = uvicorn.Config(
        application,
        factory=True,
        workers=int(workers),
        http="h11",
        ws="none",
        log_level="warning",
        access_log=False,
    )
    with listen("127.0.0.1", int(port)) as listening:
        Multiprocess(config, sockets=[listening]).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
