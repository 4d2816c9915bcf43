"""Report a missing child, one question a page. Works without script; what was typed is kept whatever happens next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allhands.episodes import api as episodes
from allhands.episodes.contracts import Json
from allhands.episodes.intake import steps
from allhands.episodes.intake.answers import text_of
from allhands.episodes.web import intake_state, place_fields, running, step_page
from allhands.episodes.web.intake_state import Intake
from allhands.episodes.web.typed import typed as typed
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Refused
from allhands.platform.web.asking import require_actor
from allhands.ui.components.interruption.presenter import Interruption
from allhands.ui.wording import moment

# Where a page may lead back to, instead of to the next question.
WAYS_BACK = {"check": "report-check", "call": "report-call"}
NAMED = ("child.nickname", "child.given_name")


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Begin, or go on with what was begun: after a time-out or a restart nobody has to remember an address."""
    actor, now = require_actor(request), timezone.now()
    drafts = episodes.list_drafts(actor)
    begun = [draft for draft in drafts if not intake_state.is_untouched(draft)]
    by_call = "call" in (request.GET.get("by"), request.POST.get("by"))
    if begun and request.method == "GET":
        shown = [_begun(intake_state.read(actor, draft, now)) for draft in begun]
        return render(request, "episodes/intake/start.html", {"drafts": shown, "by_call": by_call})
    untouched = next((draft for draft in drafts if intake_state.is_untouched(draft)), None)
    draft = untouched or episodes.start_draft(actor, now)
    if by_call:
        return redirect("report-call", draft_id=draft.draft_id)
    return redirect("report-step", draft_id=draft.draft_id, slug=steps.OPENING[0].slug)


def _begun(intake: Intake) -> dict[str, object]:
    named = (text_of(intake.answers, name) for name in NAMED)
    return {
        "name": next((name for name in named if name), ""),
        "saved": moment(intake.draft.saved_at, now=intake.now, zone=intake.zone, lang=intake.lang),
        "href": next_address(intake),
        "call_href": reverse("report-call", args=[intake.draft.draft_id]),
    }


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, draft_id: str, slug: str) -> HttpResponse:
    """One question."""
    actor, now = require_actor(request), timezone.now()
    gone = sent_already(actor, draft_id)
    if gone is not None:
        return gone
    before = intake_state.load(actor, draft_id, now)
    if step_page.facts_of(slug) is None:
        return redirect(next_address(before))
    if request.method == "GET":
        return _show(request, before, slug)
    intake = intake_state.keep(actor, draft_id, _answered(request, before, slug), now)
    if "back" in request.POST and not intake.problem:
        return redirect(_address_before(intake, slug))
    if intake.problem or (_is_wrong_here(intake, slug) and "skip" not in request.POST):
        return _show(request, intake, slug, status=422)
    return redirect(_after(request, intake, slug))


def _answered(request: HttpRequest, before: Intake, slug: str) -> dict[str, Json]:
    """What was typed, and what the draft remembers of the way through it."""
    answers = typed(request.POST)
    if "back" not in request.POST:
        passed: list[Json] = [*before.passed, *([] if slug in before.passed else [slug])]
        answers[intake_state.PASSED] = passed
    if "skip" in request.POST:
        answers[intake_state.SKIPPED] = [*before.skipped, slug]
    who = text_of(answers, f"{slug}.who")
    if who:
        answers[intake_state.INFORMANT] = who
    return answers


def _after(request: HttpRequest, intake: Intake, slug: str) -> str:
    """Where to go after an answer: 911 first, once; else check, back to where one came from, or the next question."""
    if steps.is_danger(intake.answers) and not intake.is_warned:
        to = request.GET.get("to", "")
        way = f"?to={to}" if to in WAYS_BACK else f"?after={slug}"
        return reverse("report-danger", args=[intake.draft.draft_id]) + way
    to = "check" if "check" in request.POST else request.GET.get("to", "")
    return _way_on(intake, to, slug)


