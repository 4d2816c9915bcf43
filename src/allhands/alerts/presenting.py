"""The slice's values in words, for its own pages and those that show alerts beside other things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from allhands.agencies import api as agencies
from allhands.agencies.contracts import AgencyView, RouteKind, RouteView
from allhands.agencies.presenting import Reader
from allhands.alerts import assembling, domain
from allhands.alerts.contracts import AlertState, AlertView, NeedLine, RequestState, RequestView
from allhands.channels.contracts import Way
from allhands.kernel.errors import Refused
from allhands.kernel.ids import AgencyId
from allhands.ui.components.call_line.presenter import CallLine, CallState
from allhands.ui.components.clock.presenter import Clock, ClockTimes, present_clock
from allhands.ui.components.error_summary.presenter import ErrorSummary, Problem
from allhands.ui.components.verdict_chip.presenter import Holds

HOLDS = {"TRUE": Holds.APPLIES, "FALSE": Holds.APPLIES_NOT, "UNKNOWN": Holds.UNKNOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A criterion with its shape and its word."""

    words: str
    shape: str
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """One line of the ledger."""

    href: str
    title: str
    child: str
    state: str
    asked: object
    asked_by: str
    agency: str
    decided: object | None
    decided_by: str
    reasons: tuple[str, ...]
    reason: str
    may_appeal: bool
    clock: Clock | None
    is_appeal: bool


def need(line: NeedLine, reader: Reader) -> Need:
    """A criterion as it stood when somebody asked."""
    words = {"TRUE": _("met"), "FALSE": _("not met"), "UNKNOWN": _("not known yet")}
    return Need(words=reader.said(line.title), shape=HOLDS[line.verdict].value, verdict=words[line.verdict])


def criteria_words(needs: Iterable[NeedLine]) -> str:
    """How many criteria are met, how many nobody knows, how many are not met; empty when the way has none."""
    counted = Counter(line.verdict for line in needs)
    if not counted:
        return ""
    met, unknown, refused = (counted[verdict] for verdict in ("TRUE", "UNKNOWN", "FALSE"))
    return ", ".join(
        (
            ngettext("%(number)s met", "%(number)s met", met) % {"number": met},
            ngettext("%(number)s not known yet", "%(number)s not known yet", unknown) % {"number": unknown},
            ngettext("%(number)s not met", "%(number)s not met", refused) % {"number": refused},
        )
    )


def grant_words(needs: Iterable[NeedLine]) -> str:
    """What the button of a yes says: never more than what is known."""
    lines = tuple(needs)
    if lines and all(line.verdict == "TRUE" for line in lines):
        return ngettext("Yes: the one criterion is met", "Yes: all %(number)s criteria are met", len(lines)) % {
            "number": len(lines)
        }
    return _("Yes, with %(counts)s") % {"counts": criteria_words(lines)} if lines else _("Yes")


def request_line(one: RequestView, reader: Reader, *, appealed: bool = False) -> RequestLine:
    """A line of the ledger in the reader's words."""
    return RequestLine(
        href=f"/alerts/requests/{one.request_id}",
        title=reader.said(one.title),
        child=one.child,
        state=request_state(one.state),
        asked=reader.moment(one.asked_at),
        asked_by=one.asked_by,
        agency=reader.agency_name(one.asked_agency_id),
        decided=reader.moment(one.decided_at) if one.decided_at else None,
        decided_by=one.decided_by,
        reasons=tuple(reason_words(code, one, reader) for code in one.reason_codes),
        reason=one.reason,
        may_appeal=one.state is RequestState.REFUSED and not appealed,
        clock=answer_clock(one, reader),
        is_appeal=bool(one.appeals),
    )


def answer_clock(one: RequestView, reader: Reader) -> Clock | None:
    """How long the answer may take; None once it is there, or when nobody is on record to give it."""
    if one.state is not RequestState.ASKED or one.answer_due_at is None:
        return None
    times = ClockTimes(starts_when="", started_at=one.asked_at, due_at=one.answer_due_at)
    return present_clock(times, now=reader.now, zone=reader.zone, lang=reader.lang)


