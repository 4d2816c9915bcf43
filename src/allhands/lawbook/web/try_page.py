"""A rule of a draft tried with facts: its answer, that of the law in force, and keeping the facts as a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from allhands.access import api as access
from allhands.kernel.instants import parse_instant
from allhands.law import (
    JSON,
    FactDeclaration,
    Facts,
    FactsError,
    FactType,
    Library,
    RuleKind,
    Verdict,
    assess,
    parse_facts,
)
from allhands.law.judge import Judge
from allhands.law.packs.strict_yaml import Yaml, read_yaml
from allhands.lawbook import checking, queries
from allhands.lawbook.actions.drafts import SaveFile, save_file
from allhands.lawbook.contracts import DraftView
from allhands.lawbook.editing.form import Input
from allhands.lawbook.pack_text import write_yaml
from allhands.lawbook.web.rule_page import form_page
from allhands.platform import packs
from allhands.platform.web.asking import require_actor
from allhands.ui.wording import as_lang

_MANY = 40  # facts a page asks at most; no rule of this house rests on more


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a library says to the facts."""

    verdict: Verdict | None
    due: datetime | None
    missing: tuple[str, ...]


@form_page
def try_rule(request: HttpRequest, draft_id: str, folder: str, name: str) -> HttpResponse:
    """Facts in, answers out. By GET nothing is kept; by POST the facts become a case of the draft."""
    actor, lang = require_actor(request), as_lang(get_language())
    access.check_draft_law(actor)
    draft = queries.get_draft(draft_id)
    library = checking.check(draft.pack_id, queries.texts_of(draft_id)).library
    rule_id = f"{draft.pack_id}.{name}"
    if f"{folder}/{name}.yaml" not in queries.list_files(draft_id):
        raise Http404
    typed = request.POST if request.method == "POST" else request.GET
    context: dict[str, object] = {"draft": draft, "folder": folder, "name": name, "ready": library is not None}
    if library is not None and rule_id in library.rules:
        asked = [library.facts[fact] for fact in sorted(library.facts_behind(rule_id))][:_MANY]
        as_of = _instant(typed.get("as_of", "")) or timezone.now().replace(microsecond=0)
        raw = {fact.id: _value(fact, typed.get(fact.id, "")) for fact in asked if typed.get(fact.id)}
        facts, faults = _facts(raw, library, as_of)
        if request.method == "POST" and facts is not None:
            _keep(request, draft, name, _case(typed.get("case", ""), rule_id, as_of, raw, library, facts))
            return redirect("law-rule", draft_id, folder, name)
        context |= {
            "title": library.rules[rule_id].title.get(lang),
            "as_of": as_of.isoformat(),
            "inputs": [_input(fact, typed.get(fact.id, ""), faults, lang) for fact in asked],
            "answer": _answer(rule_id, library, facts, as_of) if facts is not None and raw else None,
            "before": _answer(rule_id, packs.library(), facts, as_of) if facts is not None and raw else None,
        }
    return render(request, "lawbook/try.html", context)


