"""What scripts/demo and scripts/test do on machines of all kinds, with stand-ins for Python and pip."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.script_sandbox import ROOT, Sandbox, make_sandbox

SCRIPTS = [
    "scripts/audit",
    *("scripts/check", "scripts/check_fresh_clone", "scripts/demo", "scripts/lint", "scripts/lock"),
    *("scripts/make_compat", "scripts/opensearch", "scripts/test", ".ci/run"),
]


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    return make_sandbox(tmp_path)


@pytest.fixture
def machine(sandbox: Sandbox) -> Sandbox:
    """A machine with one good Python."""
    sandbox.add_python("python3", "3.11")
    return sandbox


class TestEveryScript:
    @pytest.mark.parametrize("script", [*SCRIPTS, "scripts/set_up.sh"])
    def test_a_plain_posix_shell_reads_it(self, script: str) -> None:
        done = subprocess.run(["sh", "-n", str(ROOT / script)], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")

    @pytest.mark.parametrize("script", SCRIPTS)
    def test_it_can_be_run_and_says_so(self, script: str) -> None:
        assert os.access(ROOT / script, os.X_OK)
        assert (ROOT / script).read_text(encoding="utf-8").startswith("#!/bin/sh\n# ")

    @pytest.mark.parametrize("script", [*SCRIPTS, "scripts/set_up.sh"])
    def test_it_keeps_to_posix_words(self, script: str) -> None:
        beyond = r"\[\[|\blocal\b|\bsource\b|\bfunction\b|\bpipefail\b|<\(|\$'|&>|\+=|\bdeclare\b"
        code = re.sub(r"^\s*#.*$", "", (ROOT / script).read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert re.findall(beyond, code) == []

    def test_none_is_missing_from_these_tests(self) -> None:
        found = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / "scripts").iterdir()
            if path.is_file() and path.read_bytes().startswith(b"#!/bin/sh")
        }
        assert found == {script for script in SCRIPTS if script.startswith("scripts/")}


class TestDemo:
    def test_the_first_run_installs_the_locked_packages_and_starts(self, machine: Sandbox) -> None:
        done = machine.run("scripts/demo", "--port", "9000")
        assert done.status == 0, done.err
        assert [
            re.findall(r"-r (\S+)|(--editable)", call)[0] for call in done.calls_of("-m pip install")
        ] == [
            ("scripts/requirements/build.txt", ""),
            ("scripts/requirements/runtime.txt", ""),
            ("", "--editable"),
        ]
        assert all("--no-deps --require-hashes" in call for call in done.calls_of(" -r "))
        assert done.calls[-1] == "policy-search demo --port 9000"
        assert re.search(r"^Set up in \d+ s\.$", done.err, flags=re.MULTILINE)

    def test_the_second_run_needs_no_network(self, machine: Sandbox) -> None:
        machine.run("scripts/demo")
        machine.no_network.touch()
        done = machine.run("scripts/demo")
        assert (done.status, done.err) == (0, "")
        assert not done.calls_of("pip install") + done.calls_of("venv --clear")

    @pytest.mark.parametrize("file", ["pyproject.toml", "scripts/requirements/runtime.txt"])
    def test_changed_requirements_are_installed_into_the_same_environment(
        self, machine: Sandbox, file: str
    ) -> None:
        machine.run("scripts/demo")
        with (machine.project / file).open("a", encoding="utf-8") as text:
            text.write("# changed\n")
        done = machine.run("scripts/demo")
        assert len(done.calls_of("pip install")) == 3
        assert not done.calls_of("-m venv")

    def test_an_installation_that_was_cut_short_is_made_anew(self, machine: Sandbox) -> None:
        machine.no_network.touch()
        failed = machine.run("scripts/demo")
        assert failed.status == 2
        assert failed.err.splitlines()[-1].startswith("scripts/demo: the installation failed")
        assert not failed.calls_of("policy-search")
        machine.no_network.unlink()
        done = machine.run("scripts/demo")
        assert done.status == 0
        assert len(done.calls_of("-m venv --clear")) == 1

    def test_an_update_that_was_cut_short_is_made_anew(self, machine: Sandbox) -> None:
        machine.run("scripts/demo")
        (machine.project / "pyproject.toml").write_text("# changed\n", encoding="utf-8")
        machine.no_network.touch()
        assert machine.run("scripts/demo").status == 2
        machine.no_network.unlink()
        assert len(machine.run("scripts/demo").calls_of("-m venv --clear")) == 1

    def test_an_environment_whose_python_is_gone_is_made_anew(self, machine: Sandbox) -> None:
        machine.run("scripts/demo")
        (machine.project / ".venv" / "bin" / "python").unlink()
        done = machine.run("scripts/demo")
        assert done.status == 0
        assert len(done.calls_of("-m venv --clear")) == 1

    def test_a_checkout_that_was_moved_is_set_up_anew(self, machine: Sandbox, tmp_path: Path) -> None:
        machine.run("scripts/demo")
        moved = Sandbox(tmp_path / "elsewhere", machine.path)
        shutil.move(machine.project, moved.project)
        assert len(moved.run("scripts/demo").calls_of("-m venv --clear")) == 1

    def test_what_the_tests_installed_is_enough(self, machine: Sandbox) -> None:
        machine.run("scripts/test", "tests/index")
        assert not machine.run("scripts/demo").calls_of("pip install")


class TestChoiceOfPython:
    @pytest.mark.parametrize(
        ("found", "chosen"),
        [
            ({"python3": "3.11", "python3.12": "3.12", "python3.13": "3.13"}, "python3.13"),
            ({"python3": "3.9", "python3.11": "3.11"}, "python3.11"),
            ({"python3": "3.14"}, "python3"),
        ],
        ids=["newest-name-first", "default-too-old", "newer-than-we-know"],
    )
    def test_the_first_that_is_new_enough_is_taken(
        self, sandbox: Sandbox, found: dict[str, str], chosen: str
    ) -> None:
        for name, version in found.items():
            sandbox.add_python(name, version)
        assert sandbox.run("scripts/demo").calls_of("-m venv") == [f"{chosen} -m venv --clear .venv"]

    def test_a_shim_that_does_not_run_is_passed_over(self, sandbox: Sandbox) -> None:
        sandbox.add_broken_shim("python3.13")
        sandbox.add_python("python3.12", "3.12")
        assert sandbox.run("scripts/demo").calls_of("-m venv") == ["python3.12 -m venv --clear .venv"]

    def test_one_without_venv_is_passed_over_for_one_with_it(self, sandbox: Sandbox) -> None:
        sandbox.add_python_without_venv("python3.13", "3.13")
        sandbox.add_python("python3", "3.11")
        assert sandbox.run("scripts/demo").calls_of("-m venv") == ["python3 -m venv --clear .venv"]

    def test_the_callers_choice_wins_and_replaces_another_environment(self, machine: Sandbox) -> None:
        machine.add_python("python3.13", "3.13")
        own = machine.add_python("own", "3.12")
        assert machine.run("scripts/demo", PYTHON=str(own)).calls_of("-m venv") == [
            "own -m venv --clear .venv"
        ]
        assert not machine.run("scripts/demo").calls_of("-m venv")
        assert machine.run("scripts/demo", PYTHON="python3").calls_of("-m venv") == [
            "python3 -m venv --clear .venv"
        ]


class TestWhatIsMissing:
    """One line that says what, with the command that mends it; exit status 2; nothing half-made starts."""

    @staticmethod
    def complaint(sandbox: Sandbox, **environment: str) -> str:
        done = sandbox.run("scripts/demo", **environment)
        assert done.status == 2
        assert not done.calls_of("policy-search")
        (line,) = done.err.splitlines()
        return line

    def test_no_python(self, sandbox: Sandbox) -> None:
        assert self.complaint(sandbox) == (
            "scripts/demo: there is no Python 3.11 or later that runs; "
            "mend it with: apt-get install python3 python3-venv"
        )

    def test_only_an_old_python(self, sandbox: Sandbox) -> None:
        sandbox.add_python("python3", "3.10")
        assert "there is no Python 3.11 or later" in self.complaint(sandbox)

    @pytest.mark.parametrize(
        ("names", "package"),
        [(["python3.11", "python3"], "python3-venv"), (["python3.12"], "python3.12-venv")],
        ids=["debian", "added-version"],
    )
    def test_no_venv_module(self, sandbox: Sandbox, names: list[str], package: str) -> None:
        for name in names:
            sandbox.add_python_without_venv(name, "3.12")
        line = self.complaint(sandbox)
        assert (
            line == f"scripts/demo: {names[-1]} has no venv module; mend it with: apt-get install {package}"
        )

    @pytest.mark.parametrize("named", ["python3.9", "no-such-python"])
    def test_the_callers_choice_is_of_no_use(self, machine: Sandbox, named: str) -> None:
        machine.add_python("python3.9", "3.9")
        assert self.complaint(machine, PYTHON=named) == (
            f"scripts/demo: PYTHON={named} is not a Python 3.11 or later that runs; "
            "mend it with: unset PYTHON"
        )

    def test_the_folder_cannot_be_written_to(self, machine: Sandbox) -> None:
        machine.add_command("mkdir", "#!/bin/sh\necho 'mkdir: read-only file system' >&2\nexit 1\n")
        line = self.complaint(machine)
        assert line.startswith(
            f"scripts/demo: cannot write to {machine.project}/.venv; mend it with: sudo chown -R "
        )


class TestTest:
    def test_with_arguments_it_runs_only_pytest_with_them(self, machine: Sandbox) -> None:
        done = machine.run("scripts/test", "tests/index", "-k", "two words")
        assert done.status == 0, done.err
        assert done.calls[-1] == "python -m pytest tests/index -k two words"
        assert not done.calls_of("-m ruff") + done.calls_of("-m mypy") + done.calls_of("lint-imports")

    def test_without_arguments_it_checks_first(self, machine: Sandbox) -> None:
        done = machine.run("scripts/test")
        assert done.status == 0, done.err
        set_up = ("python -c ", "python3 -c ", "python -m pip ", "python3 -m venv ")
        ours = [call for call in done.calls if not call.startswith(set_up)]
        assert ours == [
            "python -m ruff format --check --quiet .",
            "python -m ruff check --quiet .",
            "python -m mypy",
            "lint-imports ",
            "python -m pytest -n auto --maxprocesses 8 --dist loadfile",
        ]

    @pytest.mark.parametrize("module", ["ruff", "mypy"])
    def test_no_test_runs_after_a_check_that_failed(self, machine: Sandbox, module: str) -> None:
        machine.fail(module)
        done = machine.run("scripts/test")
        assert done.status == 1
        assert not done.calls_of("-m pytest")

    def test_a_failed_test_fails_the_script(self, machine: Sandbox) -> None:
        machine.fail("pytest")
        assert machine.run("scripts/test").status == 1

    def test_the_fast_part_is_pytest_without_slow_browser_and_opensearch_tests(
        self, machine: Sandbox
    ) -> None:
        done = machine.run("scripts/test", POLICY_SEARCH_TESTS="fast")
        assert done.calls[-1].endswith("-m not slow and not browser and not opensearch")
        assert not done.calls_of("-m mypy")

    def test_coverage_is_measured_where_it_is_asked_for(self, machine: Sandbox) -> None:
        done = machine.run("scripts/test", POLICY_SEARCH_TESTS="coverage")
        assert done.calls[-1].endswith("--dist loadfile --cov --cov-report term")
        assert not done.calls_of("-m mypy")

    def test_an_unknown_part_is_refused(self, machine: Sandbox) -> None:
        done = machine.run("scripts/test", POLICY_SEARCH_TESTS="fats")
        assert done.status == 2
        assert done.err.splitlines()[-1].startswith(
            "scripts/test: POLICY_SEARCH_TESTS is 'fats'; mend it with:"
        )

    def test_another_environment_can_be_named_and_the_checks_use_it(self, machine: Sandbox) -> None:
        done = machine.run("scripts/test", POLICY_SEARCH_VENV=".venv-other")
        assert done.calls_of("-m venv") == ["python3 -m venv --clear .venv-other"]
        assert not (machine.project / ".venv").exists()


class TestLock:
    def test_each_list_is_held_to_those_before_it_and_names_no_registry(self, machine: Sandbox) -> None:
        done = machine.run("scripts/lock", "--upgrade")
        assert done.status == 0, done.err
        calls = done.calls_of("uv pip compile")
        assert [re.findall(r"--output-file scripts/requirements/(\w+)\.txt", call)[0] for call in calls] == [
            "runtime",
            "test",
            "build",
            "lock",
        ]
        assert all("--generate-hashes --no-emit-index-url" in call and "--upgrade" in call for call in calls)


class TestCheckFreshClone:
    """What it measures needs a network; here is what it does without one."""

    @pytest.fixture
    def cloning(self, machine: Sandbox) -> Sandbox:
        """A machine with a git that can only copy and a Python that reaches no server."""
        machine.add_command("git", '#!/bin/sh\nfor to in "$@"; do :; done\ncp -R "$4" "$to"\n')
        machine.add_command("sleep", "#!/bin/sh\n")
        python = (machine.path / "python3").read_text(encoding="utf-8")
        machine.add_command("python3", python.replace('"-c "*)', '"-c "*urllib*) exit 1 ;;\n    "-c "*)', 1))
        return machine

    @pytest.mark.parametrize("argument", ["--help", "here", ""])
    def test_an_argument_is_refused(self, cloning: Sandbox, argument: str) -> None:
        done = cloning.run("scripts/check_fresh_clone", argument)
        assert (done.status, done.calls) == (2, ())
        assert done.err == (
            f"scripts/check_fresh_clone: it takes no arguments, but was given '{argument}'; "
            "mend it with: scripts/check_fresh_clone\n"
        )

    def test_git_is_missing(self, machine: Sandbox) -> None:
        done = machine.run("scripts/check_fresh_clone")
        assert done.status == 2
        assert done.err == ("scripts/check_fresh_clone: git is missing; mend it with: apt-get install git\n")

    def test_a_demo_that_does_not_answer_is_a_failure_and_nothing_is_left(
        self, cloning: Sandbox, tmp_path: Path
    ) -> None:
        temporary = tmp_path / "temporary"
        temporary.mkdir()
        done = cloning.run("scripts/check_fresh_clone", TMPDIR=str(temporary), POLICY_SEARCH_VENV=".venv-own")
        assert done.status == 1
        assert done.err.startswith("scripts/check_fresh_clone: it ended before it was ready; the last lines")
        assert any(call.startswith("policy-search demo --port") for call in done.calls)
        assert list(temporary.iterdir()) == []
        assert not (cloning.project / ".venv").exists()
