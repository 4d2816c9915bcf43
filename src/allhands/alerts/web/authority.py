"""Who may send alerts for which land, as the plan of the state or nation has it. Kept by an operator."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from allhands.access import api as access
from allhands.agencies import api as agencies
from allhands.agencies.presenting import reader_of
from allhands.alerts import presenting, queries
from allhands.alerts.actions import authorities
from allhands.alerts.contracts import AuthorityView, Rank
from allhands.directory import api as directory
from allhands.geo import places
from allhands.kernel.errors import Refused
from allhands.kernel.ids import AgencyId
from allhands.platform.web.asking import require_actor
from allhands.ui.components.error_summary.presenter import Problem
from allhands.ui.wording import Lang


@require_http_methods(["GET", "POST"])
def authority(request: HttpRequest) -> HttpResponse:
    """The record, and one more."""
    reader = reader_of(require_actor(request))
    access.check_operate(reader.actor)
    problem = Problem(words="")
    if request.method == "POST":
        try:
            authorities.add(reader.actor, _typed(request), reader.now)
            return redirect("alert-authority")
        except Refused as refused:
            problem = presenting.problem_of(refused)
    lines = [(one, reader.agency_name(one.agency_id), _land(one, reader.lang)) for one in queries.list_authorities()]
    context = {
        "lines": lines,
        "agencies": agencies.list_agencies(),
        "nations": sorted(((code, name.get(reader.lang)) for code, name in directory.nations().items()), key=_by_name),
        "ranks": [rank.value for rank in Rank],
        "typed": request.POST,
        "problem": problem,
        "summary": presenting.summary_of([problem] if problem.words else []),
    }
    return render(request, "alerts/authority.html", context, status=422 if problem.words else 200)


def _by_name(pair: tuple[str, str]) -> str:
    return pair[1].casefold()


@require_POST
def end(request: HttpRequest, authority_id: str) -> HttpResponse:
    """The agency no longer sends for that land."""
    reader = reader_of(require_actor(request))
    authorities.end(reader.actor, authority_id, reader.now)
    return redirect("alert-authority")


def _typed(request: HttpRequest) -> authorities.NewAuthority:
    said = request.POST
    minutes = str(said.get("answer_minutes", "")).strip()
    rank = str(said.get("rank", ""))
    return authorities.NewAuthority(
        agency_id=AgencyId(str(said.get("agency_id", ""))),
        state=str(said.get("state", "")).strip().upper(),
        county_fips=str(said.get("county_fips", "")).strip(),
        nation=str(said.get("nation", "")).strip(),
        rank=Rank(rank) if rank in {one.value for one in Rank} else Rank.PRIMARY,
        answer_minutes=int(minutes) if minutes.isdecimal() and len(minutes) < 5 else 0,
        sender=str(said.get("sender", "")).strip(),
        source=str(said.get("source", ""))[:500],
    )


def _land(one: AuthorityView, lang: Lang) -> str:
    """The land in words; a nation that no list names is said to be just that."""
    if one.nation:
        known = directory.nations().get(one.nation)
        return known.get(lang) if known else _("nation not in the list: %(id)s") % {"id": one.nation}
    words = places.describe(state=one.state, county_fips=one.county_fips)
    return words.es if lang == "es" else words.en
