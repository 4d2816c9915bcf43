"""One duty: what must be done, by when, what counts as proof, why, and who was told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from allhands.access import api as access
from allhands.agencies.contracts import Candidate
from allhands.agencies.presenting import Reader, reader_of
from allhands.duties import api as duties
from allhands.duties import presenting
from allhands.duties.contracts import Applies, DutyState, DutyView
from allhands.duties.disclosing import tell_paper
from allhands.duties.knowing import Knowing, judge_paper, know
from allhands.duties.web import calling, ladder_view, meant, proof
from allhands.episodes import api as episodes
from allhands.episodes import presenting as people
from allhands.episodes.contracts import EpisodeState, EpisodeView, FactLine
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import DutyId
from allhands.platform import packs
from allhands.platform.audit import api as audit
from allhands.platform.web.asking import require_actor
from allhands.ui.components.error_summary.presenter import ErrorSummary, Problem
from allhands.ui.components.identity_bar.presenter import IdentityBar


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A duty that this reader may read, and what the page around it needs."""

    reader: Reader
    episode: EpisodeView
    duty: DutyView
    statements: tuple[FactLine, ...]
    ledger: tuple[DutyView, ...]
    knowing: Knowing

    @property
    def bar(self) -> IdentityBar:
        """The child above the page."""
        tier = self.knowing.tier(duties.list_tiers([self.episode.episode_id]).get(self.episode.episode_id))
        return people.identity_bar(self.episode, self.statements, self.ledger, tier, self.reader)


@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, episode_id: str, duty_id: str) -> HttpResponse:
    """Read the duty, or hand in its proof."""
    opened = _open(request, episode_id, duty_id)
    if request.method == "GET":
        return _page(request, opened)
    reader = opened.reader
    try:
        duties.prove(reader.actor, DutyId(duty_id), proof.read(request, reader), reader.now)
    except Refused as refused:
        return _page(request, opened, refused=refused)
    return redirect(_after_saving(duty_id, reverse("duty", args=[episode_id, duty_id])))


@require_http_methods(["GET", "POST"])
def waive(request: HttpRequest, episode_id: str, duty_id: str) -> HttpResponse:
    """A named supervisor takes the duty away, with the reason for all to read."""
    opened = _open(request, episode_id, duty_id)
    reader, duty = opened.reader, opened.duty
    access.check_waive_duty(reader.actor, episodes.access_of(opened.episode), duty.agency_id)
    problem = ""
    if request.method == "POST":
        try:
            duties.waive(reader.actor, DutyId(duty_id), str(request.POST.get("reason", "")), reader.now)
            return redirect("duty", episode_id=episode_id, duty_id=duty_id)
        except Refused as refused:
            problem = _(refused.reason)
    context = {
        "bar": opened.bar,
        "row": presenting.duty_row(duty, reader, may_act=False),
        "reason": request.POST.get("reason", ""),
        "summary": ErrorSummary(problems=(Problem(words=problem, field_id="reason"),) if problem else ()),
        "problem": problem,
    }
    return render(request, "duties/waive.html", context, status=422 if problem else 200)


@require_GET
def document(request: HttpRequest, evidence_id: str) -> HttpResponse:
    """The file beside a proof, as a download: never opened inside our own pages. Taking it along is written down."""
    reader = reader_of(require_actor(request))
    found = duties.find_document(evidence_id)
    if found is None:
        raise Denied("evidence")
    episode = episodes.get_episode(reader.actor, found.episode_id)
    decision = judge_paper(reader.actor, episode, found, reader.now)
    if not decision.allowed:
        raise Denied("evidence")
    event = audit.Event.RECORD_EXPORTED
    with audit.audited(reader.actor, reader.now, event, episode_id=found.episode_id, subject_id=evidence_id):
        tell_paper(reader.actor, found.episode_id, evidence_id, found.sensitivity, decision, reader.now)
        response = HttpResponse(found.content, content_type=found.media_type)
    response["Content-Disposition"] = f'attachment; filename="proof.{found.media_type.rpartition("/")[2]}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _open(request: HttpRequest, episode_id: str, duty_id: str) -> Opened:
    """The duty through the door. What is not the reader's and what does not exist are the same from outside."""
    reader = reader_of(require_actor(request))
    episode = episodes.get_episode(reader.actor, episode_id)
    ledger = duties.list_duties([episode.episode_id]).get(episode.episode_id, ())
    duty = next((one for one in ledger if one.duty_id == duty_id), None)
    statements = episodes.statements_of(episode.episode_id)
    knowing = know(reader.actor, episode, statements)
    if duty is None or not knowing.sees_duty(duty):
        raise Denied("duty")
    duty = knowing.told(duty)
    return Opened(reader=reader, episode=episode, duty=duty, statements=statements, ledger=ledger, knowing=knowing)


