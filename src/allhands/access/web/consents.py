"""Consents: the cards of one child, a new card, its answer, its end."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allhands.access import domain, queries, words
from allhands.access.actions import consents
from allhands.access.contracts import AbuserCheck, ConsentKind, ConsentState, HowGiven, Purpose
from allhands.access.permissions import check_write_consent
from allhands.access.queries import ConsentView
from allhands.access.web.opening import Opened, label_of, open_episode
from allhands.agencies import api as agencies
from allhands.agencies.contracts import AgencyView
from allhands.duties.presenting import class_of
from allhands.kernel.errors import Refused
from allhands.kernel.ids import AgencyId
from allhands.platform import packs
from allhands.platform.web.asking import typed
from allhands.ui.components.consent_card import presenter as ui
from allhands.ui.components.error_summary.presenter import Problem, summary_of_one

_PURPOSES = (Purpose.RESPONSE, Purpose.CARE, Purpose.COURT)
_ANSWERS = frozenset({ConsentState.AGREED, ConsentState.NOT_NOW, ConsentState.DECLINED})


@require_GET
def cards(request: HttpRequest, episode_id: str) -> HttpResponse:
    """Every card that this reader's agency wrote or that speaks to it."""
    opened = open_episode(request, episode_id)
    check_write_consent(opened.reader.actor, opened.access)
    found = queries.consents(opened.episode.episode_id)
    shown = [_card(one, opened) for one in found]
    return render(request, "access/consents.html", {**opened.frame(), "cards": shown, "problem": ""})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, episode_id: str) -> HttpResponse:
    """A new card. Nothing on it is chosen beforehand."""
    opened = open_episode(request, episode_id)
    check_write_consent(opened.reader.actor, opened.access)
    problem: Problem | None = None
    if request.method == "POST":
        try:
            consents.write(opened.reader.actor, opened.access, _read(request, opened), opened.reader.now)
            return redirect("consents", episode_id=episode_id)
        except Refused as refused:
            problem = Problem(words=refused.reason, field_id=refused.field)
    until = opened.reader.now.astimezone(opened.reader.zone).date() + timedelta(days=domain.CONSENT_DAYS)
    chosen = request.POST.getlist("facts")
    context = {
        **opened.frame(),
        "kinds": [(kind.value, label) for kind, label in words.CONSENTS.items()],
        "purposes": [(one.value, words.PURPOSES[one]) for one in _PURPOSES],
        "facts": _facts(opened, chosen, asked=request.GET.get("fact", "")),
        "agencies": [(one.id, one.name) for one in _parties(opened)],
        "posted": request.POST,
        "until": request.POST.get("until") or until.isoformat(),
        "problem": problem,
        "summary": summary_of_one(problem),
    }
    return render(request, "access/consent_new.html", context, status=422 if problem else 200)


@require_POST
def answer(request: HttpRequest, episode_id: str, consent_id: str) -> HttpResponse:
    """Yes, not now, or no."""
    opened = open_episode(request, episode_id)
    try:
        said = domain.Answer(
            state=_one_of_answers(typed(request, "answer")),
            how=_how(typed(request, "how")),
            witness=typed(request, "witness"),
            not_safe=bool(request.POST.get("not_safe")),
        )
        consents.answer(opened.reader.actor, consent_id, said, opened.reader.now)
    except Refused as refused:
        found = queries.consents(opened.episode.episode_id)
        context = {**opened.frame(), "cards": [_card(one, opened) for one in found], "problem": refused.reason}
        return render(request, "access/consents.html", context, status=422)
    return redirect("consents", episode_id=episode_id)


@require_POST
def stop(request: HttpRequest, episode_id: str, consent_id: str) -> HttpResponse:
    """Take it back, and call back what rests on it."""
    opened = open_episode(request, episode_id)
    found = queries.find_consent(consent_id)
    by = found.giver if found else ""
    consents.stop(opened.reader.actor, consent_id, by, "", opened.reader.now)
    return redirect("consents", episode_id=episode_id)


def _one_of_answers(code: str) -> ConsentState:
    found = {one.value: one for one in _ANSWERS}.get(code)
    if found is None:
        raise Refused("consent-answer", _("Choose one of the three answers."))
    return found


def _how(code: str) -> HowGiven:
    """Nothing is chosen beforehand: typed and signed count as written, read aloud does not."""
    if code not in HowGiven.__members__:
        raise Refused("consent-how", _("Say how it was answered."))
    return HowGiven(code)


