"""The right to correct: a public path for the person named, and the desk of the two who decide."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from allhands.access import queries, words
from allhands.access.actions import correcting
from allhands.access.contracts import IdentityCheck, ObjectionKind, ObjectionState
from allhands.access.permissions import check_decide_objection
from allhands.access.queries import ObjectionView
from allhands.agencies import api as agencies
from allhands.agencies.contracts import AgencyView
from allhands.agencies.presenting import Reader, reader_of
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeView
from allhands.kernel.actors import SYSTEM, AgencyKind
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import AgencyId
from allhands.platform.database.acting import acting_as
from allhands.platform.web.asking import require_actor, typed
from allhands.platform.web.too_many import check_not_too_many, status_of
from allhands.ui.components.error_summary.presenter import Problem, summary_of_one
from allhands.ui.components.receipt.presenter import Receipt, ReceiptState

# Whoever may own a response may answer for it; the person chooses among them.
_ANSWERING = frozenset(
    {AgencyKind.CHILD_WELFARE, AgencyKind.LAW_ENFORCEMENT, AgencyKind.TRIBAL_GOVERNMENT, AgencyKind.TRIBAL_POLICE}
)
_STATES = {
    ObjectionState.RECEIVED: ReceiptState.RECEIVED,
    ObjectionState.FIRST_HEARD: ReceiptState.LOOKED_AT,
    ObjectionState.SPLIT: ReceiptState.LOOKED_AT,
    ObjectionState.GRANTED: ReceiptState.DONE,
    ObjectionState.REFUSED: ReceiptState.DONE,
}


@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Anybody: this is about me, and it is wrong. The answer is the same whether or not there is a record."""
    problem: Problem | None = None
    answer = 200
    if request.method == "POST":
        try:
            check_not_too_many(request, "correction", field="kind")
            code = correcting.receive(_read(request), timezone.now())
            return render(request, "access/objection_sent.html", {"receipt": _receipt(code)})
        except Refused as refused:
            problem, answer = Problem(words=refused.reason, field_id=refused.field), status_of(refused)
    context = {
        "kinds": [(kind.value, label) for kind, label in words.OBJECTIONS.items()],
        "agencies": _answering(),
        "posted": request.POST,
        "problem": problem,
        "summary": summary_of_one(problem),
    }
    return render(request, "access/objection.html", context, status=answer)


