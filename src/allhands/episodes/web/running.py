"""Beside the questions: what starts with the report, the tier with its reasons, what is not known, what to ask next."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allhands import law
from allhands.duties import api as duties
from allhands.duties.contracts import PERIOD_ACTIONS
from allhands.episodes import presenting as people
from allhands.episodes.intake import answers as reading
from allhands.episodes.intake import steps
from allhands.episodes.web.fields import Option
from allhands.episodes.web.intake_state import Intake
from allhands.platform import packs
from allhands.ui.components.clock.presenter import starts_words
from allhands.ui.components.tier_badge.presenter import TierBadge
from allhands.ui.wording import Moment, moment

MOST_SHOWN = 6
MOST_UNKNOWN = 3
MOST_REASONS_TO_ASK = 5
MOST_ANSWERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One duty that starts with the report. `due` is None while its clock waits for something, or has no limit."""

    title: str
    shape: str
    words: str = ""
    due: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """The sentence to say next, read aloud as it stands.

    Args:
        answers: short answers that can be given at once; empty when it takes more than a word.
        on_page: whether the page for calls has a field for it, which stands at `field_id`.
    """

    fact: str
    question: str
    settles: int
    answers: tuple[Option, ...] = ()
    on_page: bool = False
    field_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """What the answers so far set in motion.

    Args:
        spoken: the same in one sentence, for those who listen.
        state: changes when something above changes that is worth saying.
    """

    starting: int
    waiting: int
    clocks: tuple[Clock, ...]
    more: int
    tier: TierBadge
    unknown: tuple[str, ...]
    unknown_more: int
    packets: tuple[str, ...]
    is_danger: bool
    ask: Ask | None
    spoken: str
    state: str


def present(intake: Intake) -> Running:
    """The running list of a draft."""
    expected = duties.expect(intake.assessment, intake.actor.agency_kind)
    starting = sorted((one for one in expected.duties if one.clock_starts_at is not None), key=_by_time)
    waiting = [one for one in expected.duties if one.clock_starts_at is None]
    shown = (starting or waiting)[:MOST_SHOWN]
    unknown = _unknown(intake)
    tier = tier_badge(intake)
    ask = _ask(intake)
    count = len(starting)
    duty_words = ngettext("%(n)d duty starts when you send.", "%(n)d duties start when you send.", count) % {"n": count}
    return Running(
        starting=count,
        waiting=len(waiting),
        clocks=tuple(_clock(one, intake) for one in shown),
        more=max(count - len(shown), 0),
        tier=tier,
        unknown=unknown[:MOST_UNKNOWN],
        unknown_more=max(len(unknown) - MOST_UNKNOWN, 0),
        packets=tuple(str(people.packet_words(kind.value)) for kind in expected.packets),
        is_danger=steps.is_danger(intake.answers),
        ask=ask,
        spoken=f"{duty_words} {tier.level}.",
        state=f"{count}.{tier.level}.{ask.fact if ask else ''}",
    )


def tier_badge(intake: Intake) -> TierBadge:
    """The tier of what is known so far; never without its because."""
    tier = intake.assessment.tier
    reasons = tuple(why.text.get(intake.lang).rstrip(".") for why in tier.reasons)
    return TierBadge(level=tier.level, reasons=reasons or (_("every missing child starts here"),))


def why_asked(intake: Intake, fact: str) -> tuple[str, ...]:
    """Why it matters: a reason of its own, then titles of duties and definitions that wait for the answer."""
    owed = [one.title for one in intake.assessment.duties if fact in one.missing]
    definitions = [one.title for one in intake.assessment.definitions if fact in one.missing]
    said = [steps.WHY[fact]] if fact in steps.WHY else []
    titles = dict.fromkeys(title.get(intake.lang) for title in (*said, *owed, *definitions))
    return tuple(titles)[:MOST_REASONS_TO_ASK]


def _clock(duty: law.DutyResult, intake: Intake) -> Clock:
    title = duty.title.get(intake.lang)
    if duty.clock_starts_at is None:
        words = starts_words(duty.clock.starts_when.get(intake.lang), intake.lang)
        return Clock(title=title, shape="not-started", words=words)
    if duty.due_at is None or duty.due_at == duty.clock_starts_at:
        words = _("at once") if duty.clock.immediate else _("no time limit")
        return Clock(title=title, shape="soon" if duty.clock.immediate else "open", words=words)
    if duty.action in PERIOD_ACTIONS:
        ends = moment(duty.due_at, now=intake.now, zone=intake.zone, lang=intake.lang)
        return Clock(title=title, shape="open", words=_("until"), due=ends)
    due = moment(duty.due_at, now=intake.now, zone=intake.zone, lang=intake.lang)
    words = _("at once, at the latest") if duty.clock.immediate else _("by")
    return Clock(title=title, shape="open", words=words, due=due)


def _by_time(duty: law.DutyResult) -> tuple[bool, float, bool, str]:
    """What is due first stands first; without a limit, what is due at once."""
    due = duty.due_at.timestamp() if duty.due_at else 0.0
    return duty.due_at is None, due, not duty.clock.immediate, duty.rule_id


def _unknown(intake: Intake) -> tuple[str, ...]:
    """Labels of what nobody has said yet: what every response needs first, then what would settle most."""
    declared = packs.library().facts
    spoken = [fact for fact in steps.SPOKEN if not reading.is_answered(intake.answers, declared[fact])]
    facts = dict.fromkeys([*spoken, *(one.fact for one in intake.questions)])
    return tuple(declared[fact].label.get(intake.lang) for fact in facts if fact in declared)


def _ask(intake: Intake) -> Ask | None:
    declared = packs.library().facts
    question = steps.say_next(intake.answers, intake.questions, declared, intake.skipped)
    if question is None:
        return None
    fact = declared[question.fact]
    settles = {one.fact: one.settles for one in intake.assessment.ask_next}
    on_page = question.fact in steps.PAGES
    field_id = question.fact.replace(".", "-")
    return Ask(
        fact=question.fact,
        question=question.question.get(intake.lang),
        settles=settles.get(question.fact, question.settles),
        answers=() if on_page else _answers(fact, intake),
        on_page=on_page,
        field_id=f"{field_id}-1" if fact.type.value in {"boolean", "code", "instant", "place"} else f"{field_id}-value",
    )


def _answers(fact: law.FactDeclaration, intake: Intake) -> tuple[Option, ...]:
    if fact.type.value == "boolean":
        return (Option(value="yes", words=_("Yes"), chosen=False), Option(value="no", words=_("No"), chosen=False))
    if fact.type.value == "code" and not fact.many and len(fact.choices) <= MOST_ANSWERS:
        return tuple(Option(value=one.code, words=one.words.get(intake.lang), chosen=False) for one in fact.choices)
    return ()
