"""The terms of a permission as inputs and back: who may tell whom what, what for, and what it leaves out. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from allhands.law import Text
from allhands.law.packs.strict_yaml import Yaml
from allhands.law.sharing_words import DATA_CLASSES, PARTIES, PURPOSES
from allhands.lawbook.editing.form import Choices, Input, shown
from allhands.lawbook.editing.paths import get, put

Posted = Mapping[str, Sequence[str]]
LISTS: Mapping[str, tuple[Text, Mapping[str, Text]]] = {
    "then.holder": (Text("Who may tell", "Quién puede informar"), PARTIES),
    "then.recipient": (Text("Whom", "A quién"), PARTIES),
    "then.data_class": (Text("What", "Qué"), DATA_CLASSES),
    "then.purpose": (Text("What for", "Para qué"), PURPOSES),
    "then.except.recipient": (Text("Except to", "Excepto a"), PARTIES),
    "then.except.data_class": (Text("Except this", "Excepto esto"), DATA_CLASSES),
    "then.except.purpose": (Text("Except for", "Excepto para"), PURPOSES),
}
_OUTCOME = Text("This is", "Esto está")
_OUTCOMES: Mapping[str, Text] = {
    "permit": Text("permitted", "permitido"),
    "conditions": Text("permitted under the conditions below", "permitido con las condiciones de abajo"),
    "deny": Text("forbidden", "prohibido"),
}
_RESTRICTS = Text("No other rule may go round it", "Ninguna otra regla puede rodearla")
_WALL = Text("A wall: no setting and no agreement lifts it", "Un muro: ningún ajuste ni acuerdo lo levanta")
_MINIMUM = Text("All that may flow, one a line (empty: what the purpose needs)",
                "Todo lo que puede pasar, uno por línea (vacío: lo que pide el fin)")  # fmt: skip


def permission_inputs(value: Mapping[str, Yaml], lang: str) -> Iterator[Input]:
    """The inputs of `then`, without its conditions."""
    root = dict(value)
    outcomes = tuple((code, words.get(lang)) for code, words in _OUTCOMES.items())
    stated = (shown(get(root, "then.outcome")),)
    open_choice = () if stated[0] else (("", "—"),)  # or a browser would send the first as if it had been chosen
    choices = (*open_choice, *outcomes)
    yield Input(name="then.outcome", label=_OUTCOME.get(lang), kind="choose", values=stated, choices=choices)
    for name, (label, words) in LISTS.items():
        chosen = _listed(get(root, name))
        yield Input(name=name, label=label.get(lang), kind="many", values=chosen, choices=_choices(words, chosen, lang))
    for name, label in (("then.restricts", _RESTRICTS), ("then.wall", _WALL)):
        yield Input(name=name, label=label.get(lang), kind="check", values=(shown(get(root, name)),))
    lines = "\n".join(_listed(get(root, "then.minimum")))
    yield Input(name="then.minimum", label=_MINIMUM.get(lang), kind="long", values=(lines,), most=4000)


def _choices(words: Mapping[str, Text], chosen: tuple[str, ...], lang: str) -> Choices:
    """What may be chosen by its words; a code that nobody knows stays, for the lint to say so."""
    known = sorted(((code, one.get(lang)) for code, one in words.items()), key=lambda one: one[1].casefold())
    return (*known, *((code, code) for code in chosen if code not in words))


def _listed(value: Yaml) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(shown(one) for one in value)
    return (shown(value),) if value is not None else ()


def read_permission(value: dict[str, Yaml], posted: Posted) -> None:
    """Put what was typed into the rule. A list that stays as it was keeps the way it was written."""
    for name in (name for name in LISTS if name in posted):
        chosen = [code for code in posted[name] if code]
        if sorted(chosen) != sorted(_listed(get(value, name))):
            put(value, name, chosen[0] if len(chosen) == 1 else list[Yaml](chosen) or None)
    if isinstance(then := value.get("then"), dict) and then.get("except") == {}:
        del then["except"]
    if "then.minimum" in posted:
        lines = [line.strip() for line in posted["then.minimum"][-1].splitlines() if line.strip()]
        put(value, "then.minimum", list[Yaml](lines) or None)
