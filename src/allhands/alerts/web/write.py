"""Write the alert: one content, two languages side by side, and the harm check beside each sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from allhands.agencies.presenting import Reader
from allhands.alerts import api as alerts
from allhands.alerts import assembling, consents, drafting, harm, presenting, queries
from allhands.alerts.contracts import Language
from allhands.alerts.web import wordings
from allhands.alerts.web.opened import Opened, open_alert, steps
from allhands.kernel.errors import Refused
from allhands.ui.components.error_summary.presenter import Problem
from allhands.wire import wea

_HOURS: Final = (2, 6, 12, 24, 48, 72)


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmLine:
    """One finding with its one-click rewording."""

    number: int
    words: str
    why: str
    instead: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One sentence in one language."""

    name: str
    label: str
    hint: str
    value: str
    longest: int
    lang: str
    harm: tuple[HarmLine, ...]
    fault: str
    is_required: bool


@require_http_methods(["GET", "POST"])
def words(request: HttpRequest, alert_id: str) -> HttpResponse:
    """Is this what people will read?"""
    opened = open_alert(request, alert_id, to_write=True)
    draft, version, problems = opened.draft, opened.alert.version, list[Problem]()
    if request.method == "POST":
        draft, problems = _read(request.POST, opened)
        draft = _mended(request.POST, draft, opened)
        version = _version(request.POST)
        if not problems:
            try:
                version = alerts.save(opened.reader.actor, alert_id, draft, version, opened.reader.now)
                if request.POST.get("next") == "area":
                    return redirect("alert-area", alert_id=alert_id)
                if "reword" not in request.POST:
                    return redirect("alert-write", alert_id=alert_id)
            except Refused as refused:
                problems = [presenting.problem_of(refused)]
                newest = queries.find_alert(alert_id)
                version = newest.version if newest else version
    return render(
        request,
        "alerts/write.html",
        _context(opened, draft, version, problems),
        status=422 if problems else 200,
    )


def _context(opened: Opened, draft: drafting.Draft, version: int, problems: list[Problem]) -> dict[str, object]:
    reader = opened.reader
    held = consents.on_record(opened.alert, reader.now)
    lacks = drafting.lacks(draft, now=reader.now, zone=opened.zone, on_record=held)
    # Nothing is marked as missing on a page that nobody has written on yet; the harm check always speaks.
    marked = lacks if problems or opened.alert.version > 1 or draft != opened.draft else ()
    found = drafting.look_through(draft, now=reader.now, zone=opened.zone)
    routes = assembling.callable_routes(assembling.number_owners(opened.alert))
    return {
        "opened": opened,
        "alert": opened.alert,
        "draft": draft,
        "version": version,
        "steps": steps(opened, "alert-write"),
        "columns": [(lang, _fields(draft, lang, found, marked, reader)) for lang in drafting.LANGUAGES],
        "name_harm": _harm_lines(found, "name", "en", reader),
        "seen": _local(draft.seen_at, opened),
        "zone": reader.now.astimezone(opened.zone).tzname(),
        "routes": [(one.id, reader.agency_name(one.agency_id), assembling.shown_number(one.address)) for one in routes],
        "photo": wordings.photo_of(opened),
        "hours": _HOURS,
        "cards": wordings.card_lines(opened, draft, held),
        "demands": [(code, wordings.harm_words(code), draft.demanded.get(code, "")) for code in _codes(found, draft)],
        "lacks": {lack.field: wordings.lack_words(lack.code) for lack in reversed(marked)},
        "counts": _counts(draft, opened),
        "saved": reader.moment(opened.alert.changed_at),
        "summary": presenting.summary_of(problems),
        "english_only_needed": not all(draft.text("es", name) for name in drafting.REQUIRED),
    }


def _codes(found: tuple[harm.Finding, ...], draft: drafting.Draft) -> list[str]:
    return sorted({one.code for one in found if one.code in harm.DEMANDABLE} | set(draft.demanded))


def _fields(
    draft: drafting.Draft,
    lang: Language,
    found: tuple[harm.Finding, ...],
    lacks: tuple[drafting.Lack, ...],
    reader: Reader,
) -> list[Field]:
    missing = {lack.field: lack.code for lack in lacks if lack.code not in {"harm", "spanish-missing"}}
    return [
        Field(
            name=f"{name}_{lang}",
            label=wordings.FIELDS[lang][name],
            hint=wordings.HINTS[lang].get(name, ""),
            value=draft.text(lang, name),
            longest=drafting.LONGEST[name],
            lang=lang,
            harm=_harm_lines(found, name, lang, reader),
            fault=wordings.lack_words(missing[f"{name}_{lang}"]) if f"{name}_{lang}" in missing else "",
            is_required=name in drafting.REQUIRED,
        )
        for name in drafting.WORDS
    ]


