"""Why can, or can't, I see this? The rule in plain words, what law says, and what the reader can do about it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from allhands.access import queries, sharing_law, words
from allhands.access.actions import exceptions
from allhands.access.contracts import Decision, MarkKind, Purpose
from allhands.access.decide import policy_notes
from allhands.access.fields import decide_fields
from allhands.access.matrix_page import GROUNDS
from allhands.access.permissions import can, check_break_glass, check_mark_field, check_steward, check_write_consent
from allhands.access.queries import MarkView
from allhands.access.records import Piece, question
from allhands.access.web.opening import Opened, label_of, open_episode
from allhands.agencies import api as agencies
from allhands.agencies.contracts import AgencyView
from allhands.duties import api as duties
from allhands.duties.presenting import class_of
from allhands.episodes.contracts import FactLine
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import AgencyId
from allhands.law.permission import PermissionResult
from allhands.platform import packs
from allhands.platform.web.asking import typed
from allhands.ui.components.error_summary.presenter import Problem, summary_of_one


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """A policy or a rule of law that speaks: its sentence, what it rests on, its id."""

    plain: str
    cite: str
    rule_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The whole answer about one field.

    Args:
        opens: what would open it, in words; empty when it is open.
    """

    may_see: bool
    rules: tuple[RuleLine, ...]
    opens: tuple[str, ...]
    law_word: str
    law_rules: tuple[RuleLine, ...]
    law_conditions: tuple[str, ...]


@require_http_methods(["GET", "POST"])
def why(request: HttpRequest, episode_id: str, fact_id: str) -> HttpResponse:
    """One field of one episode, for this reader."""
    opened = open_episode(request, episode_id)
    if fact_id not in packs.library().facts:
        raise Denied("fact")
    said = [line for line in opened.statements if line.fact_id == fact_id and line.says_something and line.current]
    if fact_id in opened.knowing.secret:
        said = []  # that anything is there is itself protected: the page is that of a fact nobody has stated
    marks = _marks(fact_id, said, opened)
    holder = _holder(said, opened)
    problem: Problem | None = None
    if request.method == "POST":
        try:
            return _act(request, opened, fact_id, holder)
        except Refused as refused:
            problem = Problem(words=refused.reason, field_id=refused.field)
    context = {
        **opened.frame(),
        "label": label_of(fact_id, opened.reader),
        "fact_id": fact_id,
        "you": _you(opened),
        "answer": _answer(fact_id, holder, opened, frozenset(one.kind for one in marks)),
        "holder": holder.name if holder else "",
        "is_locked": any(line.annex is not None and opened.knowing.sees(line) for line in said),
        "marks": [words.MARKS[kind] for kind in dict.fromkeys(one.kind for one in marks)],
        "lifts": [(one.mark_id, words.MARKS[one.kind]) for one in marks if _may_lift(one, opened)],
        "mark_kinds": [(kind.value, label) for kind, label in words.MARKS.items()],
        "may_mark": _may_mark(said, opened),
        "may_consent": can(check_write_consent, opened.reader.actor, opened.access),
        "may_break": can(check_break_glass, opened.reader.actor, opened.access),
        "asked": request.GET.get("asked", ""),
        "posted": request.POST,
        "problem": problem,
        "summary": summary_of_one(problem),
    }
    return render(request, "access/why.html", context, status=422 if problem else 200)


# Kinds of a mark that tell by themselves where the child was: with a shelter, in treatment, in a police report.
_TELLING = frozenset(MarkKind) - {MarkKind.FERPA, MarkKind.HIPAA}


def _may_mark(said: list[FactLine], opened: Opened) -> bool:
    """Whoever stated it marks it; a nation marks what is its own, whoever wrote it down."""
    actor = opened.reader.actor
    is_ours = any(line.agency_id == actor.agency_id for line in said) or exceptions.may_keep_for_nation(actor)
    return is_ours and can(check_mark_field, actor, opened.access)


def _marks(fact_id: str, said: list[FactLine], opened: Opened) -> list[MarkView]:
    """The marks that this reader may know of: a telling one only of one's own agency, or beside what one may read."""
    found = queries.marks(opened.episode.episode_id, fact_id)
    reads = any(opened.knowing.sees(line) for line in said)
    ours = opened.reader.actor.agency_id
    return [one for one in found if reads or one.agency == ours or one.kind not in _TELLING]