@never_cache
@require_http_methods(["GET", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """Come back with the code; a code nobody has is answered like one that still waits."""
    context: dict[str, object] = {}
    answer = 200
    if request.method == "POST":
        try:
            check_not_too_many(request, "correction_code", field="code")
            context = _look_up(typed(request, "code"))
        except Refused as refused:
            problem, answer = Problem(words=refused.reason, field_id=refused.field), status_of(refused)
            context = {"problem": problem, "summary": summary_of_one(problem), "posted": request.POST}
    return render(request, "access/objection_status.html", context, status=answer)


def _look_up(code: str) -> dict[str, object]:
    with acting_as(SYSTEM):
        found = queries.find_objection_by_code(correcting.digest_of(code))
    state = _STATES[found.state] if found else ReceiptState.RECEIVED
    decided = found and found.state in {ObjectionState.GRANTED, ObjectionState.REFUSED}
    return {
        "receipt": Receipt(heading=_("Your wish"), code=code, state=state),
        "why": _answer(found) if found and decided else "",
    }


def _answer(found: ObjectionView) -> str:
    """What two people decided, in their words; to somebody of whom nobody knows who it is, in ours alone.

    Whoever looks for a child could send a wish in the child's name, and would learn from their words whether there is a
    record, or where the child is.
    """
    decided = str(words.OBJECTION_STATES[found.state])
    if found.identity in {None, IdentityCheck.NOT_POSSIBLE}:
        unknown = _("Nobody could make sure who asks. Ask again with an advocate or lawyer you trust, or come in.")
        return f"{decided}: {unknown}"
    return f"{decided}: {found.second_why}"


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The wishes this agency was asked, the one due first at the top."""
    reader = reader_of(require_actor(request))
    check_decide_objection(reader.actor, reader.actor.agency_id)
    rows = [(one, *_shown(one, reader)) for one in queries.objections()]
    return render(request, "access/objections.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def hear(request: HttpRequest, objection_id: str) -> HttpResponse:
    """One wish, and what this person says to it."""
    reader = reader_of(require_actor(request))
    found = queries.find_objection(objection_id)
    if found is None:
        raise Denied("objection")
    check_decide_objection(reader.actor, found.agency)
    episode = episodes.find_episode(found.episode_id) if found.episode_id else None
    problem: Problem | None = None
    if request.method == "POST":
        try:
            _hear(request, reader, found, episode)
            return redirect("objection", objection_id=objection_id)
        except Refused as refused:
            problem = Problem(words=refused.reason, field_id=refused.field)
    kind, state = _shown(found, reader)[:2]
    context = {
        "one": found,
        "kind": kind,
        "state": state,
        "received": reader.moment(found.received_at),
        "due": reader.moment(found.due_at),
        "late": reader.now > found.due_at,
        "episode": episode,
        "identity": words.IDENTITY[found.identity] if found.identity else "",
        "checks": [(check.value, label) for check, label in words.IDENTITY.items()],
        "waits_for_first": found.state in {ObjectionState.RECEIVED, ObjectionState.SPLIT},
        "decided": found.state in {ObjectionState.GRANTED, ObjectionState.REFUSED},
        "posted": request.POST,
        "problem": problem,
        "summary": summary_of_one(problem),
    }
    return render(request, "access/objection_hear.html", context, status=422 if problem else 200)


def _hear(request: HttpRequest, reader: Reader, found: ObjectionView, episode: EpisodeView | None) -> None:
    decision, check = typed(request, "decision"), typed(request, "identity")
    if decision not in {"yes", "no"}:
        raise Refused("objection-why", _("Choose yes or no."), field="decision")
    correcting.hear(
        reader.actor,
        found.objection_id,
        yes=decision == "yes",
        why=typed(request, "why"),
        identity=IdentityCheck(check) if check in IdentityCheck.__members__ else IdentityCheck.NOT_POSSIBLE,
        subject=subject(found, episode),
        now=reader.now,
    )


def subject(found: ObjectionView, episode: EpisodeView | None) -> correcting.Subject | None:
    """What a granted wish reaches: the record with every name, and every picture of the child."""
    if episode is None:
        return None
    child = episode.child
    takes_down = found.kind in {ObjectionKind.REMOVE_PHOTO, ObjectionKind.NOT_MISSING}
    photos = episodes.list_photos(child.child_id) if takes_down else ()
    return correcting.Subject(
        episode_id=episode.episode_id,
        child_id=child.child_id,
        names=tuple(dict.fromkeys([child.call_name, *(name.text for name in child.names)])),
        born_on=child.born_on,
        pictures=tuple(correcting.Picture(photo_id=one.photo_id, content=one.content) for one in photos),
    )


def _read(request: HttpRequest) -> correcting.NewObjection:
    kind = typed(request, "kind")
    if kind not in ObjectionKind.__members__:
        raise Refused("objection-kind", _("Choose what is wrong."), field="kind")
    chosen = {one.id: one for one in _answering()}.get(AgencyId(typed(request, "agency")))
    if chosen is None:
        raise Refused("objection-agency", _("Choose who shall answer. It can be one you trust."), field="agency")
    born = typed(request, "born_on")
    try:
        born_on = date.fromisoformat(born) if born else None
    except ValueError:
        raise Refused(
            "objection-born", _("Write the birthday like 2010-05-31, or leave it out."), field="born_on"
        ) from None
    name = typed(request, "name")
    return correcting.NewObjection(
        kind=ObjectionKind(kind),
        name=name[:200],
        born_on=born_on,
        words=typed(request, "words")[:2000],
        reach=typed(request, "reach")[:200],
        agency_id=chosen.id,
    )


def _answering() -> list[AgencyView]:
    return [one for one in agencies.list_agencies() if one.kind in _ANSWERING]


def _receipt(code: str) -> Receipt:
    grouped = "-".join(code[place : place + 4] for place in range(0, len(code), 4))
    return Receipt(
        heading=_("We have it. This is your code. Write it down."),
        code=grouped,
        next_steps=(
            _("Two people look at it within 24 hours."),
            _("We never ask where you are."),
            _("Come back with the code to see what they decided."),
        ),
    )


def _shown(one: ObjectionView, reader: Reader) -> tuple[str, str, object, bool]:
    late = reader.now > one.due_at and one.state not in {ObjectionState.GRANTED, ObjectionState.REFUSED}
    return str(words.OBJECTIONS[one.kind]), str(words.OBJECTION_STATES[one.state]), reader.moment(one.due_at), late
