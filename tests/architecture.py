"""The rules of the source that no linter of ours can say: each takes one file and gives back its breaches.

Which package may import which library is said in `.importlinter`.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

PACKAGES = ("index", "search", "web")
MAX_LINES = 400  # a file that one can hold in the head (design notes); a longer one has more than one job

# Opening or making a Whoosh index by these goes past our storage, which syncs every file, and our manifest.
WHOOSH_SHORTCUTS = frozenset({"create_in", "open_dir", "exists_in"})
ENVIRONMENT_NAMES = frozenset({"environ", "environb", "getenv", "getenvb", "putenv", "unsetenv"})
CLICK_ENVIRONMENT_ARGUMENTS = frozenset({"envvar", "auto_envvar_prefix"})

CONVERTER = PurePosixPath("index/decoding.py")
DECODERS = frozenset({"Decoder", "Converter"})


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file: its path from the root of the checkout, and its text."""

    path: PurePosixPath
    text: str

    @property
    def nodes(self) -> Iterator[ast.AST]:
        return ast.walk(ast.parse(self.text, filename=str(self.path)))

    @property
    def is_of_a_package(self) -> bool:
        return self.path.parts[0] in PACKAGES


Rule = Callable[[Source], Iterator[str]]


def short_enough(source: Source) -> Iterator[str]:
    lines = len(source.text.splitlines())
    if lines > MAX_LINES:
        yield f"{source.path} has {lines} lines; at most {MAX_LINES}"


def package_file_holds_a_docstring_only(source: Source) -> Iterator[str]:
    if source.path.name != "__init__.py":
        return
    module = ast.parse(source.text)
    documented = ast.get_docstring(module) is not None
    if source.is_of_a_package and not documented:
        yield f"{source.path} has no docstring"
    if len(module.body) > (1 if documented else 0):
        yield f"{source.path} holds more than a docstring"


def imports_are_absolute(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom) and node.level > 0:
            yield f"{source.path}:{node.lineno} imports relatively"


def only_the_command_line_prints(source: Source) -> Iterator[str]:
    may_print = source.path.is_relative_to("web/commands")
    if not source.is_of_a_package or may_print:
        return
    for node in source.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield f"{source.path}:{node.lineno} prints"


def only_the_configuration_reads_the_environment(source: Source) -> Iterator[str]:
    if not source.is_of_a_package or source.path == PurePosixPath("web/config.py"):
        return
    for node in source.nodes:
        if isinstance(node, ast.Attribute):
            named = {node.attr} if isinstance(node.value, ast.Name) and node.value.id == "os" else set()
        elif isinstance(node, ast.ImportFrom):
            named = {alias.name for alias in node.names} if node.module == "os" else set()
        else:
            continue
        for name in sorted(named & ENVIRONMENT_NAMES):
            yield f"{source.path}:{node.lineno} reads the environment (os.{name})"


def click_reads_no_environment(source: Source) -> Iterator[str]:
    if not source.is_of_a_package:
        return
    for node in source.nodes:
        if isinstance(node, ast.keyword) and node.arg in CLICK_ENVIRONMENT_ARGUMENTS:
            yield f"{source.path}:{node.lineno} reads the environment ({node.arg}=)"


def whoosh_is_opened_through_our_storage(source: Source) -> Iterator[str]:
    if not source.is_of_a_package:
        return
    for node in source.nodes:
        if isinstance(node, ast.Attribute):
            named = {node.attr}
        elif isinstance(node, ast.ImportFrom) and node.module == "whoosh.index":
            named = {alias.name for alias in node.names}
        else:
            continue
        for name in sorted(named & WHOOSH_SHORTCUTS):
            yield f"{source.path}:{node.lineno} goes past our storage (whoosh.index.{name})"


def types_to_decode_are_made_ready(source: Source) -> Iterator[str]:
    """While modules are imported, before there are threads: see `index.decoding.Converter`."""
    if source.path.parts[0] not in (*PACKAGES, "benchmarks") or source.path == CONVERTER:
        return
    nodes = list(source.nodes)
    functions = (node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    late = {node for function in functions for node in ast.walk(function)}
    for node in nodes:
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        name = called.rpartition(".")[2]
        is_typed = name == "decode" and any(keyword.arg == "type" for keyword in node.keywords)
        if is_typed or called == "msgspec.convert":
            yield f"{source.path}:{node.lineno} decodes into a type that is not made ready ({called})"
        elif node in late and name in DECODERS:
            yield f"{source.path}:{node.lineno} makes a decoder in a function ({called})"


RULES: tuple[Rule, ...] = (
    short_enough,
    package_file_holds_a_docstring_only,
    imports_are_absolute,
    only_the_command_line_prints,
    only_the_configuration_reads_the_environment,
    click_reads_no_environment,
    whoosh_is_opened_through_our_storage,
    types_to_decode_are_made_ready,
)


def folders_without_package_file(paths: frozenset[PurePosixPath]) -> Iterator[str]:
    """Breaches among all Python files' paths: a plain folder of tests hides the package of the same name."""
    for folder in sorted({path.parent for path in paths if path.parts[0] in {"tests", *PACKAGES}}):
        if folder / "__init__.py" not in paths:
            yield f"{folder} has no __init__.py"
