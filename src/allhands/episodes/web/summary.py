"""Everything that was said, in the groups in which it was asked; what nobody knows is a line too."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from allhands import law
from allhands.episodes.contracts import Certainty, NewStatement
from allhands.episodes.intake import answers as reading
from allhands.episodes.intake import steps
from allhands.episodes.web.intake_state import Intake
from allhands.episodes.web.typed import REPORTER
from allhands.episodes.web.values import in_words
from allhands.platform import packs
from allhands.ui.components.fact_line import presenter as ui


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One fact of a report that has not been sent.

    Args:
        typed: what was typed, where it could not be read.
        fault: what is wrong with it, or empty.
        asked: whether the question was put: nobody knows, or nobody asked.
    """

    id: str
    label: str
    href: str
    value: str = ""
    informant: str = ""
    certainty: ui.Certainty | None = None
    typed: str = ""
    fault: str = ""
    asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    id: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question that would settle something and that nobody has answered."""

    words: str
    settles: int
    href: str


CERTAINTY = {
    Certainty.SEEN: ui.Certainty.SEEN,
    Certainty.TOLD: ui.Certainty.TOLD,
    Certainty.GUESSED: ui.Certainty.GUESSED,
}
MOST_OPEN = 5


def groups(intake: Intake) -> tuple[Group, ...]:
    """What was said, page by page, then everything else."""
    said = {one.fact_id: one for one in intake.statements}
    made = [
        Group(
            id=step.slug,
            title=step.label.get(intake.lang),
            lines=tuple(_line(fact, step.slug, said, intake) for fact in _shown(step, said, intake)),
        )
        for step in steps.OPENING
    ]
    declared = packs.library().facts
    later = [
        fact for fact in declared if fact not in steps.PAGES and reading.is_answered(intake.answers, declared[fact])
    ]
    more = [fact for fact in said if fact not in steps.PAGES and fact not in later]
    if later or more:
        lines = tuple(_line(fact, fact, said, intake) for fact in [*later, *more])
        made.append(Group(id="more", title=_("Also told"), lines=lines))
    return tuple(made)


def open_questions(intake: Intake) -> tuple[OpenQuestion, ...]:
    """What would settle most, for whoever can still be asked; what was skipped for now is here again."""
    settling = intake.assessment.ask_next
    found = steps.open_questions(intake.answers, settling, packs.library().facts, skipped=())
    return tuple(
        OpenQuestion(
            words=one.question.get(intake.lang),
            settles=one.settles,
            href=reverse("report-step", args=[intake.draft.draft_id, one.fact]),
        )
        for one in found[:MOST_OPEN]
    )


def _shown(step: steps.Step, said: dict[str, NewStatement], intake: Intake) -> list[str]:
    """The facts of a page: what only follows a yes is left out while nobody said yes."""
    declared = packs.library().facts
    return [
        fact
        for fact in (*step.facts, *step.on_the_phone)
        if fact in declared
        and (
            fact in said
            or reading.is_answered(intake.answers, declared[fact])
            or (fact in step.facts and steps.is_yes(intake.answers, step.follows.get(fact, "")))
            or (fact in step.facts and fact not in step.follows)
        )
    ]


def _line(fact: str, page: str, said: dict[str, NewStatement], intake: Intake) -> Line:
    declared = packs.library().facts[fact]
    statement = said.get(fact)
    known = statement is not None and statement.value is not None
    return Line(
        id=fact.replace(".", "-"),
        label=declared.label.get(intake.lang),
        href=f"{reverse('report-step', args=[intake.draft.draft_id, page])}?to=check#{fact.replace('.', '-')}",
        value=in_words(fact, statement.value, lang=intake.lang, zone=intake.zone, now=intake.now)
        if statement is not None and known
        else "",
        informant=statement.informant if statement else "",
        certainty=CERTAINTY[statement.certainty] if statement else None,
        typed=_typed(declared, intake) if fact in intake.faults else "",
        fault=intake.faults.get(fact, ""),
        asked=reading.is_unknown(intake.answers, fact),
    )


def _typed(declared: law.FactDeclaration, intake: Intake) -> str:
    texts = (reading.text_of(intake.answers, name) for name in reading.input_names(declared))
    return " ".join(text for text in texts if text)


def reporter(intake: Intake) -> tuple[tuple[str, str], ...]:
    """Who reports, in pairs of label and words."""
    labels = (_("Name"), _("Who they are to the child"), _("Phone"))
    texts = [reading.text_of(intake.answers, name) for name in REPORTER]
    return tuple((label, text) for label, text in zip(labels, texts, strict=True) if text)
