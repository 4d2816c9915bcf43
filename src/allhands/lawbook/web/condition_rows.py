"""A tree of conditions as rows of a form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allhands.law import FactDeclaration, FactType, Library
from allhands.law.states import STATE_FIPS
from allhands.lawbook.editing.conditions import AS_OF, NUMBER_TESTS, Node, tests_of
from allhands.lawbook.editing.form import Choices

MODES = (
    ("all", _("all of these hold")),
    ("any", _("one of these is enough")),
    ("none", _("none of these holds")),
    ("notall", _("not all of these hold")),
)
_TESTS: dict[str, str | Promise] = {
    "is": _("is"), "is_not": _("is no"), "one_of": _("is one of"), "has": _("has among them"),
    "at_least": _("is at least"), "above": _("is more than"), "at_most": _("is at most"), "below": _("is less than"),
    "before": _("is before"), "after": _("is after"), "within": _("lies at most so many hours from"),
    "less_than": _("lies less than so many hours from"), "known": _("is known"), "place": _("lies in"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line. `name` begins the names of its inputs; `below` are the lines of a group.

    Args:
        widget: text, number, choose, many, hours, place or none: how its value is typed.
    """

    name: str
    place: str
    kind: str
    mode: str
    subject: str
    label: str
    test: str
    tests: Choices
    widget: str
    values: tuple[str, ...]
    choices: Choices
    negated: bool
    below: tuple[Row, ...]
    can_go: bool
    hint: str | Promise = ""

    @property
    def first(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def second(self) -> str:
        return self.values[1] if len(self.values) > 1 else ""

    @property
    def third(self) -> str:
        return self.values[2] if len(self.values) > 2 else ""

    @property
    def fourth(self) -> str:
        return self.values[3] if len(self.values) > 3 else ""


def rows_of(root: Node, prefix: str, library: Library, lang: str) -> Row:
    """The tree, ready to draw."""
    return _row(root, prefix, (), library, lang)


def fact_choices(facts: Iterable[FactDeclaration], lang: str) -> Choices:
    return tuple(sorted(((fact.id, fact.label.get(lang)) for fact in facts), key=lambda one: one[1].lower()))


def _row(node: Node, prefix: str, place: tuple[int, ...], library: Library, lang: str) -> Row:
    fact = library.facts.get(node.subject)
    where = ".".join(map(str, place))
    tests = tests_of(fact) if fact else ((node.test,) if node.test else ())
    test = node.test or (tests[0] if tests else "")
    widget, choices, hint = _widget(test, fact, library, lang) if node.kind == "test" else ("none", (), "")
    rules = tuple(sorted(((rule.id, rule.title.get(lang)) for rule in library.rules.values()), key=lambda one: one[1]))
    return Row(
        name=f"c:{prefix}:{where}:",
        place=f"{prefix}:{where}",
        kind=node.kind,
        mode=node.mode,
        subject=node.subject,
        label=fact.label.get(lang) if fact else node.subject,
        test=test,
        tests=tuple((one, str(_TESTS[one])) for one in dict.fromkeys((*tests, test)) if one in _TESTS),
        widget=widget,
        values=node.values,
        choices=rules if node.kind == "rule" else choices,
        negated=node.negated,
        below=tuple(_row(part, prefix, (*place, number), library, lang) for number, part in enumerate(node.below)),
        can_go=bool(place),
        hint=hint,
    )


def _widget(test: str, fact: FactDeclaration | None, library: Library, lang: str) -> tuple[str, Choices, str | Promise]:
    if test in ("known", "is_not") or (test == "is" and fact is not None and fact.type is FactType.BOOLEAN):
        return "none", (), ""
    if test in NUMBER_TESTS:
        unit = fact.unit if fact else None
        return "text", (), unit or _("a number")
    if test in ("one_of", "has") and fact is not None and fact.choices:
        words = tuple((choice.code, choice.words.get(lang)) for choice in fact.choices)
        return "many" if test == "one_of" else "choose", words, ""
    moments = [one for one in library.facts.values() if one.type in (FactType.DATE, FactType.INSTANT)]
    if test in ("within", "less_than"):
        return "hours", ((AS_OF, str(_("now"))), *fact_choices(moments, lang)), ""
    if test in ("before", "after"):
        return "text", (), _("a day (2026-11-23), “as_of” for now, or the short name of another time")
    if test == "place":
        return "place", (("", "—"), *((state, state) for state in STATE_FIPS)), ""
    return "text", (), ""
