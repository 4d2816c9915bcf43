"""Builds expression trees from YAML, one operator a mapping; equal leaves become one shared node."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from allhands.kernel.findings import Finding, Level
from allhands.kernel.instants import parse_instant
from allhands.law.expressions import branches, leaves
from allhands.law.expressions.scene import Expression
from allhands.law.packs.fields import Fields, nearest, type_words
from allhands.law.packs.strict_yaml import Yaml
from allhands.law.places import Place, place_problem
from allhands.law.values import FactValue, Number

ALWAYS = branches.Always()


class ExpressionReader:
    """Reads the expressions of one library and shares what is equal among them."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        self._shared: dict[tuple[type, str], Expression] = {}

    def read(self, value: Yaml, path: str) -> Expression:
        """The tree for `value`; ALWAYS stands in for what could not be read, beside a finding."""
        if not isinstance(value, dict) or len(value) != 1:
            self.error(
                "pack.wrong-type", f"one operator with its operand is expected here, not {_size_words(value)}", path
            )
            return ALWAYS
        operator, operand = next(iter(value.items()))
        reader = _OPERATORS.get(operator)
        if reader is None:
            known = ", ".join(_OPERATORS)
            message = f'"{operator}" is no operator{nearest(operator, _OPERATORS)}; allowed: {known}'
            self.error("pack.unknown-operator", message, path)
            return ALWAYS
        return self._share(reader(self, operand, f"{path}.{operator}", operator))

    def _share(self, node: Expression) -> Expression:
        return self._shared.setdefault((type(node), repr(node)), node)

    def error(self, code: str, message: str, path: str) -> None:
        self.findings.append(Finding(path=path, code=code, level=Level.ERROR, message=message))

    def fields(self, value: Yaml, path: str) -> Fields:
        return Fields(value, path, self.findings)

    def word(self, value: Yaml, path: str) -> str:
        if not isinstance(value, str):
            self.error("pack.wrong-type", f"an id is expected here, not {type_words(value)}", path)
            return ""
        return value


def _size_words(value: Yaml) -> str:
    return f"{len(value)} operators side by side" if isinstance(value, dict) else type_words(value)


def _children(reader: ExpressionReader, value: Yaml, path: str) -> tuple[Expression, ...]:
    if not isinstance(value, list) or not value:
        reader.error("pack.wrong-type", f"a list of expressions is expected here, not {type_words(value)}", path)
        return ()
    return tuple(reader.read(item, f"{path}[{number}]") for number, item in enumerate(value))


def _all(reader: ExpressionReader, value: Yaml, path: str, operator: str) -> Expression:
    return branches.All(_children(reader, value, path))


def _any(reader: ExpressionReader, value: Yaml, path: str, operator: str) -> Expression:
    return branches.AnyOf(_children(reader, value, path))


def _not(reader: ExpressionReader, value: Yaml, path: str, operator: str) -> Expression:
    return branches.Not(reader.read(value, path))


def _fact_value(value: Yaml, fields: Fields, key: str) -> FactValue:
    if isinstance(value, bool | int | float | str | date):
        return value
    fields.error("pack.wrong-type", f"one value is expected here, not {type_words(value)}", fields.at(key))
    return ""


def _equals(reader: ExpressionReader, value: Yaml, path: str, operator: str) -> Expression:
    fields = reader.fields(value, path)
    node = leaves.Equals(fields.string("fact"), _fact_value(fields.raw("value"), fields, "value"))
    fields.done()
    return node


def _true(reader: ExpressionReader, value: Yaml, path: str, operator: str) -> Expression:
    return leaves.Equals(reader.word(value, path), value=True)


def _in(reader: ExpressionReader, value: Yaml, path: str, operator: str) -> Expression:
    fields = reader.fields(value, path)
    items = tuple(_fact_value(item, fields, "values") for _, item in fields.items("values", required=True))
    node = leaves.IsIn(fields.string("fact"), items)
    fields.done()
    return node


def _contains(reader: ExpressionReader, value: Yaml, path: str, operator: str) -> Expression:
    fields = reader.fields(value, path)
    node = leaves.Contains(fields.string("fact"), fields.string("value"))
    fields.done()
    return node


