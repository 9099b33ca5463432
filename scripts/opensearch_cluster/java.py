"""Where Java of a version that OpenSearch runs on is: it needs 21 or later, Debian 12 has 17 as its own."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from opensearch_cluster.problem import Problem

OLDEST = 21
USUAL_PLACE = Path("/usr/lib/jvm")
_FEATURE = re.compile(r"^\s*java\.specification\.version = (?:1\.)?(\d+)\s*$", re.MULTILINE)
_HOME = re.compile(r"^\s*java\.home = (.+?)\s*$", re.MULTILINE)


def find_java(environment: Mapping[str, str], usual_place: Path = USUAL_PLACE) -> Path:
    """The home of the first Java that is new enough, in the order of the search. Raises Problem."""
    too_old: list[str] = []
    for program in _candidates(environment, usual_place):
        feature, home = _ask(program)
        if feature >= OLDEST and home is not None:
            return home
        if feature:
            too_old.append(f"{program} is {feature}")
    seen = f" ({', '.join(too_old)})" if too_old else ""
    raise Problem(
        f"there is no Java {OLDEST} or later{seen}; mend it with: apt-get install "
        f"openjdk-{OLDEST}-jre-headless (or name one: export OPENSEARCH_JAVA_HOME=FOLDER)"
    )


def _candidates(environment: Mapping[str, str], usual_place: Path) -> Iterator[Path]:
    for variable in ("OPENSEARCH_JAVA_HOME", "JAVA_HOME"):
        if environment.get(variable):
            yield Path(environment[variable], "bin", "java")
    on_path = shutil.which("java", path=environment.get("PATH", ""))
    if on_path is not None:
        yield Path(on_path)
    yield from sorted(usual_place.glob("*/bin/java"))


def _ask(program: Path) -> tuple[int, Path | None]:
    """Its feature number and its home; 0 and None of what does not run."""
    command = (program, "-XshowSettings:properties", "-version")
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    except OSError:
        return 0, None
    feature, home = _FEATURE.search(said), _HOME.search(said)
    return (int(feature[1]) if feature else 0), (Path(home[1]) if home else None)
