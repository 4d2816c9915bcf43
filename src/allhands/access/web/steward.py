"""A nation's data steward: its members' records, the word on secondary use, everything to take along."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from allhands.access import annex, nation_export
from allhands.access.actions import stewarding
from allhands.access.contracts import NationKeyState
from allhands.access.permissions import check_steward
from allhands.access.records import suspended_nations
from allhands.agencies import api as agencies
from allhands.agencies.presenting import Reader, reader_of
from allhands.kernel.errors import Denied, Refused
from allhands.platform.web.asking import require_actor, typed
from allhands.ui.components.error_summary.presenter import Problem, summary_of_one


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Our data: whose records are here, who else takes part, what stands about secondary use."""
    reader, nation = _open(request)
    problem: Problem | None = None
    suspended = nation in suspended_nations()
    if request.method == "POST":
        try:
            wanted = _wanted(typed(request, "act"))
            stewarding.decide_secondary_use(
                reader.actor, nation, suspended=wanted, reason=typed(request, "reason"), now=reader.now
            )
            return redirect("steward")
        except Refused as refused:
            problem = Problem(words=refused.reason, field_id=refused.field)
    members = nation_export.members_of(nation)
    context = {
        "nation": nation,
        "suspended": suspended,
        "has_key": any(one.state is NationKeyState.IN_FORCE and one.public_key for one in annex.keys_of_nation(nation)),
        "members": members,
        "agreements": agencies.list_agreements(reader.actor.agency_id),
        "posted": request.POST,
        "problem": problem,
        "summary": summary_of_one(problem),
    }
    return render(request, "access/steward.html", context, status=422 if problem else 200)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Everything the nation may have of its members' records, each field with its source, and who saw it."""
    reader, nation = _open(request)
    content = nation_export.export(reader.actor, nation, reader.now)
    response = HttpResponse(json.dumps(content, ensure_ascii=False, indent=1), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{nation}-{reader.now:%Y-%m-%d}.json"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _wanted(act: str) -> bool:
    """Whether to stop. The page says which it meant: another steward may have decided while it was open."""
    if act not in {"stop", "allow"}:
        raise Refused("steward-act", _("Choose whether it stops or is allowed again."), field="reason")
    return act == "stop"


def _open(request: HttpRequest) -> tuple[Reader, str]:
    """The steward and the slug of the nation the steward's agency serves."""
    reader = reader_of(require_actor(request))
    check_steward(reader.actor)
    nations = agencies.nations_of(reader.actor.agency_id)
    if not nations:
        raise Denied("access.steward")
    return reader, nations[0]
