"""What the pure rules of the slice say no with has its Spanish, although no extractor finds it there."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from django.utils import translation

from allhands.duties import domain
from allhands.platform import attachments

SLICE = Path(domain.__file__).parent


def refusals() -> Iterator[str]:
    """The plain texts given to `Refused`, and the table of help for wrong proof."""
    yield from domain.SHAPE_HELP.values()
    for file in [SLICE / "domain.py", *(SLICE / "actions").glob("*.py"), Path(attachments.__file__)]:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for scope in ast.walk(tree):
            if not isinstance(scope, ast.FunctionDef):
                continue
            named = {
                target.id: node.value.value
                for node in ast.walk(scope)
                if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
                for target in node.targets
                if isinstance(target, ast.Name)
            }
            for call in ast.walk(scope):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Refused":
                    yield from _plain(call.args[1], named)


def _plain(words: ast.expr, named: Mapping[str, object]) -> Iterator[str]:
    found = (
        words.value if isinstance(words, ast.Constant) else named.get(words.id) if isinstance(words, ast.Name) else ""
    )
    if isinstance(found, str) and found:
        yield found


@pytest.mark.parametrize("words", sorted(set(refusals())))
def test_every_refusal_has_its_spanish(words: str) -> None:
    with translation.override("es"):
        assert translation.gettext(words) != words
