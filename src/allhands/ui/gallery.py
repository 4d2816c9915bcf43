"""Collects the examples of every component and draws them in both languages."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from allhands.ui import components
from allhands.ui.components.language_switch.presenter import OWN_NAMES
from allhands.ui.wording import Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One state of a component.

    Args:
        title: English, names the state.
        context: exactly the inputs the template's first line lists.
    """

    title: str
    context: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    lang: Lang
    language: str
    html: SafeString


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    title: str
    both: tuple[Rendered, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """One component with all its examples drawn."""

    name: str
    purpose: str
    shown: tuple[Shown, ...]


def component_names() -> tuple[str, ...]:
    """Every component, in alphabetical order."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(components.__path__) if module.ispkg))


def examples(name: str, lang: Lang) -> tuple[Example, ...]:
    """The examples of one component, their data in one language."""
    module = importlib.import_module(f"{components.__name__}.{name}.gallery")
    found: tuple[Example, ...] = module.examples(lang)
    return found


def render_all() -> tuple[Shelf, ...]:
    """All components drawn."""
    return tuple(render_one(name) for name in component_names())


def render_one(name: str) -> Shelf:
    """One component drawn in every state and both languages."""
    drawn = {lang: _draw(name, lang, language) for lang, language in OWN_NAMES}
    titles = [example.title for example in examples(name, "en")]
    both = zip(*drawn.values(), strict=True)
    shown = tuple(Shown(title=title, both=pair) for title, pair in zip(titles, both, strict=True))
    package = importlib.import_module(f"{components.__name__}.{name}")
    return Shelf(name=name, purpose=(package.__doc__ or "").strip(), shown=shown)


def _draw(name: str, lang: Lang, language: str) -> tuple[Rendered, ...]:
    template = f"components/{name}/{name}.html"
    with translation.override(lang):
        return tuple(
            Rendered(lang=lang, language=language, html=render_to_string(template, dict(example.context)))
            for example in examples(name, lang)
        )
