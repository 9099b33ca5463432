"""What .ci/run does with the Pythons that it finds, and what a skipped test means there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.script_sandbox import ROOT, Outcome, Sandbox, make_sandbox

REPORT = (
    '<testsuites><testsuite name="pytest" errors="0" failures="%s" skipped="2" tests="12" /></testsuites>'
)

# In the place of scripts/test: writes how it was called, and a report as pytest would.
FAKE_TEST = r"""#!/bin/sh
printf 'test %s %s %s\n' "${{PYTHON##*/}}" "$POLICY_SEARCH_VENV" "$POLICY_SEARCH_TESTS" >>'{log}'
printf 'node %s %s\n' "$POLICY_SEARCH_TESTS" "${{POLICY_SEARCH_TEST_OPENSEARCH:-none}}" >>'{log}'
[ ! -e '{log}'-fail-"$POLICY_SEARCH_TESTS"-checks ] || exit 1
failures=0
[ ! -e '{log}'-fail-"$POLICY_SEARCH_TESTS" ] || failures=3
printf '{report}' "$failures" >"${{PYTEST_ADDOPTS#--junitxml=}}"
[ "$failures" -eq 0 ]
"""

# In the place of scripts/opensearch.
FAKE_OPENSEARCH = r"""#!/bin/sh
printf 'opensearch %s\n' "$*" >>'{log}'
[ ! -e '{log}'-fail-opensearch-"$1" ] || {{ echo "scripts/opensearch: no $1 today" >&2; exit 2; }}
"""

PACKAGES = "chromium fonts-noto-cjk faketime strace systemd iproute2"

# A version manager that has 3.12.1 and 3.12.4 installed and switched on neither; their folder is `managed`.
FAKE_PYENV = r"""#!/bin/sh
case $1 in
    versions) printf '3.9.18\n3.12.1\n3.12.4\n3.12.4/envs/other\n' ;;
    prefix) printf '%s/managed/%s\n' '{path}' "$2" ;;
