"""One duty: what must be done, by when, what counts as proof, why, and who was told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from allhands.access import api as access
from allhands.agencies import api as agencies
from allhands.agencies.contracts import RouteKind
from allhands.duties import api as duties
from allhands.duties import presenting, wording
from allhands.duties.contracts import Applies, DutyState, DutyView, NewEvidence, Rung
from allhands.duties.reader import Reader, reader_of
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeView
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import DutyId
from allhands.platform.web.asking import require_actor
from allhands.ui.components.error_summary.presenter import ErrorSummary, Problem
from allhands.ui.components.evidence_slot.presenter import EvidenceKind, EvidenceSlot, SavedProof, Scan, Takes
from allhands.ui.wording import moment

NUMBERS = frozenset({"police_report_number", "ncic_number", "ncmec_case_number", "hhs_reference"})
# Which input of the slot a refusal speaks about.
INPUT_OF_FIELD = {
    Takes.NUMBER: {"value": "number"},
    Takes.FILE: {"value": "file", "document": "file"},
    Takes.REFUSAL: {"value": "reason"},
    Takes.WORDS: {"value": "reason"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Somebody who was told, for the page."""

    words: str
    who: str
    at: object


@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, episode_id: str, duty_id: str) -> HttpResponse:
    """Read the duty, or hand in its proof."""
    reader = reader_of(require_actor(request))
    episode = episodes.get_episode(reader.actor, episode_id)
    duty = _duty(episode, duty_id)
    if request.method == "GET":
        return _page(request, reader, episode, duty)
    try:
        proof = _proof_of(request, reader)
        duties.prove(reader.actor, DutyId(duty.duty_id), proof, reader.now)
    except Refused as refused:
        return _page(request, reader, episode, duty, refused=refused, status=422)
    return redirect("duty", episode_id=episode_id, duty_id=duty_id)


@require_http_methods(["GET", "POST"])
def waive(request: HttpRequest, episode_id: str, duty_id: str) -> HttpResponse:
    """A named supervisor takes the duty away, with the reason for all to read."""
    reader = reader_of(require_actor(request))
    episode = episodes.get_episode(reader.actor, episode_id)
    duty = _duty(episode, duty_id)
    access.check_waive_duty(reader.actor, episodes.access_of(episode), duty.agency_id)
    problem = ""
    if request.method == "POST":
        try:
            duties.waive(reader.actor, DutyId(duty_id), str(request.POST.get("reason", "")), reader.now)
            return redirect("duty", episode_id=episode_id, duty_id=duty_id)
        except Refused as refused:
            problem = refused.reason
    context = {
        "row": presenting.duty_row(duty, reader),
        "title": reader.said(duty.title),
        "name": episode.child.call_name,
        "reason": request.POST.get("reason", ""),
        "errors": ErrorSummary(problems=(Problem(words=problem, field_id="reason"),) if problem else ()),
        "problem": problem,
    }
    return render(request, "duties/waive.html", context, status=422 if problem else 200)


@require_GET
def document(request: HttpRequest, evidence_id: str) -> HttpResponse:
    """The file beside a proof, as a download: never opened inside our own pages."""
    require_actor(request)
    found = duties.find_document(evidence_id)
    if found is None:
        raise Denied("evidence")
    media_type, _filename, content = found
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="proof.{media_type.rpartition("/")[2]}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _duty(episode: EpisodeView, duty_id: str) -> DutyView:
    duty = duties.find_duty(duty_id)
    if duty is None or duty.episode_id != episode.episode_id:
        raise Http404
    return duty


