"""Which question comes next: five that any caller can answer, the tribe, then what settles most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from allhands import law
from allhands.episodes.intake.answers import Answers, is_answered

# After these and the tribe, at most so many more: a frightened caller is no form. The check page lists what is unknown.
MOST_QUESTIONS_AFTER = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One page of the wizard. `facts` are asked together because a caller answers them in one breath."""

    slug: str
    title: law.Text
    facts: tuple[str, ...]


OPENING: tuple[Step, ...] = (
    Step(
        slug="child",
        title=law.Text(en="Who is missing?", es="¿Quién falta?"),
        facts=("child.given_name", "child.family_name", "child.nickname", "child.age_years", "child.date_of_birth"),
    ),
    Step(
        slug="seen",
        title=law.Text(en="When and where was the child last seen?", es="¿Cuándo y dónde se vio por última vez?"),
        facts=("time.last_seen_at", "place.last_seen", "description.last_seen_place", "description.clothing"),
    ),
    Step(
        slug="with",
        title=law.Text(
            en="Who was with the child, or may have taken the child?",
            es="¿Quién estaba con el menor o pudo habérselo llevado?",
        ),
        facts=(
            "child.believed_abducted",
            "child.taken_by",
            "circumstances.force_seen",
            "description.companions",
            "description.circumstances",
        ),
    ),
    Step(
        slug="danger",
        title=law.Text(en="Is there danger right now?", es="¿Hay peligro en este momento?"),
        facts=(
            "circumstances.imminent_danger",
            "child.health_need_within_24h",
            "child.suicidal",
            "circumstances.dangerous_weather",
            "circumstances.meeting_online_contact",
        ),
    ),
    Step(
        slug="care",
        title=law.Text(en="Who looks after the child?", es="¿Quién cuida al menor?"),
        facts=("child.in_foster_care", "child.placement_kind", "place.residence"),
    ),
    Step(
        slug="tribe",
        title=law.Text(
            en="Is the child, or could the child be, part of a tribal nation?",
            es="¿Pertenece el menor, o podría pertenecer, a una nación tribal?",
        ),
        facts=(
            "child.tribal_tie_possible",
            "child.tribal_affiliation",
            "child.tribal_status",
            "child.tribal_nation_other",
        ),
    ),
)

# An answer "yes" to one of these shows "Call 911 now, then come back" once.
DANGER_FACTS = (
    "circumstances.imminent_danger",
    "child.believed_abducted",
    "circumstances.force_seen",
    "child.suicidal",
    "child.health_need_within_24h",
)


def step(slug: str) -> Step | None:
    """The opening step of that name."""
    return next((one for one in OPENING if one.slug == slug), None)


def open_questions(
    answers: Answers,
    ask_next: Iterable[law.Question],
    declarations: Mapping[str, law.FactDeclaration],
    skipped: Sequence[str],
) -> tuple[law.Question, ...]:
    """What still settles something, the most first: not answered, not skipped, not asked by the opening."""
    opening = {fact for one in OPENING for fact in one.facts}
    return tuple(
        question
        for question in ask_next
        if question.fact not in opening
        and question.fact not in skipped
        and question.fact in declarations
        and not is_answered(answers, declarations[question.fact])
    )


def is_danger(answers: Answers) -> bool:
    """Whether any answer calls for 911 before the next question."""
    return any(answers.get(fact) == "yes" for fact in DANGER_FACTS)