def _read(request: HttpRequest, opened: Opened) -> consents.NewConsent:
    kind, purpose = typed(request, "kind"), typed(request, "purpose")
    if kind not in ConsentKind.__members__:
        raise Refused("consent-giver", _("Choose who decides."), field="kind")
    to = typed(request, "to_agency")
    names = {one.id: one.name for one in _parties(opened)}
    now = opened.reader.now
    return consents.NewConsent(
        kind=ConsentKind(kind),
        giver=typed(request, "giver"),
        giver_relation=typed(request, "giver_relation"),
        facts=tuple(one for one in request.POST.getlist("facts") if one in packs.library().facts),
        to_agency=AgencyId(to) if to in names else None,
        to_label=names.get(AgencyId(to), "") or typed(request, "to"),
        purpose=Purpose(purpose) if purpose in Purpose.__members__ else Purpose.OTHER,
        language=typed(request, "language"),
        words=typed(request, "words"),
        authority=typed(request, "authority"),
        abuser_check=AbuserCheck.CLEAR if typed(request, "abuser_check") == "CLEAR" else AbuserCheck.NOT_ASKED,
        starts_at=now,
        ends_at=end_of(typed(request, "until"), opened.reader.zone),
    )


def end_of(text: str, zone: tzinfo) -> datetime:
    """The end of the day that was typed, by the clocks of where the agency is.

    Raises:
        Refused: `consent-period`, for what is no day.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused("consent-period", _("Write the last day, for example 2026-12-27."), field="until") from None
    return datetime.combine(day, time(23, 59), zone)


def _facts(opened: Opened, chosen: list[str], *, asked: str) -> list[tuple[str, str, bool]]:
    """What may be released: facts of this child above the poster, and the one the reader came from. None is ticked."""
    said = {line.fact_id for line in opened.statements if line.value is not None and opened.knowing.sees(line)}
    wanted = {fact for fact in said | set(chosen) if class_of(fact) != "P0"} | ({asked} & set(packs.library().facts))
    rows = [(fact, label_of(fact, opened.reader), fact in chosen) for fact in wanted]
    return sorted(rows, key=lambda row: row[1])


def _parties(opened: Opened) -> tuple[AgencyView, ...]:
    return agencies.list_agencies(opened.episode.party_agency_ids | {opened.episode.owner_agency_id})


def _card(one: ConsentView, opened: Opened) -> ui.ConsentCard:
    reader = opened.reader
    is_ours = one.by_agency == reader.actor.agency_id
    state = _STATES[one.state]
    if state is ui.ConsentState.AGREED and one.ends_at <= reader.now:
        state = ui.ConsentState.ENDED
    is_open = is_ours and one.state in {ConsentState.DRAFT, ConsentState.NOT_NOW} and one.ends_at > reader.now
    args = [one.episode_id, one.consent_id]
    return ui.ConsentCard(
        uid=one.consent_id,
        giver=one.giver,
        fields=tuple(label_of(fact, reader) for fact in one.facts),
        to=one.to_label,
        purpose=str(words.PURPOSES[one.purpose]),
        since=reader.moment(one.starts_at),
        until=reader.moment(one.ends_at),
        explained_by=one.explained_by,
        language=one.language,
        words=one.words,
        authority=one.authority,
        state=state,
        if_no=_("Nothing changes in the search, or in meals, bed, visits and help."),
        answer_href=reverse("consent-answer", args=args) if is_open else "",
        ways=_ways(one.kind) if is_open else (),
        asks_safety=one.kind in {ConsentKind.YOUTH, ConsentKind.YOUTH_ALONE},
        stop_href=reverse("consent-stop", args=args) if is_ours and state is ui.ConsentState.AGREED else "",
        copies=one.copies,
        copies_back=one.copies_back,
        stopped=reader.moment(one.stopped_at) if one.stopped_at else None,
        stopped_by=one.stopped_by,
    )


_STATES = {
    ConsentState.DRAFT: ui.ConsentState.DRAFT,
    ConsentState.NOT_NOW: ui.ConsentState.NOT_NOW,
    ConsentState.AGREED: ui.ConsentState.AGREED,
    ConsentState.DECLINED: ui.ConsentState.DECLINED,
    ConsentState.STOPPED: ui.ConsentState.RECALLED,
    ConsentState.ENDED: ui.ConsentState.ENDED,
}


def _ways(kind: ConsentKind) -> tuple[tuple[str, str], ...]:
    if kind in domain.PAPERS - {ConsentKind.YOUTH_ALONE}:
        return ((HowGiven.ORDER.value, _("By the paper named above")),)
    return (
        (HowGiven.TYPED.value, _("Typed by the person")),
        (HowGiven.PAPER.value, _("Signed on paper")),
        (HowGiven.READ_ALOUD.value, _("Read aloud, with a witness")),
    )