def _after_saving(duty_id: str, href: str) -> str:
    """Where the reader lands: at the new proof, or, when the recipient said no, at the slot that is still red."""
    duty = duties.find_duty(duty_id)
    count = len(proof.proofs(duty)) if duty else 0
    settled = duty is not None and duty.state is not DutyState.OPEN
    return f"{href}#{proof.UID}-proof-{count}" if settled and count else f"{href}#{proof.UID}"


def _page(request: HttpRequest, opened: Opened, *, refused: Refused | None = None) -> HttpResponse:
    reader, episode, duty = opened.reader, opened.episode, opened.duty
    slot = proof.slot(request, reader, episode, duty, refused)
    found = _meant(opened)
    told, owing = found.get(duty.recipient_code, ()), found.get(duty.actor_code, ())
    called = calling.calls(duty, told, reader) if calling.is_called(duty) else ()
    number = called[0].shown if called else ""
    context = {
        "bar": opened.bar,
        "row": presenting.duty_row(duty, reader, others=opened.ledger, call=number),
        "name": episode.child.call_name,
        "episode_id": episode.episode_id,
        "duty": duty,
        "title": reader.said(duty.title),
        "plain": reader.said(duty.plain),
        "slot": slot,
        "summary": proof.summary(slot, refused),
        "refusals": [(one, reader.moment(one.happened_at)) for one in proof.refusals(duty)],
        "calls": called,
        "told": meant.lines(told, reader) if len(told) > 1 else (),
        "owing": meant.lines(owing, reader) if duty.agency_id is None else (),
        "is_called": calling.is_called(duty) and duty.state is DutyState.OPEN,
        "papers": _papers(opened),
        "sources": presenting.source_lines(duty.source, reader),
        "quotes": [one["quote"] for one in duty.source if one.get("quote")],
        "ladder": ladder_view.lines(duty, duties.list_ladder(duty.duty_id), opened.knowing, reader),
        "settles": _settling(opened) if duty.applies is Applies.UNKNOWN else (),
        "waits": duty.applies is Applies.UNKNOWN,
        "closed": episode.state is EpisodeState.CLOSED,
    }
    return render(request, "duties/duty.html", context, status=422 if refused else 200)


def _meant(opened: Opened) -> Mapping[str, tuple[Candidate, ...]]:
    """The agencies each code may mean, by what this reader may know of the child."""
    return duties.meant([line for line in opened.statements if line.fact_id not in opened.knowing.hidden])


def _papers(opened: Opened) -> list[tuple[str, list[str]]]:
    """The owner's packets for this duty's recipient: the way to each, and what to say when one calls about it."""
    if opened.reader.actor.agency_id != opened.episode.owner_agency_id:
        return []
    papers = []
    for notice in duties.list_notices(opened.episode.episode_id):
        content = duties.notice_content(notice.notice_id)
        if notice.recipient_code == opened.duty.recipient_code and content:
            asks = [ask.into(opened.reader.lang) for ask in duties.thaw(content).asks]
            papers.append((reverse("notice", args=[notice.episode_id, notice.notice_id]), asks))
    return papers[:1]


def _settling(opened: Opened) -> list[tuple[str, str]]:
    """The questions that would tell whether the duty is asked here: words, and where to answer."""
    assessment = duties.explain(opened.episode.episode_id, but_for=opened.knowing.hidden)
    found = [one for one in assessment.duties if one.rule_id == opened.duty.rule_id] if assessment else []
    declared = packs.library().facts
    facts = [fact for one in found for fact in one.missing if opened.knowing.may_ask(fact) and fact in declared]
    return [
        (declared[fact].question.get(opened.reader.lang), reverse("fact", args=[opened.episode.episode_id, fact]))
        for fact in facts[:3]
    ]
