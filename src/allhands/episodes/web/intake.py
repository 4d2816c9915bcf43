"""Report a missing child: one question a page, or one page for a call. Works without script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allhands.agencies import api as agencies
from allhands.episodes import api as episodes
from allhands.episodes.contracts import Json, ReportChannel
from allhands.episodes.intake import steps
from allhands.episodes.web import fields, intake_state, running
from allhands.episodes.web.intake_state import Intake
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Refused
from allhands.platform import packs
from allhands.platform.web.asking import require_actor
from allhands.ui.wording import Lang, as_lang

CHECK = "check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the wizard, ready to draw."""

    draft_id: str
    slug: str
    title: str
    number: int
    most_left: int
    settles: int
    fields: tuple[fields.Field, ...]
    back: str
    is_tribe: bool


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Begin, or go on where an untouched draft was left: opening the page twice makes no second draft."""
    actor = require_actor(request)
    now = timezone.now()
    for draft in episodes.list_drafts(actor):
        if not draft.answers:
            return redirect("report-step", draft_id=draft.draft_id, slug=steps.OPENING[0].slug)
    draft = episodes.start_draft(actor, now)
    name = "report-call" if request.GET.get("by") == "call" else "report-step"
    if name == "report-call":
        return redirect(name, draft_id=draft.draft_id)
    return redirect(name, draft_id=draft.draft_id, slug=steps.OPENING[0].slug)


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, draft_id: str, slug: str) -> HttpResponse:
    """One question. What was typed is kept whatever happens next."""
    actor = require_actor(request)
    now = timezone.now()
    if request.method == "GET":
        return _show(request, intake_state.load(actor, draft_id, now), slug)
    answered = typed(request.POST)
    before = intake_state.load(actor, draft_id, now)
    skip = {intake_state.SKIPPED: [*_list(before, intake_state.SKIPPED), slug]} if "skip" in request.POST else {}
    passed: dict[str, Json] = {intake_state.PASSED: [*sorted({*before.passed, slug})]}
    intake = intake_state.read(actor, episodes.save_draft(actor, draft_id, {**answered, **passed, **skip}, now), now)
    if _faults_here(intake, slug) and "skip" not in request.POST:
        return _show(request, intake, slug, status=422)
    if steps.is_danger(intake.answers) and not intake.is_warned:
        return redirect("report-danger", draft_id=draft_id)
    if "check" in request.POST:
        return redirect("report-check", draft_id=draft_id)
    return redirect(_next(intake))


@require_POST
def save(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Keep what is being typed, quietly."""
    episodes.save_draft(require_actor(request), draft_id, typed(request.POST), timezone.now())
    return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
