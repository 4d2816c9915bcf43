"""The proof slot of one duty: what it accepts, what is saved, and the proof a form hands in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.translation import gettext as _

from allhands.access import api as access
from allhands.agencies.presenting import Reader
from allhands.duties import wording
from allhands.duties.contracts import Applies, DutyState, DutyView, EvidenceView, NewEvidence
from allhands.duties.proving import REFUSAL
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeState, EpisodeView
from allhands.kernel.errors import Refused
from allhands.platform import scanning
from allhands.platform.web.uploads import content_of
from allhands.ui.components.error_summary.presenter import ErrorSummary, Problem
from allhands.ui.components.evidence_slot.presenter import EvidenceKind, EvidenceSlot, SavedProof, Scan, Takes

UID = "proof"
_SCANS = {True: Scan.CLEAN, False: Scan.NOT_HERE}
# Which input of the slot a refusal speaks about.
INPUT_OF_FIELD = {
    Takes.NUMBER: {"value": "number"},
    Takes.FILE: {"value": "file", "document": "file"},
    Takes.REFUSAL: {"value": "reason"},
    Takes.WORDS: {"value": "reason"},
}


def slot(
    request: HttpRequest, reader: Reader, episode: EpisodeView, duty: DutyView, refused: Refused | None
) -> EvidenceSlot:
    """The slot as this reader may use it; what was typed stays after a refusal."""
    door = episodes.access_of(episode)
    may = access.can(access.check_prove_duty, reader.actor, door, duty.agency_id)
    is_open = duty.state in {DutyState.OPEN, DutyState.WAIVED} and duty.applies is Applies.TRUE
    takes_proof = is_open and may and episode.state is not EpisodeState.CLOSED
    values = {name: str(value) for name, value in request.POST.items()} if refused else {}
    kind = values.get("kind", "")
    may_waive = (
        takes_proof
        and duty.state is DutyState.OPEN
        and access.can(access.check_waive_duty, reader.actor, door, duty.agency_id)
    )
    return EvidenceSlot(
        uid=UID,
        action=request.path,
        kinds=tuple(_kind(code) for code in _codes(duty)) if takes_proof else (),
        now_local=f"{reader.now.astimezone(reader.zone):%Y-%m-%dT%H:%M}",
        zone=reader.now.astimezone(reader.zone).tzname() or reader.zone.key,
        saved=tuple(_saved(one, reader) for one in proofs(duty)),
        values=values,
        errors={f"{kind}-{_input(kind, refused.field)}": _(refused.reason)} if refused else {},
        may_waive_href=f"{request.path}/waive" if may_waive else "",
        scans_files=scanning.is_configured(),
    )


def proofs(duty: DutyView) -> list[EvidenceView]:
    """What proves the duty. That the recipient said no is kept beside it, and proves nothing."""
    return [one for one in duty.evidence if one.kind != REFUSAL]


def refusals(duty: DutyView) -> list[EvidenceView]:
    """Each time the recipient would not take it."""
    return [one for one in duty.evidence if one.kind == REFUSAL]


def summary(shown: EvidenceSlot, refused: Refused | None) -> ErrorSummary:
    """The refusal at the top of the page, with a way to its field."""
    if refused is None:
        return ErrorSummary()
    field = next(iter(shown.errors), "")
    has_field = field.rpartition("-")[0] in {kind.code for kind in shown.kinds}
    return ErrorSummary(problems=(Problem(words=_(refused.reason), field_id=f"{UID}-{field}" if has_field else ""),))


def read(request: HttpRequest, reader: Reader) -> NewEvidence:
    """The proof as the form hands it in.

    Raises:
        Refused: `document-large` or `proof-time`.
    """
    post: Mapping[str, str] = request.POST.dict()
    kind = post.get("kind", "")
    upload = request.FILES.get(f"{kind}-file")
    value = post.get(f"{kind}-number" if _takes(kind) is Takes.NUMBER else f"{kind}-reason", "")
    return NewEvidence(
        kind=kind,
        value=value,
        taken_by=post.get(f"{kind}-person", ""),
        happened_at=local(post.get(f"{kind}-at", ""), reader.zone, reader.now),
        document=content_of(upload) if upload is not None else None,
        filename=upload.name or "" if upload is not None else "",
    )


def local(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    """The instant that somebody typed in the agency's own time; now when nothing was typed.

    Raises:
        Refused: `proof-time`.
    """
    if not text:
        return now
    try:
        typed = datetime.fromisoformat(text)
    except ValueError:
        words = _("Write the day and time, for example 2026-11-24 14:05.")
        raise Refused("proof-time", words, field="happened_at") from None
    meant = typed if typed.tzinfo else typed.replace(tzinfo=zone)
    # The field knows minutes; "now" typed within this minute is not the future.
    return now if now < meant and (meant - now).total_seconds() < 60 else meant


def _codes(duty: DutyView) -> tuple[str, ...]:
    """What the rule accepts, then a paper, then that they would not take it: always possible, always last.

    Nothing for a duty that only the act itself proves.
    """
    if duty.act_path:
        return ()
    asked = [code for code in duty.evidence_kinds if code != REFUSAL]
    return tuple(dict.fromkeys([*asked, "document", REFUSAL]))


def _saved(one: EvidenceView, reader: Reader) -> SavedProof:
    label = wording.proof(one.kind)
    return SavedProof(
        words=f"{label}: {one.value}" if one.value else label,
        by=f"{_given_by(one)} · {_('its paper opens with the key of the nation alone')}"
        if one.is_under_nation_key
        else _given_by(one),
        at=reader.moment(one.happened_at),
        scan=_SCANS[one.is_scanned] if one.has_document else None,
        href=f"/evidence/{one.evidence_id}" if one.has_document else "",
    )


def _given_by(one: EvidenceView) -> str:
    if not one.is_told:
        return _("what it says stays with the agency that gave it")
    if not one.taken_by:
        return _("recorded by %(who)s") % {"who": one.recorded_by}
    return _("from %(source)s, recorded by %(who)s") % {"source": one.taken_by, "who": one.recorded_by}


def _kind(code: str) -> EvidenceKind:
    label = wording.proof(code)
    return EvidenceKind(code=code, label=label, takes=_takes(code), number_label=label, hint=wording.proof_hint(code))


def _takes(code: str) -> Takes:
    if code in wording.NUMBERS:
        return Takes.NUMBER
    return {"document": Takes.FILE, REFUSAL: Takes.REFUSAL}.get(code, Takes.WORDS)


def _input(kind: str, field: str) -> str:
    if field == "happened_at":
        return "at"
    takes = _takes(kind)
    return INPUT_OF_FIELD[takes].get(field, "reason" if takes is not Takes.NUMBER else "number")
