"""Beside the questions: which clocks would run, the tier with its reasons, what is not known yet. And the summary."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from allhands import law
from allhands.episodes.contracts import Json, NewStatement
from allhands.episodes.intake import answers as reading
from allhands.episodes.web.intake_state import Intake
from allhands.episodes.web.values import in_words
from allhands.platform import packs
from allhands.ui.wording import Lang, Moment, moment

MOST_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One duty that starts with the report. `due` is None while its clock waits for something."""

    title: str
    due: Moment | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """What the answers so far set in motion."""

    duties: int
    clocks: tuple[Clock, ...]
    tier: str
    reasons: tuple[str, ...]
    unknown: tuple[str, ...]
    unknown_more: int
    ask_next: str
    ask_fact: str
    settles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryLine:
    label: str
    value: str
    informant: str
    certainty: str
    known: bool
    slug: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryGroup:
    title: str
    lines: tuple[SummaryLine, ...]


def present(intake: Intake, lang: Lang) -> Running:
    """The running list of a draft."""
    certain = [duty for duty in intake.assessment.duties if duty.applies is law.Verdict.TRUE and duty.governs]
    dated = sorted((duty for duty in certain if duty.due_at), key=lambda duty: (duty.due_at, duty.rule_id))
    waiting = [duty for duty in certain if duty.due_at is None]
    shown = [*dated, *waiting][:MOST_SHOWN]
    declared = packs.library().facts
    unknown = [declared[one.fact].label.get(lang) for one in intake.questions if one.fact in declared]
    first = intake.questions[0] if intake.questions else None
    return Running(
        duties=len(certain),
        clocks=tuple(_clock(duty, intake, lang) for duty in shown),
        tier=intake.assessment.tier.level,
        reasons=tuple(why.text.get(lang) for why in intake.assessment.tier.reasons),
        unknown=tuple(unknown[:3]),
        unknown_more=max(len(unknown) - 3, 0),
        ask_next=first.question.get(lang) if first else "",
        ask_fact=first.fact if first else "",
        settles=first.settles if first else 0,
    )


def _clock(duty: law.DutyResult, intake: Intake, lang: Lang) -> Clock:
    due = moment(duty.due_at, now=intake.now, zone=intake.zone, lang=lang) if duty.due_at else None
    words = "" if due else duty.clock.starts_when.get(lang)
    return Clock(title=duty.title.get(lang), due=due, words=words)


GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("child", ("child.given_name", "child.family_name", "child.nickname", "child.age_years", "child.date_of_birth")),
    ("seen", ("time.last_seen_at", "place.last_seen", "description.last_seen_place", "description.clothing")),
    ("with", ("child.believed_abducted", "child.taken_by", "description.companions", "description.circumstances")),
    (
        "danger",
        (
            "circumstances.imminent_danger", "child.health_need_within_24h", "child.suicidal",
            "circumstances.dangerous_weather", "circumstances.meeting_online_contact",
        ),
    ),
    ("care", ("child.in_foster_care", "child.placement_kind", "place.residence")),
    ("tribe", ("child.tribal_tie_possible", "child.tribal_affiliation", "child.tribal_status")),
)  # fmt: skip


def summary(intake: Intake, lang: Lang) -> tuple[SummaryGroup, ...]:
    """What was said, in groups; what nobody knows is a line too."""
    titles = {
        "child": _("The child"),
        "seen": _("When and where"),
        "with": _("With whom"),
        "danger": _("Danger"),
        "care": _("Care"),
        "tribe": _("Nation"),
    }
    grouped = {fact for _slug, facts in GROUPS for fact in facts}
    said = {one.fact_id: one for one in intake.statements}
    groups = [
        SummaryGroup(title=titles[slug], lines=tuple(_line(fact, slug, said, intake, lang) for fact in facts))
        for slug, facts in GROUPS
    ]
    more = [fact for fact in said if fact not in grouped]
    if more:
        lines = tuple(_line(fact, fact, said, intake, lang) for fact in more)
        groups.append(SummaryGroup(title=_("Also told"), lines=lines))
    return tuple(groups)


def _line(fact: str, slug: str, said: dict[str, NewStatement], intake: Intake, lang: Lang) -> SummaryLine:
    declared = packs.library().facts[fact]
    statement = said.get(fact)
    value: Json = statement.value if statement else None
    asked = reading.is_unknown(intake.answers, fact)
    nothing = _("Asked, not known") if asked else _("Not known yet")
    return SummaryLine(
        label=declared.label.get(lang),
        value=in_words(fact, value, lang=lang, zone=intake.zone, now=intake.now) if value is not None else nothing,
        informant=statement.informant if statement else "",
        certainty=statement.certainty.value.lower() if statement else "",
        known=value is not None,
        slug=slug,
    )
