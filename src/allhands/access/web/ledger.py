"""Who knows what: the ledger of one child, and of an agency; copies on lease, and calling them back."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from allhands.access import naming, queries, words
from allhands.access.actions import exceptions, recalling
from allhands.access.contracts import LeaseState
from allhands.access.decide import policy_notes
from allhands.access.permissions import can, check_recall_copy, check_view_ledger
from allhands.access.queries import AskView, DisclosureView, LeaseView
from allhands.access.web.opening import label_of, open_episode
from allhands.agencies.presenting import Reader, reader_of
from allhands.duties.presenting import Knowing
from allhands.episodes import api as episodes
from allhands.kernel.actors import Role
from allhands.kernel.errors import Denied, Refused
from allhands.platform.audit import api as audit
from allhands.platform.web.asking import require_actor, typed
from allhands.ui.wording import Moment

OVERSEES = frozenset({Role.AUDITOR, Role.SUPERVISOR, Role.DIRECTOR, Role.DATA_STEWARD, Role.ATTORNEY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A policy the disclosure rests on."""

    policy_id: str
    plain: str
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the ledger: names of fields, never a value.

    Args:
        untold: how many fields are not this reader's to be named.
        kept: fields that were at hand and did not go along; of `kept_untold` more the name is not this reader's.
    """

    at: Moment
    to: str
    to_agency: str
    how: str
    fields: tuple[str, ...]
    untold: int
    classes: str
    purpose: str
    grounds: tuple[Ground, ...]
    rules: tuple[str, ...]
    kept: tuple[str, ...]
    kept_untold: int
    emergency: bool
    child: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy that somebody holds."""

    lease_id: str
    holder: str
    sent: Moment
    until: Moment
    state: str
    called: Moment | None
    told: int
    confirmed: Moment | None
    confirmed_by: str
    may_recall: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which rows somebody looks for."""

    to: str
    emergency: bool
    before: int | None

    def find(self, episode_id: str | None) -> tuple[tuple[DisclosureView, ...], str]:
        """A page of rows, and the address of those behind it; empty when there are none."""
        most = queries.LONGEST_LIST
        found = queries.disclosures(
            episode_id, to=self.to, emergency=self.emergency, before=self.before, limit=most + 1
        )
        if len(found) <= most:
            return found, ""
        kept = {"to": self.to, "emergency": "1" if self.emergency else "", "before": str(found[most - 1].number)}
        return found[:most], f"?{urlencode({name: value for name, value in kept.items() if value})}"


def _asked(request: HttpRequest) -> Asked:
    before = request.GET.get("before", "")
    return Asked(
        to=request.GET.get("to", "").strip(),
        emergency=bool(request.GET.get("emergency")),
        before=int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None,
    )


@require_GET
def of_child(request: HttpRequest, episode_id: str) -> HttpResponse:
    """Everything that anybody learned about one child."""
    reader = reader_of(require_actor(request))
    one = episodes.find_episode(episode_id)
    if one is None:
        raise Denied("episode")
    door = episodes.access_of(one)
    check_view_ledger(reader.actor, door)
    asked = _asked(request)
    with audit.audited(reader.actor, reader.now, audit.Event.RECORD_READ, episode_id=one.episode_id) as entry:
        entry.details["ledger"] = True
        found, older = asked.find(one.episode_id)
        copies = queries.leases(one.episode_id)
        asks = queries.asks(one.episode_id)
    _introduce(reader, found, copies, asks)
    knowing = _knowing(request, episode_id, reader)
    may_recall = can(check_recall_copy, reader.actor, door)
    context = {
        "name": one.child.call_name,
        "episode_id": one.episode_id,
        "lines": [_line(row, reader, knowing) for row in found],
        "copies": [_copy(row, reader, may_recall) for row in copies],
        "asks": [_ask(row, reader) for row in asks],
        "asked": asked,
        "older": older,
        "works_here": knowing is not None,
    }
    return render(request, "access/ledger.html", context)


@require_GET
def of_agency(request: HttpRequest) -> HttpResponse:
    """The ledger of everything the reader's agency takes part in, for those who oversee."""
    reader = reader_of(require_actor(request))
    if reader.actor.role not in OVERSEES:
        raise Denied("ledger")
    asked = _asked(request)
    with audit.audited(reader.actor, reader.now, audit.Event.RECORD_READ) as entry:
        entry.details["ledger"] = True
        found, older = asked.find(None)
        names = queries.child_names({row.episode_id for row in found})
    _introduce(reader, found, (), ())
    lines = [_line(row, reader, None, names) for row in found]
    return render(request, "access/ledger_all.html", {"lines": lines, "asked": asked, "older": older})