def _way_on(intake: Intake, to: str, slug: str) -> str:
    """Back to where one came from, or on to the question after this one."""
    draft_id = intake.draft.draft_id
    after = steps.step_after(slug, intake.passed)
    if to in WAYS_BACK:
        return reverse(WAYS_BACK[to], args=[draft_id])
    return reverse("report-step", args=[draft_id, after]) if after else next_address(intake)


@require_POST
def save(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Keep what is being typed, quietly. 409 when it was sent meanwhile, 413 when it is too much."""
    actor = require_actor(request)
    if episodes.find_sent_draft(actor, draft_id):
        return HttpResponse(status=409)
    try:
        episodes.save_draft(actor, draft_id, typed(request.POST), timezone.now())
    except Refused as refused:
        return HttpResponse(status=409 if refused.code == "draft-sent" else 413)
    return HttpResponse(status=204)


@require_GET
def danger(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Call 911 now, then come back. We keep your place."""
    actor, now = require_actor(request), timezone.now()
    gone = sent_already(actor, draft_id)
    if gone is not None:
        return gone
    intake = intake_state.keep(actor, draft_id, {intake_state.WARNED: True}, now)
    name = intake.call_name
    first = (
        _("What you told us about %(name)s sounds dangerous. Call 911 before you answer more.") % {"name": name}
        if name
        else _("What you told us sounds dangerous. Call 911 before you answer more.")
    )
    stop = Interruption(
        heading=_("Call 911 now, then come back"),
        text=(
            first,
            _("Say: a child is missing and may be in danger. Ask for the report number and the officer's name."),
            _("We keep your place. Everything you typed is saved."),
        ),
        go_on=_("Call 911"),
        go_on_href="tel:911",
        go_back=_("I have called, or someone is calling. Go on"),
        go_back_href=_way_on(intake, request.GET.get("to", ""), request.GET.get("after", "")),
        danger=True,
    )
    return render(request, "episodes/intake/danger.html", {"stop": stop})


@require_GET
def counties(request: HttpRequest) -> HttpResponse:
    """The counties of the state just chosen, for the list of suggestions."""
    require_actor(request)
    state = next((value for name, value in request.GET.items() if name.endswith(".state")), "")
    return render(request, "episodes/intake/_counties.html", {"names": place_fields.county_names(str(state).upper())})


def sent_already(actor: Actor, draft_id: str) -> HttpResponse | None:
    """The page of the report that a draft has become: sending twice, or going back, finds it instead of an error."""
    episode_id = episodes.find_sent_draft(actor, draft_id)
    return redirect("report-sent", episode_id=episode_id) if episode_id else None


def next_address(intake: Intake) -> str:
    """The next question: an opening not yet asked, then what settles most, then check and send."""
    draft_id = intake.draft.draft_id
    unasked = [one for one in steps.OPENING if one.slug not in intake.passed]
    if unasked:
        return reverse("report-step", args=[draft_id, unasked[0].slug])
    if step_page.most_after(intake):
        return reverse("report-step", args=[draft_id, intake.questions[0].fact])
    return reverse("report-check", args=[draft_id])


def _address_before(intake: Intake, slug: str) -> str:
    before = steps.step_before(slug, intake.passed)
    return reverse("report-step", args=[intake.draft.draft_id, before]) if before else reverse("board")


def _is_wrong_here(intake: Intake, slug: str) -> bool:
    return any(name in intake.faults for name in (*(step_page.facts_of(slug) or ()), f"{slug}.who"))


def _show(request: HttpRequest, intake: Intake, slug: str, status: int = 200) -> HttpResponse:
    page = step_page.make(intake, slug, with_problems=status == 422)
    to = request.GET.get("to", "")
    context = {
        "page": page,
        "to": to if to in WAYS_BACK else "",
        "running": running.present(intake),
        "draft": step_page.draft_line(intake),
    }
    return render(request, "episodes/intake/step.html", context, status=status)
