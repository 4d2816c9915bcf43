"""Whatever the house says no with has its Spanish, although no extractor finds it there."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.utils import translation

import allhands
from allhands.alerts.domain import LEAVING_WORDS
from allhands.duties import domain

HOUSE = Path(allhands.__file__).parent


def refusals() -> Iterator[str]:
    """The plain texts given to `Refused` and `Denied`, and the tables that some of them are taken from."""
    yield from domain.SHAPE_HELP.values()
    yield from LEAVING_WORDS.values()
    for file in HOUSE.rglob("*.py"):
        if not {"tests", "cli", "testing"} & set(file.parts):
            yield from _refusals_of(ast.parse(file.read_text(encoding="utf-8")))


def _refusals_of(tree: ast.Module) -> Iterator[str]:
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
            is_refusal = isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"Refused", "Denied"}
            if isinstance(call, ast.Call) and is_refusal and len(call.args) > 1:
                yield from _plain(call.args[1], named)


def test_no_refusal_is_put_together_where_no_translation_reaches_it() -> None:
    """Words with a value in them are `_("… %(name)s …") % {…}`."""
    loose = [
        f"{file.relative_to(HOUSE)}:{call.lineno}"
        for file in HOUSE.rglob("*.py")
        if not {"tests", "cli", "testing"} & set(file.parts)
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"Refused", "Denied"}
        for words in call.args[1:2] + [named.value for named in call.keywords if named.arg == "reason"]
        if any(isinstance(part, ast.JoinedStr) for part in ast.walk(words))
    ]
    assert not loose


def _plain(words: ast.expr, named: Mapping[str, object]) -> Iterator[str]:
    found = (
        words.value if isinstance(words, ast.Constant) else named.get(words.id) if isinstance(words, ast.Name) else ""
    )
    if isinstance(found, str) and found:
        yield found


def test_every_refusal_has_its_spanish() -> None:
    with translation.override("es"):
        missing = sorted({words for words in refusals() if translation.gettext(words) == words})
    assert not missing, "no Spanish for:\n" + "\n".join(missing)