@require_POST
def recall(request: HttpRequest, episode_id: str, lease_id: str) -> HttpResponse:
    """Call one copy back."""
    opened = open_episode(request, episode_id)
    with contextlib.suppress(Refused):  # somebody else was quicker: the page shows it as called back
        recalling.recall(opened.reader.actor, opened.access, lease_id, opened.reader.now)
    return redirect("ledger", episode_id=episode_id)


@require_POST
def answer(request: HttpRequest, episode_id: str, ask_id: str) -> HttpResponse:
    """Answer an ask for a field, in words."""
    opened = open_episode(request, episode_id)
    words_ = typed(request, "answer") or _("No.")
    exceptions.answer_ask(opened.reader.actor, opened.access, ask_id, words_, opened.reader.now)
    return redirect("ledger", episode_id=episode_id)


def _knowing(request: HttpRequest, episode_id: str, reader: Reader) -> Knowing | None:
    """What the reader may know of the child; None for those who only oversee."""
    try:
        return open_episode(request, episode_id).knowing
    except Denied:
        return None


def _introduce(
    reader: Reader, found: Iterable[DisclosureView], copies: Iterable[LeaseView], asks: Iterable[AskView]
) -> None:
    ids = {row.to_agency for row in found if row.to_agency} | {row.to_agency for row in copies}
    reader.book.learn(agency_ids=ids | {row.from_agency for row in asks} | {row.holder for row in asks})


def _line(row: DisclosureView, reader: Reader, knowing: Knowing | None, names: Mapping[str, str] | None = None) -> Line:
    told, kept = naming.name(row.facts, knowing), naming.name(row.withheld, knowing)
    return Line(
        at=reader.moment(row.at),
        to=row.to_label,
        to_agency=reader.agency_name(row.to_agency) if row.to_agency else "",
        how=str(words.DOORS[row.door]),
        fields=tuple(label_of(fact, reader) for fact in told.facts),
        untold=told.untold,
        classes=", ".join(str(words.CLASSES[name]) for name in row.classes),
        purpose=str(words.PURPOSES[row.purpose]),
        grounds=tuple(_ground(policy, reader) for policy in row.policies),
        rules=row.rules,
        kept=tuple(label_of(fact, reader) for fact in kept.facts),
        kept_untold=kept.untold,
        emergency=row.emergency,
        child=names.get(row.episode_id, "") if names else "",
        href=row.episode_id,
    )


def _ground(policy_id: str, reader: Reader) -> Ground:
    note = policy_notes().get(policy_id)
    if note is None:
        return Ground(policy_id=policy_id, plain="", cite="")
    return Ground(policy_id=policy_id, plain=note.plain_es if reader.lang == "es" else note.plain, cite=note.cite)


def _copy(row: LeaseView, reader: Reader, may_recall: bool) -> Copy:
    return Copy(
        lease_id=row.lease_id,
        holder=reader.agency_name(row.to_agency),
        sent=reader.moment(row.made_at),
        until=reader.moment(row.until),
        state=row.state.value,
        called=reader.moment(row.recalled_at) if row.recalled_at else None,
        told=row.told,
        confirmed=reader.moment(row.confirmed_at) if row.confirmed_at else None,
        confirmed_by=row.confirmed_by,
        may_recall=may_recall and row.state is LeaseState.RUNNING and row.from_agency == reader.actor.agency_id,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AskLine:
    """Somebody asked for a field."""

    ask_id: str
    field: str
    by: str
    agency: str
    holder: str
    why: str
    at: Moment
    answer: str
    answered_by: str
    may_answer: bool


def _ask(row: AskView, reader: Reader) -> AskLine:
    return AskLine(
        ask_id=row.ask_id,
        field=label_of(row.fact_id, reader),
        by=row.by,
        agency=reader.agency_name(row.from_agency),
        holder=reader.agency_name(row.holder),
        why=row.why,
        at=reader.moment(row.asked_at),
        answer=row.answer,
        answered_by=row.answered_by,
        may_answer=not row.answered_by and row.holder == reader.actor.agency_id,
    )
