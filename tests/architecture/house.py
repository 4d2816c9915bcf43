"""The house lint rules: each takes the text of one file and answers with what is wrong in it."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Sizes of the house style. The list of exempt files may only shrink, and it starts empty.
EXEMPT: frozenset[str] = frozenset()
FUNCTION_LINES, MODULE_LINES, TEMPLATE_LINES, TEST_MODULE_LINES = 50, 400, 150, 500
NAMELESS = frozenset(
    {"utils", "util", "helpers", "helper", "common", "misc", "services", "service", "managers", "base"}
)

# Where a bug of ours may be caught: the web middleware, the job runner, the command line.
DOORS = frozenset(
    {"src/allhands/platform/web/middleware.py", "src/allhands/platform/jobs/registry.py", "src/allhands/cli/doors.py"}
)
_LABELS = re.compile(r"\b(runaways?|run[- ]away|awol|elope[ds]?|absconded|absconder)\b", re.IGNORECASE)
_TAGS_AND_COMMENTS = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.DOTALL)
_HOSTS = re.compile(
    "|".join(
        [
            *(r"pypi\." + "org", r"files\.pythonhosted\.", r"registry\.npmjs\.", r"npmjs\." + "com"),
            *(r"deb\.debian\.", r"security\.debian\.", r"proxy\.golang\.", r"registry\.yarnpkg\."),
        ]
    )
)
_IGNORE = re.compile(r"#\s*type:\s*ignore(?P<rest>.*)$")
_GOOD_IGNORE = re.compile(r"^\[[a-z0-9\-, ]+\]\s+#\s*\S.{5,}")

Rule = Callable[[str, str], Iterator[str]]


@cache
def tracked() -> tuple[str, ...]:
    """Every file of the repository that is text, by its path."""
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    names = [name for name in answer.stdout.decode().split("\0") if name]
    return tuple(name for name in names if (ROOT / name).is_file())


def read(name: str) -> str:
    """The text of a file; empty when it is a picture or a font."""
    try:
        return (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def is_test(name: str) -> bool:
    """Whether the module belongs to tests."""
    parts = Path(name).parts
    return "tests" in parts or parts[0] == "bench"


def too_long(name: str, text: str) -> Iterator[str]:
    """Modules, functions and templates fit on the screens the style gives them."""
    lines = text.count("\n")
    if name.endswith(".html") and lines > TEMPLATE_LINES:
        yield f"template of {lines} lines, at most {TEMPLATE_LINES}"
    if not name.endswith(".py") or "/migrations/" in name:
        return
    most = TEST_MODULE_LINES if is_test(name) else MODULE_LINES
    if lines > most:
        yield f"module of {lines} lines, at most {most}"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield f"{node.name} has {length} lines, at most {FUNCTION_LINES}"


def nameless_module(name: str, _text: str) -> Iterator[str]:
    """A module is named after its subject; what is in `utils` nobody finds."""
    if name.endswith(".py") and Path(name).stem in NAMELESS:
        yield "a module name that says nothing"


def label_on_a_child(name: str, text: str) -> Iterator[str]:
    """The word on every screen is missing; what a child did is a fact, never a label."""
    if not name.endswith((".html", ".po", ".typ")):
        return
    for found in _LABELS.finditer(_TAGS_AND_COMMENTS.sub("", text)):
        yield f"the word {found[0]!r}"


def registry_host(name: str, text: str) -> Iterator[str]:
    """Where packages come from is the machine's own configuration."""
    for found in _HOSTS.finditer(text):
        yield f"the host {found[0]!r}"


def careless_ignore(name: str, text: str) -> Iterator[str]:
    """A silenced type error names its code and why."""
    if not name.endswith(".py"):
        return
    for number, line in enumerate(text.splitlines(), 1):
        found = _IGNORE.search(line)
        if found and not _GOOD_IGNORE.match(found["rest"]) and "re.compile" not in line:
            yield f"line {number}: `type: ignore` without code or reason"


def swallowed_bug(name: str, text: str) -> Iterator[str]:
    """`except Exception` stands at three doors only; elsewhere it hides a bug."""
    if not name.startswith("src/") or not name.endswith(".py") or name in DOORS or is_test(name):
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ExceptHandler) and _catches_everything(node.type) and not _passes_on(node):
            yield f"line {node.lineno}: catches every error"


def open_environment(name: str, text: str) -> Iterator[str]:
    """The environment is read in the settings and nowhere else."""
    if not name.startswith("src/") or not name.endswith(".py") or is_test(name):
        return
    if name.startswith(("src/allhands/config/", "src/allhands/platform/testing/")):
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"os.getenv", "os.environ.get"}:
            yield f"line {node.lineno}: reads the environment"


def _passes_on(handler: ast.ExceptHandler) -> bool:
    """Whether the handler ends by raising the same error again: then it only tidies up."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def _catches_everything(kind: ast.expr | None) -> bool:
    if kind is None:
        return True
    names = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(isinstance(each, ast.Name) and each.id in {"Exception", "BaseException"} for each in names)


RULES: tuple[Rule, ...] = (
    too_long,
    nameless_module,
    label_on_a_child,
    registry_host,
    careless_ignore,
    swallowed_bug,
    open_environment,
)
