"""One page of the wizard, ready to draw."""

from __future__ import annotations

from dataclasses import dataclass

from allhands.episodes.intake import steps
from allhands.episodes.intake.answers import text_of
from allhands.episodes.web import fields, running
from allhands.episodes.web.fields import Field
from allhands.episodes.web.intake_state import Intake
from allhands.platform import packs
from allhands.ui.components.draft_line.presenter import DraftLine, Saved
from allhands.ui.components.error_summary.presenter import ErrorSummary, Problem
from allhands.ui.components.progress.presenter import Progress
from allhands.ui.wording import moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Who says what stands on a page, and how sure. An empty `who` is the person who tells, whose name is `teller`."""

    id: str
    name: str
    who: str
    sure: str
    teller: str
    who_fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, and those that only follow a yes to it.

    Args:
        is_open: what follows is shown whatever was chosen, because something stands in it.
        is_title: the heading of the page asks it.
    """

    field: Field
    then: tuple[Field, ...] = ()
    is_open: bool = False
    is_title: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the wizard."""

    draft_id: str
    slug: str
    title: str
    hint: str
    progress: Progress
    settles: int
    why: tuple[str, ...]
    asked: tuple[Asked, ...]
    is_first: bool
    said: Said
    summary: ErrorSummary


def facts_of(slug: str) -> tuple[str, ...] | None:
    """The facts a page asks for: of an opening step, or the one that names it. None when there is no such page."""
    declared = packs.library().facts
    opening = steps.find_step(slug)
    if opening is None:
        return (slug,) if slug in declared and declared[slug].ask else None
    return tuple(fact for fact in opening.facts if fact in declared)


def make(intake: Intake, slug: str, *, with_problems: bool) -> Page:
    """The page of an existing slug with what was typed so far."""
    opening = steps.find_step(slug)
    asked = asked_on(intake, slug)
    question = next((one for one in intake.questions if one.fact == slug), None)
    single = opening is None
    return Page(
        draft_id=intake.draft.draft_id,
        slug=slug,
        title=opening.title.get(intake.lang) if opening else asked[0].field.question,
        hint=opening.hint.get(intake.lang) if opening and opening.hint else "",
        progress=_progress(intake, slug),
        settles=question.settles if question else 0,
        why=running.why_asked(intake, slug) if single else (),
        asked=asked,
        is_first=not steps.step_before(slug, intake.passed),
        said=said_on(intake, slug),
        summary=ErrorSummary(problems=_problems(intake, asked, slug) if with_problems else ()),
    )


def asked_on(intake: Intake, slug: str, *, more: tuple[str, ...] = ()) -> tuple[Asked, ...]:
    """The questions of a page with what was typed, those that follow a yes under the question they follow."""
    opening = steps.find_step(slug)
    follows, title = (opening.follows, opening.asks) if opening else ({}, slug)
    made = {fact: field_of(intake, fact) for fact in (*(facts_of(slug) or ()), *more)}
    return tuple(
        _asked(field, [made[after] for after in made if follows.get(after) == fact], is_title=fact == title)
        for fact, field in made.items()
        if fact not in follows
    )


def _asked(field: Field, then: list[Field], *, is_title: bool) -> Asked:
    is_open = any(one.fault or one.unknown or one.value or any(one.values) for one in then)
    return Asked(field=field, then=tuple(then), is_open=is_open, is_title=is_title)


def field_of(intake: Intake, fact: str) -> Field:
    """One field with what was typed."""
    declared = packs.library().facts[fact]
    return fields.make(
        declared, intake.answers, lang=intake.lang, faults=intake.faults, home=intake.home, zone=intake.zone.key
    )


def said_on(intake: Intake, slug: str) -> Said:
    """Who says what stands on a page: as typed there, else whoever was named last."""
    was_asked = slug in intake.passed
    return Said(
        id=slug.replace(".", "-"),
        name=slug,
        who=text_of(intake.answers, f"{slug}.who") or ("" if was_asked else intake.last_informant),
        sure=text_of(intake.answers, f"{slug}.sure").upper() or "TOLD",
        teller=intake.teller,
        who_fault=intake.faults.get(f"{slug}.who", ""),
    )


def draft_line(intake: Intake) -> DraftLine:
    """Where and when the draft was saved last."""
    if intake.problem:
        return DraftLine(state=Saved.NOT_SAVED)
    saved = moment(intake.draft.saved_at, now=intake.now, zone=intake.zone, lang=intake.lang)
    return DraftLine(state=Saved.SERVER, at=saved)


def most_after(intake: Intake) -> int:
    """How many questions can still follow the opening ones."""
    order = {one.slug for one in steps.OPENING}
    asked = len([one for one in intake.passed if one not in order])
    return max(min(steps.MOST_QUESTIONS_AFTER - asked, len(intake.questions)), 0)


def _progress(intake: Intake, slug: str) -> Progress:
    order = [one.slug for one in steps.OPENING]
    if slug in order:
        number = order.index(slug) + 1
        return Progress(number=number, at_most_left=len(order) - number + most_after(intake))
    later = [one for one in intake.passed if one not in order]
    place = later.index(slug) if slug in later else len(later)
    left = most_after(intake) - (0 if slug in later else 1)
    return Progress(number=len(order) + place + 1, at_most_left=max(left + len(later) - place - (slug in later), 0))


def _problems(intake: Intake, asked: tuple[Asked, ...], slug: str) -> tuple[Problem, ...]:
    whole = (Problem(words=intake.problem),) if intake.problem else ()
    everything = [field for one in asked for field in (one.field, *one.then)]
    who = intake.faults.get(f"{slug}.who")
    return (
        *whole,
        *(Problem(words=field.fault, field_id=field.first_id) for field in everything if field.fault),
        *((Problem(words=who, field_id=f"{slug.replace('.', '-')}-who"),) if who else ()),
    )
