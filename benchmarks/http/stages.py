"""What the stages of a request take, as the site itself says."""

import http.client
import re
import statistics
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

STAGE = re.compile(r"([a-z_]+);dur=([0-9.]+)")


def stages(port: int, requests: Path) -> Mapping[str, float]:
    """Milliseconds of each stage that Server-Timing names: medians over all paths of the file."""
    found: dict[str, list[float]] = defaultdict(list)
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for path in requests.read_text(encoding="ascii").splitlines():
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        for name, milliseconds in STAGE.findall(answer.headers.get("Server-Timing", "")):
            found[name].append(float(milliseconds))
    connection.close()
    return {name: statistics.median(values) for name, values in found.items()}