def danger(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Call 911 now, then come back. We keep your place."""
    actor, now = require_actor(request), timezone.now()
    if request.method == "POST":
        draft = episodes.save_draft(actor, draft_id, {intake_state.WARNED: True}, now)
        return redirect(_next(intake_state.read(actor, draft, now)))
    intake = intake_state.load(actor, draft_id, now)
    return render(request, "episodes/intake/danger.html", {"draft_id": draft_id, "name": intake.call_name})


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Everything that was said, unknowns too, and what happens when it is sent."""
    actor, now = require_actor(request), timezone.now()
    intake = intake_state.load(actor, draft_id, now)
    if request.method == "POST":
        return send(request, actor, intake, ReportChannel.WIZARD, "episodes/intake/check.html")
    return render(request, "episodes/intake/check.html", check_context(actor, intake, _lang()))


def send(request: HttpRequest, actor: Actor, intake: Intake, channel: ReportChannel, template: str) -> HttpResponse:
    """Report it; on a refusal the same page again with the reason and everything that was typed."""
    try:
        reported = episodes.report_missing(actor, intake_state.command(actor, intake, channel), intake.now)
    except Refused as refused:
        findings = getattr(refused, "findings", ())
        faults = intake_state.fault_list(findings) or {refused.field or "call_name": refused.reason}
        context = {**check_context(actor, intake, _lang()), "errors": list(faults.items())}
        return render(request, template, context, status=422)
    episodes.mark_sent(actor, intake.draft.draft_id, reported.episode_id, intake.now)
    return redirect("report-sent", episode_id=reported.episode_id)


def check_context(actor: Actor, intake: Intake, lang: Lang) -> dict[str, object]:
    """What the check page and the call page show beside the fields."""
    similar = episodes.find_similar(actor, intake.call_name, None) if intake.call_name else ()
    return {
        "draft_id": intake.draft.draft_id,
        "name": intake.call_name,
        "groups": running.summary(intake, lang),
        "running": running.present(intake, lang),
        "similar": similar,
        "chosen": intake.answers.get(intake_state.CHOSEN, ""),
        "errors": list(intake.faults.items()),
        "saved_at": intake.draft.saved_at,
    }


def typed(post: QueryDict) -> dict[str, Json]:
    """The form as it was typed: one text a name, a list where boxes were ticked. Buttons and tokens stay out."""
    passing = {"csrfmiddlewaretoken", "continue", "skip", "check", "send", "hold"}
    answers: dict[str, Json] = {}
    for name in post:
        if name in passing or (name.startswith("_") and name != intake_state.CHOSEN):
            continue
        values = [str(value)[:20_000] for value in post.getlist(name)]
        many = packs.library().facts.get(name)
        answers[name] = cast("Json", values if many is not None and many.many else values[-1])
    return answers


def _show(request: HttpRequest, intake: Intake, slug: str, status: int = 200) -> HttpResponse:
    page = _page(require_actor(request), intake, slug)
    if page is None:
        return redirect(_next(intake))
    faults = [(field.id, field.fault) for field in page.fields if field.fault]
    context = {
        "page": page,
        "errors": faults if status == 422 else [],
        "running": running.present(intake, _lang()),
        "saved_at": intake.draft.saved_at,
        "name": intake.call_name,
    }
    return render(request, "episodes/intake/step.html", context, status=status)


def _page(actor: Actor, intake: Intake, slug: str) -> Page | None:
    lang, declared = _lang(), packs.library().facts
    opening = steps.step(slug)
    facts: Sequence[str] = opening.facts if opening else (slug,)
    if any(fact not in declared for fact in facts):
        facts = [fact for fact in facts if fact in declared]
    if not facts:
        return None
    state, county_fips = agencies.home_of(actor)
    home = fields.Home(state=state, county_fips=county_fips)
    made = tuple(
        fields.make(declared[fact], intake.answers, lang=lang, faults=intake.faults, home=home) for fact in facts
    )
    question = next((one for one in intake.questions if one.fact == slug), None)
    order = [one.slug for one in steps.OPENING]
    later = [one for one in intake.passed if one not in order]
    number = order.index(slug) + 1 if slug in order else len(order) + len([one for one in later if one != slug]) + 1
    return Page(
        draft_id=intake.draft.draft_id,
        slug=slug,
        title=opening.title.get(lang) if opening else made[0].question,
        number=number,
        most_left=len(order) - number + _most_after(intake) if slug in order else max(_most_after(intake) - 1, 0),
        settles=question.settles if question else 0,
        fields=made,
        back=_back(intake, slug, order),
        is_tribe=slug == "tribe",
    )


def _most_after(intake: Intake) -> int:
    order = {one.slug for one in steps.OPENING}
    asked = len([one for one in intake.passed if one not in order])
    return max(min(steps.MOST_QUESTIONS_AFTER - asked, len(intake.questions)), 0)


def _back(intake: Intake, slug: str, order: list[str]) -> str:
    place = order.index(slug) if slug in order else len(order)
    before = order[place - 1] if place else ""
    return reverse("report-step", args=[intake.draft.draft_id, before]) if before else ""


def _next(intake: Intake) -> str:
    unasked = [one for one in steps.OPENING if one.slug not in intake.passed]
    if unasked:
        return reverse("report-step", args=[intake.draft.draft_id, unasked[0].slug])
    if _most_after(intake):
        return reverse("report-step", args=[intake.draft.draft_id, intake.questions[0].fact])
    return reverse("report-check", args=[intake.draft.draft_id])


def _faults_here(intake: Intake, slug: str) -> bool:
    opening = steps.step(slug)
    facts = opening.facts if opening else (slug,)
    return any(fact in intake.faults for fact in facts)


def _list(intake: Intake, name: str) -> list[Json]:
    value = intake.answers.get(name)
    return value if isinstance(value, list) else []


def _lang() -> Lang:
    return as_lang(get_language())