@require_POST
def drop_case(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Take a case away that the changed law no longer answers like before; what changed in words stays to be read."""
    actor = require_actor(request)
    access.check_draft_law(actor)
    path, _colon, place = request.POST.get("case", "").partition(":")
    file, number = queries.list_files(draft_id).get(path), place.removeprefix("cases[").removesuffix("]")
    value = read_yaml((file.text or "").encode(), path).value if file else None
    cases = value.get("cases") if isinstance(value, dict) else None
    if file is None or not isinstance(cases, list) or not number.isdigit() or int(number) >= len(cases):
        raise Http404
    kept = [case for at, case in enumerate(cases) if at != int(number)]
    text = write_yaml({"cases": kept}) if kept else None
    command = SaveFile(draft_id=draft_id, path=path, text=text, revision=file.revision)
    save_file(actor, command, timezone.now())
    return redirect("law-draft", draft_id)


def _instant(text: str) -> datetime | None:
    try:
        return parse_instant(text.strip()) if text.strip() else None
    except (ValueError, OverflowError):
        return None


def _value(fact: FactDeclaration, text: str) -> JSON:
    """What was typed, as JSON would write it; text that does not fit stays text, and the law room says what fits."""
    text = text.strip()
    if fact.type is FactType.BOOLEAN:
        return {"yes": True, "no": False}.get(text, text)
    if fact.type in (FactType.INTEGER, FactType.QUANTITY):
        return int(text) if text.lstrip("-").isdigit() and len(text) < 9 else text
    if fact.type is FactType.PLACE:
        return {"state": text.upper()} if len(text) == 2 else {"nation": text}
    return [text] if fact.many else text


def _facts(raw: dict[str, JSON], library: Library, as_of: datetime) -> tuple[Facts | None, dict[str, str]]:
    try:
        return parse_facts(raw, library.facts, as_of=as_of), {}
    except FactsError as error:
        return None, {finding.path.removeprefix("facts."): finding.message for finding in error.findings}


def _answer(rule_id: str, library: Library, facts: Facts, as_of: datetime) -> Answer | None:
    """None when these packs have no such rule."""
    rule = library.rules.get(rule_id)
    if rule is None or rule.kind is RuleKind.PERMISSION:
        return None
    world = min(library.pack(rule.pack_id).worlds, key=("live", "demo", "drill").index)
    known = {name: value for name, value in facts.values.items() if name in library.facts}
    known_facts = Facts.of(known)
    judge = Judge(library, known_facts, as_of=as_of, world=world)
    is_duty = rule.kind is RuleKind.DUTY
    verdict = judge.duty_verdict(rule)[0] if is_duty else judge.verdict(rule_id)
    results = assess(known_facts, library, as_of=as_of, world=world).duties if is_duty else ()
    due = next((duty for duty in results if duty.rule_id == rule_id), None)
    return Answer(
        verdict=Verdict.of(verdict),
        due=due.due_at if due else None,
        missing=tuple(library.facts[fact].label.en for fact in (due.missing if due else ())),
    )


def _case(
    title: str, rule_id: str, as_of: datetime, raw: dict[str, JSON], library: Library, facts: Facts
) -> dict[str, Yaml]:
    answer = _answer(rule_id, library, facts, as_of)
    said: Yaml = {Verdict.TRUE: True, Verdict.FALSE: False}.get(answer.verdict) if answer and answer.verdict else None
    expect: dict[str, Yaml] = {"verdict": "unknown" if said is None else said}
    if answer and answer.due is not None:
        expect["due_at"] = answer.due.isoformat()
    kept: dict[str, Yaml] = {name: _as_yaml(value) for name, value in raw.items()}
    return {
        "name": title.strip()[:120] or _("tried in the editor"), "rule": rule_id, "as_of": as_of.isoformat(),
        "facts": kept, "expect": expect,
    }  # fmt: skip


def _as_yaml(value: JSON) -> Yaml:
    if isinstance(value, dict):
        return {key: _as_yaml(one) for key, one in value.items()}
    return [_as_yaml(one) for one in value] if isinstance(value, list) else value


def _keep(request: HttpRequest, draft: DraftView, name: str, case: dict[str, Yaml]) -> None:
    path = f"cases/{name}.cases.yaml"
    file = queries.list_files(draft.id).get(path)
    value = read_yaml((file.text or "").encode(), path).value if file else None
    listed = value.get("cases") if isinstance(value, dict) else None
    text = write_yaml({"cases": [*(listed if isinstance(listed, list) else []), case]})
    command = SaveFile(draft_id=draft.id, path=path, text=text, revision=file.revision if file else 0)
    save_file(require_actor(request), command, timezone.now())


def _input(fact: FactDeclaration, typed: str, faults: dict[str, str], lang: str) -> Input:
    choices: tuple[tuple[str, str], ...] = ()
    if fact.type is FactType.BOOLEAN:
        choices = (("", _("not known")), ("yes", _("yes")), ("no", _("no")))
    elif fact.choices:
        choices = (("", _("not known")), *((one.code, one.words.get(lang)) for one in fact.choices))
    hints = {
        FactType.INSTANT: _("with its offset: 2026-11-24T02:00:00-06:00"),
        FactType.DATE: "2026-11-24",
        FactType.PLACE: _("a State's two letters, or a nation's short name"),
    }
    return Input(
        name=fact.id, label=fact.label.get(lang), kind="choose" if choices else "text", values=(typed,),
        choices=choices, hint=hints.get(fact.type, ""), faults=(faults[fact.id],) if fact.id in faults else (),
    )  # fmt: skip
