"""Writes docs/reference/components.md from the components themselves: `python -m allhands.ui.reference`."""

from __future__ import annotations

import dataclasses
import enum
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from allhands.ui import components

UI = Path(__file__).resolve().parent
HEAD = """# Components

Written by `python -m allhands.ui.reference`; a test compares it with the code. How to compose a page from them is in
[howto/compose-a-page.md](../howto/compose-a-page.md). Every state is drawn at `/gallery` in the demo world.
"""


def write_reference() -> str:
    """The whole page as Markdown."""
    names = sorted(module.name for module in pkgutil.iter_modules(components.__path__) if module.ispkg)
    return HEAD + "".join(_component(name) for name in names)


def _component(name: str) -> str:
    package = importlib.import_module(f"{components.__name__}.{name}")
    presenter = importlib.import_module(f"{components.__name__}.{name}.presenter")
    template = (UI / "components" / name / f"{name}.html").read_text(encoding="utf-8")
    inputs = template.split("#}", 1)[0].removeprefix("{# inputs: ").strip()
    lines = [f"\n## {name}\n", f"{package.__doc__}\n", f"`components/{name}/{name}.html` · inputs: {inputs}\n"]
    lines += [f"`from {presenter.__name__} import …`\n"]
    return "\n".join([*lines, *_parts(presenter)])


def _parts(presenter: ModuleType) -> Iterator[str]:
    for part in vars(presenter).values():
        if getattr(part, "__module__", "") != presenter.__name__ or getattr(part, "__name__", "_").startswith("_"):
            continue
        if inspect.isclass(part) and issubclass(part, enum.Enum):
            yield f"* **{part.__name__}**: {', '.join(f'`{member.name}`' for member in part)}"
        elif inspect.isclass(part) and dataclasses.is_dataclass(part):
            yield f"* **{part.__name__}**({', '.join(_field(field) for field in dataclasses.fields(part))})"
        elif inspect.isfunction(part):
            yield f"* `{part.__name__}{_signature(part)}`: {_first_line(part.__doc__)}"
    yield ""


def _field(field: dataclasses.Field[object]) -> str:
    required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    return f"`{field.name}: {field.type}`" if required else f"`{field.name}: {field.type}` (optional)"


def _signature(function: object) -> str:
    assert callable(function)
    text = re.sub(r"(?<=[:>] )'([^']+)'", r"\1", str(inspect.signature(function)))
    return re.sub(r"<(\w+\.\w+): [^>]*>", r"\1", text)


def _first_line(docstring: str | None) -> str:
    return (docstring or "").strip().splitlines()[0] if docstring else ""


if __name__ == "__main__":
    sys.stdout.write(write_reference())