def _may_lift(one: MarkView, opened: Opened) -> bool:
    """Whoever marked it may take the mark away; a nation's, its steward alone."""
    actor = opened.reader.actor
    if one.agency != actor.agency_id or not can(check_mark_field, actor, opened.access):
        return False
    return one.kind is not MarkKind.TRIBAL_ONLY or can(check_steward, actor)


def _act(request: HttpRequest, opened: Opened, fact_id: str, holder: AgencyView | None) -> HttpResponse:
    actor, now = opened.reader.actor, opened.reader.now
    if typed(request, "act") == "mark":
        kind = typed(request, "kind")
        if kind not in MarkKind.__members__:
            raise Refused("mark-kind", _("Choose what it is."), field="kind")
        exceptions.mark(actor, opened.access, fact_id, MarkKind(kind), typed(request, "reason"), now)
        return redirect("why", episode_id=opened.episode.episode_id, fact_id=fact_id)
    if typed(request, "act") == "lift":
        exceptions.lift(actor, opened.access, typed(request, "mark"), now)
        return redirect("why", episode_id=opened.episode.episode_id, fact_id=fact_id)
    to = holder.id if holder else opened.episode.owner_agency_id
    exceptions.ask(actor, opened.access, fact_id, AgencyId(to), typed(request, "why"), now)
    return redirect(f"{request.path}?asked=1")


def _you(opened: Opened) -> str:
    reader = opened.reader
    said = {
        "who": reader.actor.label,
        "agency": reader.agency_name(reader.actor.agency_id),
        "purpose": words.PURPOSES[Purpose.RESPONSE],
    }
    return _("%(who)s, %(agency)s, here for: %(purpose)s") % said


def _holder(said: list[FactLine], opened: Opened) -> AgencyView | None:
    """Whose it is: of several, one whose word the reader may not see."""
    ordered = sorted(said, key=opened.knowing.sees)
    holder = next((line.agency_id for line in ordered if line.agency_id), None)
    return agencies.get_agency(holder) if holder else None


def _answer(fact_id: str, holder: AgencyView | None, opened: Opened, marks: frozenset[MarkKind]) -> Answer:
    """What the policies and law say, as far as the reader may know what the fact is marked with."""
    reader = opened.reader
    record = replace(opened.knowing.record, marks={fact_id: marks})
    piece = Piece(
        fact_id=fact_id,
        sensitivity=class_of(fact_id),
        holder=holder.id if holder else None,
        regime=holder.regime.value if holder else "",
    )
    asked, asking = question(piece, record)
    [decision] = decide_fields(reader.actor, opened.access, [(asked, asking)])
    opens: tuple[str, ...] = ()
    if not decision.allowed:
        more = [
            replace(asking, consents=asking.consents | one.consents, agreement=one.agreement, emergency=one.emergency)
            for one in GROUNDS.values()
        ]
        answers = decide_fields(reader.actor, opened.access, [(asked, one) for one in more])
        opens = tuple(
            str(words.GROUNDS[name])
            for name, one in zip(GROUNDS, answers, strict=True)
            if one.allowed and name != "yes"
        )
    found = _law(piece, holder, opened, marks) if holder and holder.id != reader.actor.agency_id else None
    return Answer(
        may_see=decision.allowed,
        rules=_rules(decision, reader.lang),
        opens=opens,
        law_word=found.verdict.value if found else "",
        law_rules=_law_rules(found, reader.lang) if found else (),
        law_conditions=tuple(one.text.get(reader.lang) for one in found.conditions) if found else (),
    )


def _rules(decision: Decision, lang: str) -> tuple[RuleLine, ...]:
    notes = [policy_notes()[policy] for policy in decision.policy_ids]
    return tuple(
        RuleLine(plain=note.plain_es if lang == "es" else note.plain, cite=note.cite, rule_id=note.policy_id)
        for note in notes
    )


def _law(piece: Piece, holder: AgencyView, opened: Opened, marks: frozenset[MarkKind]) -> PermissionResult:
    shown = [line for line in opened.statements if line.current and opened.knowing.sees(line)]
    return sharing_law.ask(
        piece,
        marks,
        holder_kind=holder.kind,
        recipient=opened.reader.actor,
        purpose=Purpose.RESPONSE,
        statements=duties.said(shown),
        now=opened.reader.now,
    )


def _law_rules(found: PermissionResult, lang: str) -> tuple[RuleLine, ...]:
    cited = "; ".join(f"{source.citation} {source.pin}".strip() for source in found.basis)
    return tuple(
        RuleLine(plain=one.plain.get(lang), cite=cited if number == 0 else "", rule_id=one.rule_id)
        for number, one in enumerate(found.because)
    )
