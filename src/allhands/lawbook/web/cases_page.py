"""Cases of a draft: kept from a try, answered anew when the law has changed, or taken away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from allhands.access import api as access
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Refused
from allhands.kernel.findings import Finding
from allhands.law import JSON, Verdict
from allhands.law.packs.strict_yaml import Yaml, read_yaml
from allhands.lawbook import checking, queries
from allhands.lawbook.actions.drafts import SaveFile, save_file
from allhands.lawbook.contracts import DraftView
from allhands.lawbook.editing.faults import case_of
from allhands.lawbook.pack_text import write_yaml
from allhands.lawbook.web import draft_page
from allhands.platform.web.asking import require_actor

_WORDS: Mapping[str, Yaml] = {"true": True, "false": False, "True": True, "False": False}
_LONGEST = 120


@require_POST
def settle_case(request: HttpRequest, draft_id: str) -> HttpResponse:
    """A kept case that the changed law answers differently: keep it with the new answer, or take it away."""
    actor = require_actor(request)
    access.check_draft_law(actor)
    where = request.POST.get("case", "")
    path, _colon, place = where.partition(":")
    file, number = queries.list_files(draft_id).get(path), place.removeprefix("cases[").removesuffix("]")
    cases = _cases(file.text if file else None, path)
    if file is None or not number.isdigit() or int(number) >= len(cases):
        raise Http404
    try:
        if request.POST.get("do") == "keep":
            cases[int(number)] = _answered_anew(cases[int(number)], _differences(draft_id, where))
        else:
            del cases[int(number)]
        text = write_yaml({"cases": cases}) if cases else None
        save_file(actor, SaveFile(draft_id=draft_id, path=path, text=text, revision=file.revision), timezone.now())
    except Refused as refused:
        return draft_page.page_of(request, draft_id, refused=refused)
    return redirect("law-draft", draft_id)


def _cases(text: str | None, path: str) -> list[Yaml]:
    value = read_yaml((text or "").encode(), path).value
    cases = value.get("cases") if isinstance(value, dict) else None
    return list(cases) if isinstance(cases, list) else []


def _differences(draft_id: str, where: str) -> list[Finding]:
    draft = queries.get_draft(draft_id)
    return [one for one in checking.check(draft.pack_id, queries.texts_of(draft_id)).errors if one.path == where]


def _answered_anew(case: Yaml, differences: Iterable[Finding]) -> Yaml:
    """The case with what the draft answers now.

    Raises:
        Refused: law-case-by-hand, where the answer is more than an instant or a word.
    """
    expect = case.get("expect") if isinstance(case, dict) else None
    found = [case_of(finding) for finding in differences]
    if not isinstance(case, dict) or not isinstance(expect, dict) or not found or None in found:
        words = _(
            "This case asks for more than one can take over here. Try the rule again, keep that, and take this away."
        )
        raise Refused("law-case-by-hand", words)
    anew = dict(expect) | {one.what: _WORDS.get(one.now, one.now) for one in found if one}
    return {**case, "expect": {key: value for key, value in anew.items() if value != "None"}}


def kept_case(
    title: str, rule_id: str, as_of: datetime, facts: Mapping[str, JSON], verdict: Verdict | None, due: datetime | None
) -> dict[str, Yaml]:
    """What was tried, as a case: from then on the draft must answer the same."""
    said: Yaml = {Verdict.TRUE: True, Verdict.FALSE: False}.get(verdict) if verdict else None
    expect: dict[str, Yaml] = {"verdict": "unknown" if said is None else said}
    if due is not None:
        expect["due_at"] = due.isoformat()
    kept: dict[str, Yaml] = {name: _as_yaml(value) for name, value in facts.items()}
    return {
        "name": title[:_LONGEST], "rule": rule_id, "as_of": as_of.isoformat(), "facts": kept, "expect": expect,
    }  # fmt: skip


def _as_yaml(value: JSON) -> Yaml:
    if isinstance(value, dict):
        return {key: _as_yaml(one) for key, one in value.items()}
    return [_as_yaml(one) for one in value] if isinstance(value, list) else value


def keep_case(actor: Actor, draft: DraftView, name: str, case: dict[str, Yaml]) -> None:
    """Write the case into the draft, after those of the same rule."""
    path = f"cases/{name}.cases.yaml"
    file = queries.list_files(draft.id).get(path)
    text = write_yaml({"cases": [*_cases(file.text if file else None, path), case]})
    command = SaveFile(draft_id=draft.id, path=path, text=text, revision=file.revision if file else 0)
    save_file(actor, command, timezone.now())