def _page(
    request: HttpRequest,
    reader: Reader,
    episode: EpisodeView,
    duty: DutyView,
    *,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    ledger = duties.list_duties([episode.episode_id]).get(episode.episode_id, ())
    row = presenting.duty_row(duty, reader, others=ledger)
    slot = _slot(request, reader, episode, duty, refused)
    context = {
        "row": row,
        "title": reader.said(duty.title),
        "plain": reader.said(duty.plain),
        "name": episode.child.call_name,
        "episode_id": episode.episode_id,
        "duty": duty,
        "slot": slot,
        "sources": presenting.source_lines(duty.source, reader),
        "quotes": [one["quote"] for one in duty.source if one.get("quote")],
        "ladder": [_step(one.rung, one.told, one.at, reader) for one in duties.list_ladder(duty.duty_id)],
        "calls": _calls(duty, episode),
        "notices": [one for one in duties.list_notices(episode.episode_id) if _is_about(one.recipient_code, duty)],
        "waits": duty.applies is Applies.UNKNOWN,
        "errors": _summary(slot, refused),
    }
    return render(request, "duties/duty.html", context, status=status)


def _is_about(recipient: str, duty: DutyView) -> bool:
    return recipient == duty.recipient_code


def _slot(
    request: HttpRequest, reader: Reader, episode: EpisodeView, duty: DutyView, refused: Refused | None
) -> EvidenceSlot:
    codes = dict.fromkeys([*duty.evidence_kinds, "document", "refused_by_recipient"])
    may = access.can(access.check_prove_duty, reader.actor, episodes.access_of(episode), duty.agency_id)
    open_ = duty.state in {DutyState.OPEN, DutyState.WAIVED} and duty.applies is Applies.TRUE and may
    values = {name: str(value) for name, value in request.POST.items()} if refused else {}
    kind = values.get("kind", "")
    errors = {f"{kind}-{_input(kind, refused.field)}": refused.reason} if refused else {}
    waivable = duty.state is DutyState.OPEN and access.can(
        access.check_waive_duty, reader.actor, episodes.access_of(episode), duty.agency_id
    )
    return EvidenceSlot(
        uid="proof",
        action=request.path,
        kinds=tuple(_kind(code) for code in codes) if open_ else (),
        now_local=f"{reader.now.astimezone(reader.zone):%Y-%m-%dT%H:%M}",
        zone=reader.now.astimezone(reader.zone).tzname() or reader.zone.key,
        saved=tuple(_saved(duty, reader)),
        values=values,
        errors=errors,
        may_waive_href=f"{request.path}/waive" if waivable else "",
    )


def _saved(duty: DutyView, reader: Reader) -> list[SavedProof]:
    return [
        SavedProof(
            words=f"{wording.proof(one.kind)}: {one.value}" if one.value else wording.proof(one.kind),
            by=one.taken_by or one.recorded_by,
            at=moment(one.happened_at, now=reader.now, zone=reader.zone, lang=reader.lang),
            scan=Scan.NOT_HERE if one.has_document else None,
            href=f"/evidence/{one.evidence_id}" if one.has_document else "",
        )
        for one in duty.evidence
    ]


def _kind(code: str) -> EvidenceKind:
    return EvidenceKind(code=code, label=wording.proof(code), takes=_takes(code), number_label=wording.proof(code))


def _takes(code: str) -> Takes:
    if code in NUMBERS:
        return Takes.NUMBER
    return {"document": Takes.FILE, "refused_by_recipient": Takes.REFUSAL}.get(code, Takes.WORDS)


def _input(kind: str, field: str) -> str:
    if field == "happened_at":
        return "at"
    return INPUT_OF_FIELD[_takes(kind)].get(field, "reason" if _takes(kind) is not Takes.NUMBER else "number")


def _proof_of(request: HttpRequest, reader: Reader) -> NewEvidence:
    post: Mapping[str, str] = request.POST.dict()
    kind = post.get("kind", "")
    takes = _takes(kind)
    upload = request.FILES.get(f"{kind}-file")
    if upload is not None and upload.size and upload.size > 60_000_000:
        words = _("This file is too large to read here. Send a smaller picture of the same paper.")
        raise Refused("document-large", words, field="document")
    value = post.get(f"{kind}-number" if takes is Takes.NUMBER else f"{kind}-reason", "")
    return NewEvidence(
        kind=kind,
        value=value,
        taken_by=post.get(f"{kind}-person", ""),
        happened_at=_local(post.get(f"{kind}-at", ""), reader.zone, reader.now),
        document=upload.read() if upload is not None else None,
        filename=upload.name or "" if upload is not None else "",
    )


def _local(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    if not text:
        return now
    try:
        typed = datetime.fromisoformat(text)
    except ValueError:
        words = _("Write the day and time, for example 2026-11-24 14:05.")
        raise Refused("proof-time", words, field="happened_at") from None
    local = typed if typed.tzinfo else typed.replace(tzinfo=zone)
    # The field knows minutes; "now" typed within this minute is not the future.
    return now if now < local and (local - now).total_seconds() < 60 else local


def _step(rung: Rung, told: str, at: datetime, reader: Reader) -> Step:
    words = {
        Rung.HALF: _("half of the time used"),
        Rung.NEAR: _("four fifths of the time used"),
        Rung.OVER: _("time over, or refused"),
    }.get(rung, "")
    return Step(words=words, who=told, at=moment(at, now=reader.now, zone=reader.zone, lang=reader.lang))


def _calls(duty: DutyView, episode: EpisodeView) -> list[tuple[str, str]]:
    """Phone numbers of the recipient, from the directory only."""
    place = duties.place_of(episodes.statements_of(episode.episode_id))
    found = agencies.recipient_for(
        duty.recipient_code,
        state=place.get("state"),
        county_fips=place.get("county_fips"),
        nation=place.get("nation"),
    )
    if found is None:
        return []
    return [(found.name, route.address) for route in agencies.routes(found.id, RouteKind.PHONE)]


def _summary(slot: EvidenceSlot, refused: Refused | None) -> ErrorSummary:
    if refused is None:
        return ErrorSummary()
    field = next(iter(slot.errors), "")
    return ErrorSummary(problems=(Problem(words=refused.reason, field_id=f"{slot.uid}-{field}" if field else ""),))
