"""Cases: what a rule must say for given facts. Read, run against the library, and counted for what they cover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from allhands.kernel.instants import parse_instant
from allhands.law.assess import assess
from allhands.law.assessment import DutyResult
from allhands.law.codes import OUTCOMES, TIERS
from allhands.law.expressions.scene import missing_of
from allhands.law.facts.known import Facts, FactsError
from allhands.law.facts.reading import parse_facts
from allhands.law.judge import Judge
from allhands.law.library import Library, with_settings
from allhands.law.packs.directory import CASES_SUFFIX, PackSet
from allhands.law.packs.fields import Fields, nearest
from allhands.law.packs.strict_yaml import as_json
from allhands.law.permission import PermissionResult, Permissions, SharingError
from allhands.law.rules import Pack, Rule, RuleKind
from allhands.law.values import Number, Verdict

_VERDICTS = {True: Verdict.TRUE, False: Verdict.FALSE, "unknown": Verdict.UNKNOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a case demands; None (or an absent name in `stated`) demands nothing."""

    stated: frozenset[str]
    verdict: Verdict | None
    missing: tuple[str, ...]
    assumed: tuple[str, ...]
    due_at: datetime | None
    clock_starts_at: datetime | None
    governs: bool
    tier: str | None
    sharing: str | None
    minimum: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a case of a permission asks: the words of `Permissions.ask`."""

    holder: str
    data_class: str
    recipient: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case, ready to run; `share` only for permissions, `settings` where the packs' own numbers are not meant."""

    path: str
    name: str
    rule: Rule | None
    pack: Pack
    as_of: datetime
    facts: Facts
    settings: Mapping[str, Number]
    share: Question | None
    expect: Expectation


def read_cases(found: PackSet, library: Library) -> Iterator[Case]:
    """Every case of every pack; what could not be read is left out, beside its finding."""
    for path, pack_id, value in found.cases:
        document = Fields(value, path, found.findings)
        for item_path, item in document.items("cases", required=True):
            case = _CaseReader(Fields(item, item_path, found.findings), library, library.pack(pack_id)).read(path)
            if case is not None:
                yield case
        document.done()


class _CaseReader:
    def __init__(self, fields: Fields, library: Library, pack: Pack) -> None:
        self._fields, self._library, self._pack = fields, library, pack

    def read(self, path: str) -> Case | None:
        fields = self._fields
        before = len(fields.findings)
        name = fields.string("name")
        as_of = _instant(fields, "as_of")
        rule = self._rule(path)
        facts = self._facts(as_of)
        settings = self._settings()
        share = fields.optional_sub("share")
        question = None if share is None else _read_question(share)
        expect = fields.sub("expect")
        fields.optional_string("authority"), fields.optional_string("notes")
        expectation = None if expect is None else _read_expectation(expect)
        fields.done()
        if len(fields.findings) > before or as_of is None or facts is None or expectation is None:
            return None
        return Case(
            path=fields.path,
            name=name,
            rule=rule,
            pack=self._pack,
            as_of=as_of,
            facts=facts,
            settings=settings,
            share=question,
            expect=expectation,
        )

    def _rule(self, path: str) -> Rule | None:
        """The rule that is named, or the one whose name the file has."""
        named = self._fields.optional_string("rule")
        if named is not None and named not in self._library.rules:
            message = f"the rule {named!r} is in no pack{nearest(named, self._library.rules)}"
            self._fields.error("pack.unknown-rule", message, self._fields.at("rule"))
        stem = path.rpartition("/")[2].removesuffix(CASES_SUFFIX)
        return self._library.rules.get(named or f"{self._pack.id}.{stem}")

    def _facts(self, as_of: datetime | None) -> Facts | None:
        fields = self._fields.sub("facts")
        if fields is None or as_of is None:
            return None
        raw = {key: as_json(fields.raw(key)) for key in fields.names()}
        try:
            return parse_facts(raw, self._library.facts, as_of=as_of)
        except FactsError as error:
            for finding in error.findings:
                self._fields.error("pack.case-facts", f"{finding.path}: {finding.message}")
            return None

    def _settings(self) -> Mapping[str, Number]:
        fields = self._fields.optional_sub("settings")
        chosen: dict[str, Number] = {}
        if fields is None:
            return chosen
        for name in fields.names():
            number = fields.raw(name)
            if name not in self._library.settings:
                message = f"no pack has the setting {name!r}{nearest(name, self._library.settings)}"
                fields.error("pack.unknown-setting", message, fields.at(name))
            elif isinstance(number, bool) or not isinstance(number, int | float):
                fields.error("pack.wrong-type", "a setting is a number", fields.at(name))
            else:
                chosen[name] = number
        return chosen


def _read_question(fields: Fields) -> Question:
    question = Question(
        holder=fields.string("holder"),
        data_class=fields.string("data_class"),
        recipient=fields.string("recipient"),
        purpose=fields.string("purpose"),
    )
    fields.done()
    return question


def _instant(fields: Fields, key: str) -> datetime | None:
    text = fields.string(key)
    try:
        return parse_instant(text) if text else None
    except (ValueError, OverflowError):
        message = f"{text!r} is no instant; write it with its offset, in quotes: 2026-11-24T02:00:00-06:00"
        fields.error("pack.wrong-type", message, fields.at(key))
        return None


_EXPECTATIONS = frozenset(
    {"verdict", "missing", "assumed", "due_at", "clock_starts_at", "governs", "tier", "sharing", "minimum"}
)