esac
"""


@pytest.fixture
def machine(tmp_path: Path) -> Sandbox:
    """Two Pythons that run, and all the packages that tests need; OpenSearch does as it is told."""
    sandbox = make_sandbox(tmp_path)
    body = FAKE_TEST.format(log=sandbox.log, report=REPORT)
    (sandbox.project / "scripts" / "test").write_text(body, encoding="utf-8")
    fake = FAKE_OPENSEARCH.format(log=sandbox.log)
    (sandbox.project / "scripts" / "opensearch").write_text(fake, encoding="utf-8")
    for command in ("dpkg", "mvn"):
        sandbox.add_command(command, "#!/bin/sh\n")
    sandbox.add_python("python3.11", "3.11")
    sandbox.add_python("python3.13", "3.13")
    return sandbox


def runs_of(done: Outcome) -> list[str]:
    return [call.removeprefix("test ") for call in done.calls_of("test ")]


class TestRun:
    def test_everything_runs_on_the_oldest_python_and_the_fast_part_on_the_newest(
        self, machine: Sandbox
    ) -> None:
        done = machine.run(".ci/run")
        assert done.status == 0, done.out + done.err
        assert runs_of(done) == ["python3.11 .venv all", "python3.13 .venv-3.13 fast"]
        assert "ci: ran on: 3.11 (all) 3.13 (fast)\nci: passed over: none\n" in done.out

    def test_one_between_two_that_run_is_passed_over_and_named(self, machine: Sandbox) -> None:
        machine.add_python("python3.12", "3.12")
        done = machine.run(".ci/run")
        assert runs_of(done) == ["python3.11 .venv all", "python3.13 .venv-3.13 fast"]
        assert "ci: passed over: 3.12 (stands between two that ran)\n" in done.out

    def test_the_last_line_counts_the_tests_of_all_runs(self, machine: Sandbox) -> None:
        *_, before_last, last = machine.run(".ci/run").out.splitlines()
        assert before_last.startswith("ci: took ")
        assert last == "20 passed, 0 failed"

    def test_a_python_older_than_ours_is_not_used(self, machine: Sandbox) -> None:
        machine.add_python("python3.10", "3.10")
        assert [run.split()[0] for run in runs_of(machine.run(".ci/run"))] == ["python3.11", "python3.13"]

    def test_a_shim_that_does_not_run_is_passed_over_and_named(self, machine: Sandbox) -> None:
        machine.add_broken_shim("python3.12")
        done = machine.run(".ci/run")
        assert done.status == 0
        assert len(runs_of(done)) == 2
        assert "ci: passed over: 3.12 (python3.12 is on the PATH and does not run)" in done.out

    def test_behind_a_shim_the_managers_newest_interpreter_is_taken(self, machine: Sandbox) -> None:
        (machine.path / "python3.13").unlink()
        machine.add_broken_shim("python3.12")
        machine.add_command("pyenv", FAKE_PYENV.format(path=machine.path))
        for version in ("3.12.1", "3.12.4"):
            folder = machine.path / "managed" / version / "bin"
            folder.mkdir(parents=True)
            shutil.copy2(machine.add_python(f"python{version}", version), folder / "python3.12")
        done = machine.run(".ci/run")
        assert runs_of(done)[1] == "python3.12 .venv-3.12 fast"
        assert f"({machine.path}/managed/3.12.4/bin/python3.12)" in done.out

    def test_the_first_failure_ends_it(self, machine: Sandbox) -> None:
        machine.fail("all")
        done = machine.run(".ci/run")
        assert done.status == 1
        assert runs_of(done) == ["python3.11 .venv all"]
        assert "ci: FAILED: Python 3.11 (all tests)" in done.out
        assert done.out.splitlines()[-1] == "7 passed, 3 failed"

    def test_a_failure_on_a_later_python_counts(self, machine: Sandbox) -> None:
        machine.fail("fast")
        done = machine.run(".ci/run")
        assert done.status == 1
        assert done.out.splitlines()[-1] == "17 passed, 3 failed"

    def test_a_check_that_failed_counts_as_one(self, machine: Sandbox) -> None:
        machine.fail("all-checks")
        done = machine.run(".ci/run")
        assert done.status == 1
        assert done.out.splitlines()[-1] == "0 passed, 1 failed"

    def test_tests_that_leave_no_report_are_a_failure(self, machine: Sandbox) -> None:
        machine.add_command("nothing", "#!/bin/sh\n").replace(machine.project / "scripts" / "test")
        done = machine.run(".ci/run")
        assert done.status == 1
        assert "ci: FAILED: Python 3.11 (all tests): pytest wrote no report" in done.out

    def test_a_machine_without_python_is_a_failure(self, machine: Sandbox) -> None:
        for name in ("python3.11", "python3.13"):
            (machine.path / name).unlink()
        done = machine.run(".ci/run")
        assert done.status == 1
        assert "ci: FAILED: there is no Python 3.11 or later that runs; mend it with: apt-get" in done.out


class TestOpenSearch:
    @staticmethod
    def calls(done: Outcome) -> list[str]:
        """What was asked of it by name, in order with the test runs."""
        ours = [call for call in done.calls if call.startswith(("opensearch ", "test "))]
        return [call.split()[1] if call.startswith("opensearch ") else call.split()[-1] for call in ours]

    def test_an_empty_node_runs_while_everything_runs_and_no_longer(self, machine: Sandbox) -> None:
        done = machine.run(".ci/run")
        assert self.calls(done) == ["java", "down", "up", "all", "down", "fast"]
        assert done.calls_of("node ") == ["node all http://127.0.0.1:9500", "node fast none"]
        downs = done.calls_of("opensearch down")
        assert len(downs) == 2
        assert all("--delete-data --port 9500" in down for down in downs)

    @pytest.mark.parametrize("failing", ["all", "all-checks"])
    def test_it_is_stopped_after_a_failure_and_the_last_line_stays_the_count(
        self, machine: Sandbox, failing: str
    ) -> None:
        machine.fail(failing)
        done = machine.run(".ci/run")
        assert done.status == 1
        assert self.calls(done) == ["java", "down", "up", "all", "down"]
        assert done.out.splitlines()[-1].endswith(" failed")

    def test_one_that_does_not_start_is_a_failure_with_its_reason(self, machine: Sandbox) -> None:
        machine.fail("opensearch-up")
        done = machine.run(".ci/run")
        assert done.status == 1
        assert runs_of(done) == []
        assert "scripts/opensearch: no up today\nci: FAILED: OpenSearch did not start" in done.out
        assert self.calls(done)[-1] == "down"
        assert done.out.splitlines()[-1] == "0 passed, 1 failed"

    def test_one_that_does_not_stop_is_told(self, machine: Sandbox) -> None:
        machine.fail("all")
        path = machine.project / "scripts" / "opensearch"
        body = path.read_text(encoding="utf-8")
        path.write_text(body + f'[ "$1" != up ] || touch "{machine.log}-fail-opensearch-down"\n', "utf-8")
        done = machine.run(".ci/run")
        assert done.status == 1
        assert done.err == "ci: OpenSearch did not stop: scripts/opensearch: no down today\n"


class TestPackages:
    @pytest.fixture
    def bare(self, machine: Sandbox) -> Sandbox:
        """No packages; the user is root."""
        (machine.path / "dpkg").unlink()
        machine.add_command("dpkg", "#!/bin/sh\nexit 1\n")
        (machine.path / "id").unlink()
        machine.add_command("id", "#!/bin/sh\necho 0\n")
        return machine

    @staticmethod
    def add_apt_get(machine: Sandbox, failures: int) -> None:
        """An apt-get whose first calls fail."""
        machine.add_command(
            "apt-get",
            f"#!/bin/sh\necho \"apt-get $*\" >>'{machine.log}'\n"
            f"[ \"$(grep -c '^apt-get' '{machine.log}')\" -gt {failures} ]\n",
        )

    def test_they_are_installed_where_they_are_missing(self, bare: Sandbox) -> None:
        self.add_apt_get(bare, failures=0)
        done = bare.run(".ci/run")
        assert done.status == 0
        update, install = done.calls_of("apt-get")
        assert update.startswith("apt-get update")
        assert install.endswith(f" {PACKAGES}")

    def test_one_failure_to_install_is_tried_again(self, bare: Sandbox) -> None:
        self.add_apt_get(bare, failures=1)
        done = bare.run(".ci/run")
        assert done.status == 0
        assert len(done.calls_of("apt-get install")) == 1

    @pytest.mark.parametrize(("missing", "package"), [("mvn", "maven"), ("java", "openjdk-21-jre-headless")])
    def test_what_opensearch_needs_is_installed_only_where_it_is_missing(
        self, bare: Sandbox, missing: str, package: str
    ) -> None:
        self.add_apt_get(bare, failures=0)
        bare.fail(f"opensearch-{missing}")
        if missing == "mvn":
            (bare.path / "mvn").unlink()
        assert bare.run(".ci/run").calls_of("apt-get")[1].endswith(f" {PACKAGES} {package}")

    def test_two_failures_end_it(self, bare: Sandbox) -> None:
        self.add_apt_get(bare, failures=2)
        done = bare.run(".ci/run")
        assert done.status == 1
        assert f"ci: FAILED: {PACKAGES} could not be installed" in done.out
        assert runs_of(done) == []

    def test_who_is_not_root_is_told_what_to_do(self, bare: Sandbox) -> None:
        bare.add_command("id", "#!/bin/sh\necho 1000\n")
        done = bare.run(".ci/run")
        assert done.status == 1
        assert f"mend it with: apt-get install {PACKAGES}" in done.out


SKIPPING = """
import pytest

