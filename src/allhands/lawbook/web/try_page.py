"""A rule of a draft tried with facts: its answer, that of the law in force, and keeping the facts as a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from allhands.access import api as access
from allhands.agencies import api as agencies
from allhands.law import (
    JSON,
    FactDeclaration,
    Facts,
    FactsError,
    FactType,
    Library,
    Pack,
    RuleKind,
    Verdict,
    assess,
    parse_facts,
)
from allhands.law.judge import Judge
from allhands.law.speaking import PLACE_FACTS
from allhands.lawbook import checking, queries
from allhands.lawbook.editing.form import Input
from allhands.lawbook.web.cases_page import keep_case, kept_case
from allhands.lawbook.web.rule_page import form_page
from allhands.lawbook.web.times import read_local, shown_local, told
from allhands.platform import packs
from allhands.platform.web.asking import require_actor
from allhands.ui.wording import Lang, as_lang

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
        zone, as_of_typed = agencies.zone_of(actor), typed.get("as_of", "").strip()
        as_of = read_local(as_of_typed, zone) if as_of_typed else timezone.now().replace(second=0, microsecond=0)
        raw = {fact.id: _value(fact, typed.get(fact.id, ""), zone) for fact in asked if typed.get(fact.id)}
        if raw and not any(fact.id in PLACE_FACTS for fact in asked):
            raw |= _where(library.pack(draft.pack_id))
        facts, faults = _facts(raw, library, as_of or timezone.now())
        found = _answer(rule_id, library, facts, as_of, lang) if as_of and facts is not None and raw else None
        if request.method == "POST" and as_of and found:
            title = typed.get("case", "").strip() or _("tried in the editor")
            keep_case(actor, draft, name, kept_case(title, rule_id, as_of, raw, found.verdict, found.due))
            return redirect("law-rule", draft_id, folder, name)
        before = _answer(rule_id, packs.library(), facts, as_of, lang) if as_of and facts is not None and raw else None
        context |= {
            "title": library.rules[rule_id].title.get(lang),
            "as_of": Input(
                name="as_of",
                label=_("Judged at"),
                values=(shown_local(as_of, zone) if as_of else as_of_typed,),
                hint=_when_hint(zone),
                faults=() if as_of else (_when_fault(),),
            ),
            "inputs": [_input(fact, typed.get(fact.id, ""), faults, zone, lang) for fact in asked],
            "has_faults": bool(faults) or as_of is None,
            "answer": found,
            "before": before,
            "due": told(found.due, actor, lang) if found and found.due else "",
            "due_before": told(before.due, actor, lang) if before and before.due else "",
        }
    return render(request, "lawbook/try.html", context)


def _where(pack: Pack) -> dict[str, JSON]:
    """The place where the pack speaks; without it no duty of the pack has a time."""
    if not pack.applies or any(one.always for one in pack.applies):
        return {}
    here = pack.applies[0]
    place: JSON = {"state": here.state} if here.state else {"nation": here.nation, "indian_country": True}
    return {"place.last_seen": place}


def _value(fact: FactDeclaration, text: str, zone: ZoneInfo) -> JSON:
    """What was typed, as JSON would write it; text that does not fit stays text, and the law room says what fits."""
    text = text.strip()
    if fact.type is FactType.INSTANT:
        instant = read_local(text, zone)
        return instant.isoformat() if instant else text
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
        wrong = [finding.path.removeprefix("facts.").partition("[")[0] for finding in error.findings]
        return None, {name: _fault(library.facts[name]) for name in wrong if name in library.facts}


def _fault(fact: FactDeclaration) -> str:
    words = {
        FactType.INSTANT: _when_fault(),
        FactType.DATE: _("Write a day as year-month-day, such as 2026-11-23."),
        FactType.INTEGER: _("Write a whole number, such as 12."),
        FactType.QUANTITY: _("Write a number, such as 12."),
        FactType.PLACE: _("Write a State's two letters, or a nation's short name."),
    }
    return words.get(fact.type, _("Choose one of the list."))


def _when_fault() -> str:
    return _("Write day and time, such as 2026-11-24 02:00.")


def _when_hint(zone: ZoneInfo) -> str:
    return _("Day and time where you work (%(zone)s), such as 2026-11-24 02:00") % {"zone": zone.key}


def _answer(rule_id: str, library: Library, facts: Facts, as_of: datetime, lang: Lang) -> Answer | None:
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
        missing=tuple(library.facts[fact].label.get(lang) for fact in (due.missing if due else ())),
    )


def _input(fact: FactDeclaration, typed: str, faults: dict[str, str], zone: ZoneInfo, lang: Lang) -> Input:
    choices: tuple[tuple[str, str], ...] = ()
    if fact.type is FactType.BOOLEAN:
        choices = (("", _("not known")), ("yes", _("yes")), ("no", _("no")))
    elif fact.choices:
        choices = (("", _("not known")), *((one.code, one.words.get(lang)) for one in fact.choices))
    hints = {
        FactType.INSTANT: _when_hint(zone),
        FactType.DATE: _("Year-month-day, such as 2026-11-23"),
        FactType.PLACE: _("a State's two letters, or a nation's short name"),
    }
    return Input(
        name=fact.id, label=fact.label.get(lang), kind="choose" if choices else "text", values=(typed,),
        choices=choices, hint=hints.get(fact.type, ""), faults=(faults[fact.id],) if fact.id in faults else (),
    )  # fmt: skip
