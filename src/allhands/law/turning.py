"""Until when an assessment holds: the next instant at which time alone may change what the law says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from allhands.law.expressions import leaves
from allhands.law.expressions.scene import Expression
from allhands.law.expressions.walk import expressions_of, nodes, rules_named
from allhands.law.facts.age import BIRTH, LAST_SEEN, birthday_after, has_day
from allhands.law.judge import Judge
from allhands.law.library import Library, PackIndex
from allhands.law.values import FactValue, Number

Turn = tuple[str, Number]
"""A fact, and how many hours before or after its instant a rule turns."""


def holds_until(judge: Judge) -> datetime | None:
    """The instant after which duties, tier or questions may be others though nobody said a word; None: never.

    Early rather than late: some turns belong to rules that other facts have settled. How old a pack is does not count.
    """
    turns = (turn for index in judge.applying for turn in _turns_of(index, judge.library))
    later = [at for at in (*_instants(turns, judge.facts.values), *_days(judge)) if at >= judge.as_of]
    return min(later, default=None)


def _instants(turns: Iterator[Turn], values: Mapping[str, FactValue]) -> Iterator[datetime]:
    for fact, hours in turns:
        value = values.get(fact)
        if isinstance(value, datetime):
            yield value - timedelta(hours=hours)
            yield value + timedelta(hours=hours)


def _days(judge: Judge) -> Iterator[datetime]:
    """The next birthday, and the next day while no fact says whose day's law judges."""
    values = judge.facts.values
    born_on = values.get(BIRTH)
    if isinstance(born_on, date) and not isinstance(values.get(LAST_SEEN), datetime):
        yield birthday_after(born_on, judge.as_of)
    if not has_day(values):
        yield datetime.combine(judge.as_of.date() + timedelta(days=1), time(), UTC)


def _turns_of(index: PackIndex, library: Library) -> tuple[Turn, ...]:
    found = library.turns.get(index.pack.id)
    if found is None:
        found = library.turns[index.pack.id] = tuple(dict.fromkeys(_turns(index, library)))
    return found


def _turns(index: PackIndex, library: Library) -> Iterator[Turn]:
    """What a pack's rules, and the rules they rest on, compare with the hour of the assessment."""
    waiting, seen = list(index.rule_ids), set[str]()
    while waiting:
        rule_id = waiting.pop()
        if rule_id in seen:
            continue
        seen.add(rule_id)
        for _, expression in expressions_of(library.rules[rule_id]):
            waiting.extend(rules_named(expression))
            yield from _turns_in(expression)


def _turns_in(expression: Expression) -> Iterator[Turn]:
    for node in nodes(expression):
        if isinstance(node, leaves.Within) and node.of == leaves.AS_OF:
            yield node.fact, node.hours
        elif isinstance(node, leaves.Order) and node.bound == leaves.AS_OF:
            yield node.fact, 0
