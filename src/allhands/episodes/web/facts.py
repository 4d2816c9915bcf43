"""Add a fact, correct one, or say that the child is back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from allhands import law
from allhands.access import api as access
from allhands.access.contracts import MarkKind
from allhands.agencies import api as agencies
from allhands.agencies.presenting import Reader
from allhands.duties import api as duties
from allhands.duties.presenting import Knowing, know
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeState, EpisodeView, FactLine, NewStatement
from allhands.episodes.intake import answers as reading
from allhands.episodes.web import facts_view, fields, intake, place_fields, step_page
from allhands.episodes.web.episode import identity, reader_of
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import StatementId
from allhands.platform import packs
from allhands.platform.audit import api as audit
from allhands.platform.web.asking import require_actor
from allhands.ui.components.error_summary.presenter import ErrorSummary, Problem
from allhands.ui.components.fact_line.presenter import Said

# The page of choices shows first what would settle most.
MOST_FIRST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A fact that may be added."""

    label: str
    question: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is said of the fact so far, to be kept or corrected."""

    statement_id: str
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An episode to which this reader may add."""

    reader: Reader
    episode: EpisodeView
    statements: tuple[FactLine, ...]
    knowing: Knowing


@require_GET
def choose(request: HttpRequest, episode_id: str) -> HttpResponse:
    """All facts that may be added, by their label; first those that would settle most."""
    opened = _open(request, episode_id)
    wanted = request.GET.get("q", "").strip()
    lang = opened.reader.lang
    may = [fact for fact in packs.library().facts.values() if opened.knowing.may_ask(fact.id)]
    found = [fact for fact in may if _has_word(fact, wanted, lang)]
    context = {
        "bar": identity(opened.episode, opened.reader, statements=opened.statements),
        "name": opened.episode.child.call_name,
        "episode_id": episode_id,
        "q": wanted,
        "first": _settling_most(opened) if not wanted else [],
        "groups": _groups(found, opened),
    }
    return render(request, "episodes/facts.html", context)


@require_http_methods(["GET", "POST"])
def state(request: HttpRequest, episode_id: str, fact_id: str) -> HttpResponse:
    """One fact: what is known, and a new statement about it."""
    opened = _open(request, episode_id)
    declared = packs.library().facts.get(fact_id)
    if declared is None or not opened.knowing.may_ask(fact_id):
        raise Denied("fact")
    reader = opened.reader
    standing = [one for one in facts_view.standing(opened.statements, fact_id) if opened.knowing.sees(one)]
    faults: dict[str, str] = {}
    typed = intake.typed(request.POST)
    if request.method == "POST":
        said, faults = _read(typed, declared, reader)
        if said is not None:
            if request.POST.get("for_nation"):
                access.keep_for_nation(reader.actor, episodes.access_of(opened.episode), fact_id, reader.now)
            faults = _store(reader, opened.episode, said, standing, str(request.POST.get("corrects", "")))
        if not faults:
            return redirect(f"{reverse('episode', args=[episode_id])}#facts")
    state_, county = agencies.home_of(reader.actor)
    home = fields.Home(state=state_, county_fips=county)
    field = fields.make(declared, typed, lang=reader.lang, faults=faults, home=home)
    if standing:
        _remember(opened, facts_view.standing(opened.statements, fact_id))
    context = {
        "bar": identity(opened.episode, reader, statements=opened.statements),
        "name": opened.episode.child.call_name,
        "episode_id": episode_id,
        "field": field,
        "said": _who_says(field, reader),
        "standing": [Standing(statement_id=one.statement_id, said=facts_view.said(one, reader)) for one in standing],
        "corrects": str(request.POST.get("corrects", "")),
        "nation": _nation(opened, fact_id),
        "for_nation": bool(request.POST.get("for_nation")),
        "summary": _summary(field.fault, field.first_id)
        if field.fault
        else _summary(field.who_fault, f"{field.id}-who"),
    }
    return render(request, "episodes/fact.html", context, status=422 if faults else 200)


def _remember(opened: Opened, about: list[FactLine]) -> None:
    """What stands is read here too: an entry of the journal and, for a fact of the case, of the disclosure ledger."""
    reader, episode_id = opened.reader, opened.episode.episode_id
    with audit.audited(reader.actor, reader.now, audit.Event.RECORD_READ, episode_id=episode_id):
        duties.tell_page(reader.actor, opened.episode, about, opened.knowing, reader.now)


@require_http_methods(["GET", "POST"])
def returned(request: HttpRequest, episode_id: str) -> HttpResponse:
    """The child is back: when, and who says so."""
    opened = _open(request, episode_id)
    reader = opened.reader
    problem = ""
    if request.method == "POST":
        try:
            moment = _typed_instant(str(request.POST.get("returned_at", "")), reader)
            informant = str(request.POST.get("informant", "")).strip() or reader.actor.label
            episodes.mark_returned(reader.actor, opened.episode.episode_id, moment, informant, reader.now)
            return redirect("episode", episode_id=episode_id)
        except Refused as refused:
            problem = _(refused.reason)
    context = {
        "bar": identity(opened.episode, reader, statements=opened.statements),
        "name": opened.episode.child.call_name,
        "episode_id": episode_id,
        "is_missing": opened.episode.state is EpisodeState.OPEN,
        "when": request.POST.get("returned_at") or f"{reader.now.astimezone(reader.zone):%Y-%m-%dT%H:%M}",
        "zone": reader.now.astimezone(reader.zone).tzname(),
        "informant": request.POST.get("informant", ""),
        "problem": problem,
        "summary": _summary(problem, "returned-at"),
    }
    return render(request, "episodes/returned.html", context, status=422 if problem else 200)