def reason_words(code: str, one: RequestView, reader: Reader) -> str:
    """A reason of a no: the criterion that is not met, or one of the others."""
    if code.startswith(domain.NEED):
        found = next((line for line in one.needs if f"{domain.NEED}{line.id}" == code), None)
        if found is None:
            return code
        words = _("Not met: %(need)s") if found.verdict == "FALSE" else _("Not known yet: %(need)s")
        return words % {"need": reader.said(found.title)}
    return reader.said(domain.REASONS.get(code, {"en": code, "es": code}))


def request_state(state: RequestState) -> str:
    """The word of a state."""
    return {
        RequestState.ASKED: _("Waiting for an answer"),
        RequestState.GRANTED: _("Yes"),
        RequestState.REFUSED: _("No"),
        RequestState.WITHDRAWN: _("Withdrawn"),
        RequestState.NONE: _("No alert, with a reason"),
    }[state]


def answer_sentence(state: RequestState) -> str:
    """Where a request stands, as a sentence that can stand alone."""
    said = {RequestState.GRANTED: _("The answer is yes."), RequestState.REFUSED: _("The answer is no.")}
    return said.get(state) or request_state(state)


def alert_state(one: AlertView) -> str:
    """The word of a state."""
    if one.state is AlertState.LIVE and one.offered_at is not None:
        return _("Live, and an update waits for approval")
    if one.state is AlertState.REFUSED and one.request.state is RequestState.WITHDRAWN:
        return _("No longer asked for")
    return {
        AlertState.DRAFT: _("Being written"),
        AlertState.OFFERED: _("Waiting for approval"),
        AlertState.RETURNED: _("Given back to change"),
        AlertState.REFUSED: _("Refused"),
        AlertState.LIVE: _("Live"),
        AlertState.TAKEN_BACK: pgettext("alert", "Taken back"),
        AlertState.ENDED: _("Ended by itself"),
    }[one.state]


def way_words(way: str) -> str:
    """A way out in words."""
    return {
        Way.IPAWS.value: _("Phones and stations (IPAWS)"),
        Way.SIGNS.value: _("Road signs"),
        Way.SMS.value: _("Text messages"),
        Way.EMAIL.value: _("E-mail"),
        Way.PUSH.value: _("Web push"),
        Way.WEBHOOKS.value: _("Partner systems (webhooks)"),
        Way.FEEDS.value: _("Public feeds"),
        Way.POSTERS.value: _("Posters"),
        Way.CARDS.value: _("Pictures to share"),
    }.get(way, way)


def calls(agency_ids: Iterable[AgencyId], reader: Reader) -> tuple[CallLine, ...]:
    """Whom to call, in the order in which they are asked; only numbers of the agencies' own record."""
    return tuple(
        _call_line(agencies.get_agency(agency_id), route, reader)
        for agency_id in agency_ids
        for route in agencies.routes(agency_id, RouteKind.PHONE)[:1]
    )


def _call_line(agency: AgencyView, route: RouteView, reader: Reader) -> CallLine:
    answered = agencies.is_answered(route, time_zone=agency.time_zone, at=reader.now)
    known = CallState.VERIFIED if route.verified_on else CallState.OLD
    return CallLine(
        name=agency.name,
        shown=assembling.shown_number(route.address),
        tel=route.address.replace(" ", ""),
        hours=_("day and night") if route.is_always_open else "",
        state=CallState.CLOSED if answered is False else known,
    )


def problem_of(refused: Refused) -> Problem:
    """What went wrong, in the reader's language where it is one of our fixed sentences."""
    return Problem(words=_(refused.reason), field_id=refused.field)


def summary_of(problems: Iterable[Problem]) -> ErrorSummary:
    """The box above a form; nothing when there is nothing wrong."""
    return ErrorSummary(problems=tuple(problems))