def _read_expectation(fields: Fields) -> Expectation:
    stated = frozenset(fields.names()) & _EXPECTATIONS
    if not stated:
        fields.error("pack.missing-key", f"say what to expect; one of {', '.join(sorted(_EXPECTATIONS))}")
    expectation = Expectation(
        stated=stated,
        verdict=_read_verdict(fields),
        missing=fields.strings("missing"),
        assumed=fields.strings("assumed"),
        due_at=_instant(fields, "due_at") if fields.has("due_at") else None,
        clock_starts_at=_instant(fields, "clock_starts_at") if fields.has("clock_starts_at") else None,
        governs=fields.boolean("governs", default=False),
        tier=fields.code("tier", TIERS, "pack.unknown-tier") if fields.has("tier") else None,
        sharing=fields.code("sharing", OUTCOMES | {"not_read"}) if fields.has("sharing") else None,
        minimum=fields.strings("minimum"),
    )
    fields.raw("due_at"), fields.raw("clock_starts_at"), fields.raw("tier"), fields.raw("sharing")
    fields.done()
    return expectation


def _read_verdict(fields: Fields) -> Verdict | None:
    raw = fields.raw("verdict")
    if raw is None:
        return None
    if isinstance(raw, bool) or raw == "unknown":
        return _VERDICTS[raw]
    fields.error("pack.wrong-type", "a verdict is true, false or unknown", fields.at("verdict"))
    return None


def run_case(case: Case, library: Library) -> Iterator[str]:
    """What came out differently from what the case expects, in words."""
    world = world_of(case)
    library = with_settings(library, case.settings)
    if case.expect.tier is not None:
        level = assess(case.facts, library, as_of=case.as_of, world=world).tier.level
        if level != case.expect.tier:
            yield f"tier {case.expect.tier} expected, {level} found"
    if case.rule is None:
        if case.expect.stated - {"tier"}:
            yield "the case names no rule, and no rule has the file's name"
        return
    if case.share is not None or case.expect.sharing is not None:
        yield from _run_permission(case, library, world)
    else:
        yield from _run_rule(case, case.rule, library, world)


def world_of(case: Case) -> str:
    """The world in which the case's pack speaks, live if it does there."""
    return min(case.pack.worlds, key=("live", "demo", "drill").index)


def ask_of_case(case: Case, library: Library, world: str) -> PermissionResult | None:
    """The answer to a case's question; None when it asks none.

    Raises:
        SharingError: the question has a word that no rule may use.
    """
    if case.share is None:
        return None
    ask = case.share
    permissions = Permissions(library, facts=case.facts, as_of=case.as_of, world=world)
    return permissions.ask(holder=ask.holder, data_class=ask.data_class, recipient=ask.recipient, purpose=ask.purpose)


def _run_permission(case: Case, library: Library, world: str) -> Iterator[str]:
    try:
        found = ask_of_case(case, library, world)
    except SharingError as error:
        yield str(error)
        return
    if found is None or case.expect.sharing is None:
        yield "a question (share:) and the answer it expects (sharing:) belong together"
        return
    if found.verdict != case.expect.sharing:
        yield f"{case.expect.sharing} expected, {found.verdict} found, by {', '.join(found.rule_ids) or 'no rule'}"
    if "missing" in case.expect.stated:
        yield from _compare_missing(case.expect.missing, found.missing)
    if "minimum" in case.expect.stated and found.minimum != case.expect.minimum:
        yield f"at most {', '.join(case.expect.minimum)} expected, {', '.join(found.minimum) or 'no list'} found"


def _run_rule(case: Case, rule: Rule, library: Library, world: str) -> Iterator[str]:
    expect = case.expect
    judge = Judge(library, case.facts, as_of=case.as_of, world=world)
    is_duty = rule.kind is RuleKind.DUTY
    verdict, assumed = judge.duty_verdict(rule) if is_duty else (judge.verdict(rule.id), ())
    if expect.verdict is not None and Verdict.of(verdict) is not expect.verdict:
        yield f"verdict {expect.verdict.value} expected, {Verdict.of(verdict).value} found"
    if "missing" in expect.stated:
        levers = judge.open_facts_of_duty(rule, verdict, assumed) if is_duty else judge.open_facts(rule)
        yield from _compare_missing(expect.missing, missing_of(levers))
    if not expect.stated & {"assumed", "due_at", "clock_starts_at", "governs"}:
        return
    duties = {duty.rule_id: duty for duty in assess(case.facts, library, as_of=case.as_of, world=world).duties}
    if rule.id in duties:
        yield from _compare(expect, duties[rule.id])
    else:
        yield "no such duty is assessed: it is false, not in force that day, or its pack does not speak here"


def _compare_missing(wanted: tuple[str, ...], found: tuple[str, ...]) -> Iterator[str]:
    """A case names the facts that matter to it; the rule may miss more."""
    absent = [fact for fact in wanted if fact not in found]
    if absent or (not wanted and found):
        yield f"missing {', '.join(wanted) or 'nothing'} expected, {', '.join(found) or 'nothing'} found"


def _compare(expect: Expectation, result: DutyResult) -> Iterator[str]:
    found = {
        "assumed": tuple(sorted(result.assumed)),
        "due_at": result.due_at,
        "clock_starts_at": result.clock_starts_at,
        "governs": result.governs,
    }
    wanted = {
        "assumed": tuple(sorted(expect.assumed)),
        "due_at": expect.due_at,
        "clock_starts_at": expect.clock_starts_at,
        "governs": expect.governs,
    }
    for key in sorted(expect.stated & set(found)):
        if found[key] != wanted[key]:
            yield f"{key} {_words(wanted[key])} expected, {_words(found[key])} found"


def _words(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