@pytest.mark.browser
def test_browser(): pass

@pytest.mark.browser
def test_browser_that_skips(): pytest.skip("not today")

@pytest.mark.browser
@pytest.mark.xfail(reason="later")
def test_browser_that_is_to_come(): assert False

@pytest.mark.opensearch
def test_opensearch(): pass

@pytest.mark.shared
def test_shared(): pass
"""


class TestSkips:
    """The hooks of tests/conftest.py, run on five small tests in a checkout without neighbours."""

    @staticmethod
    def outcomes(folder: Path, *, path: str, ci: str) -> dict[str, int]:
        tests = folder / "checkout" / "tests"
        tests.mkdir(parents=True)
        shutil.copy2(ROOT / "tests" / "conftest.py", tests)
        shutil.copy2(ROOT / "pyproject.toml", tests.parent)
        (tests / "test_skipping.py").write_text(SKIPPING, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"],
            cwd=tests.parent,
            env={"PATH": path, "CI": ci, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout, done.stderr
        words = done.stdout.splitlines()[-1].strip("= ").split(" in ")[0].replace(",", "").split()
        return dict(zip(words[1::2], map(int, words[::2]), strict=True))

    @pytest.fixture
    def with_chromium(self, tmp_path: Path) -> str:
        chromium = tmp_path / "bin" / "chromium"
        chromium.parent.mkdir()
        chromium.touch(mode=0o755)
        return str(chromium.parent)

    def test_elsewhere_what_is_missing_skips(self, tmp_path: Path) -> None:
        assert self.outcomes(tmp_path, path=os.devnull, ci="") == {"skipped": 5}

    def test_in_ci_a_missing_browser_fails(self, tmp_path: Path) -> None:
        assert self.outcomes(tmp_path, path=os.devnull, ci="true") == {"errors": 4, "skipped": 1}

    def test_elsewhere_a_browser_test_may_skip(self, tmp_path: Path, with_chromium: str) -> None:
        assert self.outcomes(tmp_path, path=with_chromium, ci="") == {"passed": 1, "skipped": 3, "xfailed": 1}

    def test_in_ci_a_browser_test_that_skips_fails(self, tmp_path: Path, with_chromium: str) -> None:
        assert self.outcomes(tmp_path, path=with_chromium, ci="true") == {
            "error": 1,
            "failed": 1,
            "passed": 1,
            "skipped": 1,
            "xfailed": 1,
        }