def _number(value: Yaml, fields: Fields, key: str) -> Number | leaves.Setting:
    if isinstance(value, dict):
        inner = Fields(value, fields.at(key), fields.findings)
        setting = leaves.Setting(inner.string("setting"))
        inner.done()
        return setting
    if isinstance(value, bool) or not isinstance(value, int | float):
        message = f"a number (or {{setting: name}}) is expected here, not {type_words(value)}"
        fields.error("pack.wrong-type", message, fields.at(key))
        return 0
    return value


def _compare(reader: ExpressionReader, value: Yaml, path: str, operator: str) -> Expression:
    fields = reader.fields(value, path)
    node = leaves.Compare(fields.string("fact"), operator, _number(fields.raw("value"), fields, "value"))
    fields.done()
    return node


def _order(reader: ExpressionReader, value: Yaml, path: str, operator: str) -> Expression:
    fields = reader.fields(value, path)
    other = fields.optional_string("other")
    bound = other if other is not None else _instant(fields)
    node = leaves.Order(fields.string("fact"), operator == "before", bound)
    fields.done()
    return node


def _instant(fields: Fields) -> date | datetime | str:
    value = fields.raw("instant")
    if value == leaves.AS_OF or isinstance(value, date):
        return value
    try:
        return parse_instant(value if isinstance(value, str) else "")
    except ValueError:
        message = (
            '"instant" is a day, an instant with its offset in quotes, or as_of; or name another fact under "other"'
        )
        fields.error("pack.wrong-type", message, fields.at("instant"))
        return leaves.AS_OF


def _within(reader: ExpressionReader, value: Yaml, path: str, operator: str) -> Expression:
    fields = reader.fields(value, path)
    open_end = fields.has("less_than_hours")
    key = "less_than_hours" if open_end else "hours"
    hours = _number(fields.raw(key), fields, key)
    if isinstance(hours, leaves.Setting):
        fields.error("pack.wrong-type", f"{key} is a plain number here", fields.at(key))
        hours = 0
    node = leaves.Within(fields.string("fact"), fields.string("of"), hours, open_end)
    fields.done()
    return node


def _setting_is(reader: ExpressionReader, value: Yaml, path: str, operator: str) -> Expression:
    fields = reader.fields(value, path)
    number = _number(fields.raw("value"), fields, "value")
    node = leaves.SettingIs(fields.string("name"), 0 if isinstance(number, leaves.Setting) else number)
    fields.done()
    return node


def _known(reader: ExpressionReader, value: Yaml, path: str, operator: str) -> Expression:
    return leaves.Known(reader.word(value, path))


def _rule(reader: ExpressionReader, value: Yaml, path: str, operator: str) -> Expression:
    return branches.RuleHolds(reader.word(value, path))


def _place(reader: ExpressionReader, value: Yaml, path: str, operator: str) -> Expression:
    fields = reader.fields(value, path)
    country = fields.raw("indian_country")
    place = Place(
        state=fields.optional_string("state"),
        county_fips=fields.optional_string("county_fips"),
        nation=fields.optional_string("nation"),
        indian_country=country if isinstance(country, bool) else None,
    )
    _check_place(place, fields, country)
    fact = fields.string("fact")
    fields.done()
    return leaves.PlaceIs(fact, place.state, place.county_fips, place.nation, place.indian_country)


def _check_place(place: Place, fields: Fields, country: Yaml) -> None:
    if country is not None and not isinstance(country, bool):
        fields.error("pack.wrong-type", "indian_country is true or false", fields.at("indian_country"))
    problem = place_problem(place)
    if problem is not None:
        fields.error("pack.unknown-place", problem[1], fields.at(problem[0]))
    if place == Place():
        fields.error("pack.missing-key", "name at least one of state, county_fips, nation, indian_country")


def _always(reader: ExpressionReader, value: Yaml, path: str, operator: str) -> Expression:
    if value is not True:
        reader.error("pack.wrong-type", "always is written {always: true}", path)
    return ALWAYS


_OperatorReader = Callable[[ExpressionReader, Yaml, str, str], Expression]
_OPERATORS: Mapping[str, _OperatorReader] = MappingProxyType(
    {
        "all": _all,
        "any": _any,
        "not": _not,
        "equals": _equals,
        "true": _true,
        "in": _in,
        "contains": _contains,
        "at_least": _compare,
        "above": _compare,
        "at_most": _compare,
        "below": _compare,
        "before": _order,
        "after": _order,
        "within": _within,
        "known": _known,
        "setting": _setting_is,
        "rule": _rule,
        "place": _place,
        "always": _always,
    }
)
OPERATORS = tuple(_OPERATORS)
