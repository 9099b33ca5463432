"""Says what pip-audit has found out about one list of packages; reads its report, as JSON, on standard input.

Exit status 1: an advisory is known about a package. Nothing to read, or no package that could be asked about:
there was no service to ask, and the list counts as skipped.
"""

import json
import sys


def main(name: str, report: str) -> int:
    """Print a line for each advisory, and one for the list; the exit status."""
    packages = json.loads(report)["dependencies"] if report.strip() else []
    asked = [package for package in packages if "skip_reason" not in package]
    known = [(package, advisory) for package in asked for advisory in package["vulns"]]
    if not asked:
        print(f"audit: {name}: skipped, no service of advisories could be asked")
        return 0
    for package, advisory in known:
        mended = ", ".join(advisory["fix_versions"]) or "no release yet"
        print(f"audit: {name}: {package['name']} {package['version']}: {advisory['id']}, mended in {mended}")
    left_out = len(packages) - len(asked)
    print(
        f"audit: {name}: {len(asked)} packages asked about, {left_out} could not be, {len(known)} advisories"
    )
    return 1 if known else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.stdin.read()))
