"""What a form is made of. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from allhands.law.packs.strict_yaml import Yaml

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input ready to draw.

    Args:
        name: its name in the form and its path in findings.
        kind: text, long, choose, check, day, number or many.
        values: what is typed; several for `many`.
        faults: what is wrong with it, in words.
    """

    name: str
    label: str
    kind: str = "text"
    values: tuple[str, ...] = ()
    choices: Choices = ()
    hint: str = ""
    lang: str = ""
    most: int = 0
    faults: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def chosen(self) -> str:
        """What is chosen, in words."""
        return ", ".join(words for code, words in self.choices if code in self.values)

    @property
    def is_long(self) -> bool:
        """Whether its choices would push the rest of the form off the screen."""
        return len(self.choices) > 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Inputs that belong together."""

    key: str
    heading: str
    inputs: tuple[Input, ...]


def shown(value: Yaml) -> str:
    """A value as a form shows it."""
    if isinstance(value, bool):
        return "yes" if value else ""
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