def _harm_lines(found: tuple[harm.Finding, ...], name: str, lang: str, reader: Reader) -> tuple[HarmLine, ...]:
    return tuple(
        HarmLine(number=number, words=one.words, why=reader.said(one.why), instead=one.instead, code=one.code)
        for number, one in enumerate(found)
        if one.field == name and one.lang == lang
    )


def _counts(draft: drafting.Draft, opened: Opened) -> list[tuple[str, int, int]]:
    """How much of the longest phone text the words of each language take, in septets."""
    counted: list[tuple[str, int, int]] = []
    for lang in draft.languages:
        seen = drafting.seen_words(draft, lang, now=opened.reader.now, zone=opened.zone)
        text = drafting.compose(draft, lang, call=("", ""), seen=seen)
        shown = " ".join([text.headline, text.description, text.clothing, text.last_seen_place, text.last_seen_at])
        counted.append((lang, wea.count_septets(wea.suggest(shown).text) or 0, wea.LONG_LIMIT))
    return counted


def _mended(posted: QueryDict, draft: drafting.Draft, opened: Opened) -> drafting.Draft:
    """The draft with the one finding mended whose button was pressed."""
    pressed = str(posted.get("reword", ""))
    found = drafting.look_through(draft, now=opened.reader.now, zone=opened.zone)
    if not pressed.isdecimal() or int(pressed) >= len(found):
        return draft
    return drafting.reword(draft, found[int(pressed)])


def _version(posted: QueryDict) -> int:
    typed = str(posted.get("version", ""))
    return int(typed) if typed.isdecimal() else 0


def _read(posted: QueryDict, opened: Opened) -> tuple[drafting.Draft, list[Problem]]:
    """The draft as typed, and what could not be read; nothing typed is lost."""
    problems: list[Problem] = []
    texts = {lang: _texts(posted, lang) for lang in drafting.LANGUAGES}
    typed_age = str(posted.get("age", "")).strip()
    age = int(typed_age) if typed_age.isdecimal() and int(typed_age) < 100 else None
    if typed_age and age is None:
        problems.append(Problem(words=_("Write the age in whole years, such as 14."), field_id="age"))
    seen_at, fault = _instant(str(posted.get("seen_at", "")), opened)
    if fault:
        problems.append(Problem(words=fault, field_id="seen_at"))
    agreed = tuple(name for name in drafting.CONSENTS if name in posted.getlist("consents"))
    hours = str(posted.get("hours", ""))
    draft = replace(
        opened.draft,
        name=_line(posted, "name", drafting.LONGEST["name"]),
        age=age,
        seen_at=seen_at,
        texts=texts,
        companion_approved="companion_approved" in posted,
        consent_by=_line(posted, "consent_by", 200),
        consents=agreed,
        police_decided="police_decided" in posted,
        photo_id=str(posted.get("photo_id", ""))[:16],
        route_id=str(posted.get("route_id", ""))[:16],
        english_only="english_only" in posted,
        demanded=_demanded(posted),
        hours=float(hours) if hours.isdecimal() and int(hours) in _HOURS else opened.draft.hours,
    )
    return draft, problems


def _texts(posted: QueryDict, lang: str) -> dict[str, str]:
    typed = {name: _line(posted, f"{name}_{lang}", 400) for name in drafting.WORDS}
    return {name: text for name, text in typed.items() if text}


def _demanded(posted: QueryDict) -> dict[str, str]:
    found = {code: _line(posted, f"demanded_{code}", 200) for code in harm.DEMANDABLE}
    return {code: law for code, law in found.items() if law}


def _line(posted: QueryDict, name: str, longest: int) -> str:
    return " ".join(str(posted.get(name, "")).split())[:longest]


def _instant(typed: str, opened: Opened) -> tuple[datetime | None, str]:
    if not typed:
        return None, ""
    try:
        meant = datetime.fromisoformat(typed)
    except ValueError:
        return opened.draft.seen_at, _("Write the day and time, for example 2026-11-24 14:05.")
    return (meant if meant.tzinfo else meant.replace(tzinfo=opened.zone)), ""


def _local(instant: datetime | None, opened: Opened) -> str:
    return f"{instant.astimezone(opened.zone):%Y-%m-%dT%H:%M}" if instant else ""
