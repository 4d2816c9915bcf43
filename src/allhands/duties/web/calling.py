"""Phone numbers of whoever must be reached: from the directory, with hours and the day they were checked, or none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from allhands.agencies import api as agencies
from allhands.agencies.contracts import AgencyView, Candidate, HoursView, RouteKind, RouteView
from allhands.agencies.presenting import Reader
from allhands.duties.contracts import DutyView
from allhands.ui.components.call_line.presenter import CallLine, CallState
from allhands.ui.wording import date_words

# A number nobody checked for half a year is shown with a warning. Source: screens guide 3.8.
OLD_AFTER = timedelta(days=180)
# Codes that stand for a file, an office of one's own or everybody: there is nobody to call.
NOT_CALLED = frozenset({"ncic", "namus", "everyone", "federal_agency"})


def is_called(duty: DutyView) -> bool:
    """Whether the duty is done by reaching somebody else."""
    return duty.recipient_code not in NOT_CALLED and duty.recipient_code != duty.actor_code


def calls(duty: DutyView, meant: Iterable[Candidate], reader: Reader) -> tuple[CallLine, ...]:
    """The numbers of every agency that the duty's recipient may be for this child, those answered now first.

    Args:
        meant: the agencies, the nearest first.
    """
    others = [one.agency for one in meant if one.agency.id != reader.actor.agency_id]
    made = [_line(one, route, reader) for one in others for route in agencies.routes(one.id, RouteKind.PHONE)]
    return tuple(sorted(made, key=lambda line: line.state is CallState.CLOSED))


def _line(agency: AgencyView, route: RouteView, reader: Reader) -> CallLine:
    today = reader.now.astimezone(reader.zone).date()
    answered = agencies.is_answered(route, time_zone=agency.time_zone, at=reader.now)
    is_old = route.verified_on is None or today - route.verified_on > OLD_AFTER
    state = CallState.CLOSED if answered is False else CallState.OLD if is_old else CallState.VERIFIED
    return CallLine(
        name=agency.name,
        shown=route.address,
        tel="".join(letter for letter in route.address if letter in "+0123456789"),
        hours=_("day and night") if route.is_always_open else _hours_words(route.hours),
        verified=date_words(route.verified_on, today, reader.lang) if route.verified_on else "",
        state=state,
    )


def _hours_words(hours: Iterable[HoursView]) -> str:
    """ "Mon, Tue, Wed 08:00 to 17:00"; days with the same hours together."""
    days: dict[str, list[str]] = {}
    for one in hours:
        span = _("%(opens)s to %(closes)s") % {"opens": f"{one.opens:%H:%M}", "closes": f"{one.closes:%H:%M}"}
        days.setdefault(span, []).append(str(WEEKDAYS_ABBR[one.weekday]))
    return "; ".join(f"{', '.join(names)} {span}" for span, names in days.items()) or _("hours not known")
