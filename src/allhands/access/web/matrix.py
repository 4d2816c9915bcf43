"""The matrix as a page, and the try-out of changed policies."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from allhands.access import matrix_page, trying, words
from allhands.access.contracts import Purpose
from allhands.access.decide import POLICY_FOLDER, policy_notes, policy_text
from allhands.access.matrix import CLASSES
from allhands.access.permissions import can, check_try_policies
from allhands.agencies.presenting import reader_of
from allhands.kernel.actors import Role
from allhands.platform.audit import api as audit
from allhands.platform.web.asking import require_actor
from allhands.ui.components.error_summary.presenter import Problem, summary_of_one

_LARGEST = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The matrix for one purpose, with the names of the classes."""

    purpose: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Who may see what, by asking the policies; and every policy in plain words."""
    reader = reader_of(require_actor(request))
    notes = [
        (note.policy_id, note.plain_es if reader.lang == "es" else note.plain, note.cite)
        for note in policy_notes().values()
    ]
    context = {
        "classes": [(name, words.CLASSES[name]) for name in CLASSES],
        "tables": [_table(purpose) for purpose in matrix_page.PURPOSES],
        "walls": [note for note in notes if note[0].startswith("wall-")],
        "others": [note for note in notes if not note[0].startswith("wall-")],
        "may_try": can(check_try_policies, reader.actor),
    }
    return render(request, "access/matrix.html", context)


@require_http_methods(["GET", "POST"])
def try_out(request: HttpRequest) -> HttpResponse:
    """Changed policies on the table: who would gain or lose what. Nothing takes effect."""
    reader = reader_of(require_actor(request))
    check_try_policies(reader.actor)
    file = request.POST.get("file", "") or request.GET.get("file", "")
    files = sorted(path.name for path in POLICY_FOLDER.glob("*.cedar"))
    file = file if file in files else "fields.cedar"
    text = str(request.POST.get("policies", "")) or (POLICY_FOLDER / file).read_text(encoding="utf-8")
    problem: Problem | None = None
    tried: trying.Tried | None = None
    if request.method == "POST":
        try:
            tried = _try(file, text)
            with audit.audited(reader.actor, reader.now, audit.Event.POLICIES_TRIED) as entry:
                entry.details["changes"] = len(tried.changes)
                entry.details["walls"] = len(tried.broken)
        except trying.PoliciesUnreadable as error:
            said = _("These policies cannot be read: %(where)s") % {"where": error}
            problem = Problem(words=said, field_id="policies")
    context = {
        "files": files,
        "file": file,
        "text": text,
        "tried": tried,
        "changes": [_change(one) for one in tried.changes] if tried else [],
        "broken": [_broken(one, reader.lang) for one in tried.broken] if tried else [],
        "problem": problem,
        "summary": summary_of_one(problem),
    }
    return render(request, "access/try.html", context, status=422 if problem else 200)


def _try(file: str, text: str) -> trying.Tried:
    """With this text in the place of that file; the other files as they are."""
    if len(text) > _LARGEST:
        raise trying.PoliciesUnreadable(_("it is longer than all our policies together"))
    now = (POLICY_FOLDER / file).read_text(encoding="utf-8")
    return trying.try_out(policy_text().replace(now, text.replace("\r\n", "\n")))


def _table(purpose: Purpose) -> Table:
    return Table(
        purpose=str(words.PURPOSES[purpose]),
        rows=tuple(
            (
                str(words.KINDS[row.kind]),
                tuple(", ".join(str(words.GROUNDS[one]) for one in cell) or _("never") for cell in row.cells),
            )
            for row in matrix_page.rows()
            if row.purpose is purpose
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    gains: bool
    who: str
    what: str
    purpose: str
    ground: str


def _broken(policy_id: str, lang: str) -> tuple[str, str]:
    note = policy_notes()[policy_id]
    return (note.plain_es if lang == "es" else note.plain, note.cite)


def _change(one: trying.Change) -> ChangeLine:
    whose = _("its own") if one.holds == "own" else _("of others")
    what = f"{words.CLASSES[one.sensitivity]} ({whose})"
    return ChangeLine(
        gains=one.gains,
        who=_who(one),
        what=f"{what}, {words.CLOSED[one.closed_by]}" if one.closed_by else what,
        purpose=str(words.PURPOSES.get(one.purpose, _("anything else"))),
        ground=str(words.TRIED_GROUNDS[one.ground]),
    )


def _who(one: trying.Change) -> str:
    if one.kind is None:
        return _("an e-mail, a text message or a log") if one.reader == "System" else _("the public")
    hats = {
        Role.SUPERVISOR: _("somebody who works on it"),
        Role.DISPATCHER: _("dispatcher"),
        Role.ADMINISTRATOR: _("administrator"),
        Role.OPERATOR: _("operator"),
        Role.AUDITOR: _("auditor"),
    }
    who = _("in a packet") if one.reader == "Recipient" else hats[one.role] if one.role else _("software")
    return f"{words.KINDS[one.kind]}, {who}"