def _open(request: HttpRequest, episode_id: str) -> Opened:
    reader = reader_of(require_actor(request))
    one = episodes.get_episode(reader.actor, episode_id)
    access.check_edit_facts(reader.actor, episodes.access_of(one))
    if one.state is EpisodeState.CLOSED:
        raise Denied("episode-closed")
    statements = episodes.statements_of(one.episode_id)
    return Opened(reader=reader, episode=one, statements=statements, knowing=know(reader.actor, one, statements))


def _has_word(fact: law.FactDeclaration, wanted: str, lang: str) -> bool:
    return wanted.casefold() in f"{fact.label.get(lang)} {fact.question.get(lang)}".casefold()


def _choice(fact: law.FactDeclaration, opened: Opened) -> Choice:
    return Choice(
        label=fact.label.get(opened.reader.lang),
        question=fact.question.get(opened.reader.lang),
        href=reverse("fact", args=[opened.episode.episode_id, fact.id]),
    )


def _settling_most(opened: Opened) -> list[Choice]:
    assessment = duties.explain(opened.episode.episode_id, but_for=opened.knowing.hidden)
    asks = [one.fact for one in assessment.ask_next if opened.knowing.may_ask(one.fact)] if assessment else []
    declared = packs.library().facts
    return [_choice(declared[fact], opened) for fact in asks[:MOST_FIRST]]


def _groups(found: list[law.FactDeclaration], opened: Opened) -> list[tuple[str, list[Choice]]]:
    """The choices by subject, each by label."""
    subjects = {
        "time": _("When"),
        "place": _("Where"),
        "child": _("About the child"),
        "circumstances": _("What happened, and danger"),
        "description": _("Looks, things, people"),
        "police": _("Police and numbers"),
    }
    groups: dict[str, list[Choice]] = {}
    for fact in found:
        subject = subjects.get(fact.id.partition(".")[0], _("More"))
        groups.setdefault(subject, []).append(_choice(fact, opened))
    order = [*subjects.values(), _("More")]
    return [(name, sorted(groups[name], key=lambda one: one.label)) for name in order if name in groups]


def _read(
    typed: reading.Answers, declared: law.FactDeclaration, reader: Reader
) -> tuple[NewStatement | None, dict[str, str]]:
    """The statement that was typed, or what is wrong with it, by field."""
    caller = reading.Caller(
        name=reader.actor.label,
        zone=reader.zone,
        now=reader.now,
        lang=reader.lang,
        invented_places=place_fields.has_invented(),
    )
    read = reading.read(typed, {declared.id: declared}, caller)
    if read.findings:
        return None, {found.path: found.message for found in read.findings}
    if not read.statements:
        return None, {declared.id: _("Answer it, or choose “I don't know”.")}
    return read.statements[0], {}


def _store(
    reader: Reader, one: EpisodeView, said: NewStatement, standing: list[FactLine], corrects: str
) -> dict[str, str]:
    """Store the statement; it corrects an earlier one only when the person says so. Answers faults by field."""
    known = {line.statement_id for line in standing}
    supersedes = StatementId(corrects) if corrects in known else None
    try:
        episodes.state_fact(reader.actor, one.episode_id, said, reader.now, supersedes=supersedes)
    except Refused as refused:
        return {said.fact_id: _(refused.reason)}
    return {}


def _nation(opened: Opened, fact_id: str) -> str:
    """Whether a nation's people may keep this for the nation: `may`, `is` when it is so already, or nothing."""
    actor, door = opened.reader.actor, episodes.access_of(opened.episode)
    if not access.may_keep_for_nation(actor) or not access.can(access.check_mark_field, actor, door):
        return ""
    marks = opened.knowing.record.marks.get(fact_id, frozenset())
    return "is" if MarkKind.TRIBAL_ONLY in marks else "may"


def _who_says(field: fields.Field, reader: Reader) -> step_page.Said:
    return step_page.Said(
        id=field.id,
        name=field.name,
        who=field.who,
        sure=field.sure,
        teller=reader.actor.label,
        who_fault=field.who_fault,
    )


def _typed_instant(text: str, reader: Reader) -> datetime:
    """The instant typed in the agency's own time; the minute that runs counts as now."""
    try:
        typed = datetime.fromisoformat(text)
    except ValueError:
        words = _("Write the day and time, for example 2026-11-24 14:05.")
        raise Refused("returned-time", words, field="returned_at") from None
    meant = typed if typed.tzinfo else typed.replace(tzinfo=reader.zone)
    return reader.now if reader.now < meant and (meant - reader.now).total_seconds() < 60 else meant


def _summary(words: str, field_id: str) -> ErrorSummary:
    return ErrorSummary(problems=(Problem(words=words, field_id=field_id),) if words else ())
