"""One session of the fuzzer, as a process of its own: `python -m tests.fuzz.session TARGET ARGUMENT…`.

The arguments are libFuzzer's. The process ends with the session, so `tests.fuzz` starts it.
"""

import shlex
import sys

import atheris

PACKAGES = ["index", "search"]
"""What the fuzzer watches the branches of. They are imported while it instruments, and never before."""


def main() -> None:
    name, *arguments = sys.argv[1:]
    with atheris.instrument_imports(include=PACKAGES):
        from tests.fuzz.targets import TARGETS  # noqa: PLC0415 (instrumented as it is imported)
    # To merge, libFuzzer has a shell start the program that it is in.
    program = shlex.join([sys.executable, "-m", "tests.fuzz.session", name])
    atheris.Setup([program, *arguments], TARGETS[name].check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
