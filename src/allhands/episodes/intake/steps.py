"""Which question comes next: five that any caller can answer, the tribe, then what settles most. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from allhands import law
from allhands.episodes.intake.answers import YES, Answers, is_answered, text_of

# After these and the tribe, at most so many more: a frightened caller is no form. The check page lists what is unknown.
MOST_QUESTIONS_AFTER = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One page of the wizard. `facts` are asked together because a caller answers them in one breath.

    Args:
        hint: said under the question, or empty.
        follows: fact to the yes-or-no fact that makes it worth asking; without script it is shown all the same.
        asks: the fact that the title itself asks for, so that it is not asked twice.
        on_the_phone: asked as well on the page for calls, in the order in which people talk.
    """

    slug: str
    title: law.Text
    label: law.Text
    facts: tuple[str, ...]
    hint: law.Text | None = None
    follows: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    on_the_phone: tuple[str, ...] = ()
    asks: str = ""


OPENING: tuple[Step, ...] = (
    Step(
        slug="child",
        title=law.Text(en="Who is missing?", es="¿Quién está desaparecido?"),
        label=law.Text(en="The child", es="La niña o el niño"),
        hint=law.Text(
            en="One name is enough. Write it as the child writes it.",
            es="Basta con un nombre. Escríbalo como lo escribe la niña o el niño.",
        ),
        facts=("child.given_name", "child.family_name", "child.nickname", "child.age_years", "child.date_of_birth"),
        on_the_phone=("description.phone_numbers", "description.accounts"),
    ),
    Step(
        slug="seen",
        title=law.Text(en="When and where was the child last seen?", es="¿Cuándo y dónde se le vio por última vez?"),
        label=law.Text(en="When and where", es="Cuándo y dónde"),
        facts=("time.last_seen_at", "description.last_seen_place", "place.last_seen", "description.clothing"),
    ),
    Step(
        slug="with",
        title=law.Text(
            en="Who was with the child, or may have taken the child?",
            es="¿Con quién estaba, o quién pudo habérsele llevado?",
        ),
        label=law.Text(en="With whom, and how", es="Con quién y cómo"),
        facts=(
            "child.believed_abducted",
            "child.taken_by",
            "circumstances.force_seen",
            "description.companions",
            "description.circumstances",
        ),
        follows=MappingProxyType({"child.taken_by": "child.believed_abducted"}),
        on_the_phone=("description.likely_destinations",),
    ),
    Step(
        slug="danger",
        title=law.Text(en="Is there danger right now?", es="¿Hay peligro en este momento?"),
        label=law.Text(en="Danger", es="Peligro"),
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
        title=law.Text(en="Who looks after the child?", es="¿Quién cuida a la niña o al niño?"),
        label=law.Text(en="Care", es="Cuidado"),
        facts=("child.in_foster_care", "child.placement_kind", "place.residence"),
    ),
    Step(
        slug="tribe",
        title=law.Text(
            en="Is the child, or could the child be, part of a tribal nation?",
            es="¿Pertenece, o podría pertenecer, a una nación tribal?",
        ),
        label=law.Text(en="Nation", es="Nación"),
        hint=law.Text(
            en="We ask this about every child. A nation may help at once, and has a right to know.",
            es="Lo preguntamos siempre. Una nación puede ayudar de inmediato y tiene derecho a saberlo.",
        ),
        asks="child.tribal_tie_possible",
        facts=("child.tribal_tie_possible", "child.tribal_affiliation", "child.tribal_status"),
        follows=MappingProxyType(
            {
                "child.tribal_affiliation": "child.tribal_tie_possible",
                "child.tribal_status": "child.tribal_tie_possible",
            }
        ),
    ),
)

# Asked right after a yes: what makes the first answer count.
FOLLOW_UPS: Mapping[str, str] = MappingProxyType({"child.whereabouts_known": "child.whereabouts_verified"})

# Why a follow-up is asked; for every other question the rules that wait for it say why.
WHY: Mapping[str, law.Text] = MappingProxyType(
    {
        "child.whereabouts_verified": law.Text(
            en="A place that nobody has checked does not end the search, in law or in fact.",
            es="Un lugar que nadie comprobó no termina la búsqueda, ni en la ley ni en los hechos.",
        )
    }
)

# What every response needs first, in the order in which people talk on the phone.
SPOKEN = (
    "child.given_name",
    "time.last_seen_at",
    "place.last_seen",
    "child.age_years",
    "child.believed_abducted",
    "circumstances.imminent_danger",
    "child.health_need_within_24h",
    "child.suicidal",
    "child.in_foster_care",
    "child.tribal_tie_possible",
)

# An answer "yes" to one of these shows "Call 911 now, then come back" once.
DANGER_FACTS = (
    "circumstances.imminent_danger",
    "child.believed_abducted",
    "circumstances.force_seen",
    "child.suicidal",
    "child.health_need_within_24h",
)

# The page a fact is asked on; whoever is named on a page said all that stands on it.
PAGES: Mapping[str, str] = MappingProxyType(
    {fact: one.slug for one in OPENING for fact in (*one.facts, *one.on_the_phone)}
)


def find_step(slug: str) -> Step | None:
    """The opening step of that name."""
    return next((one for one in OPENING if one.slug == slug), None)


def open_questions(
    answers: Answers,
    ask_next: Iterable[law.Question],
    declarations: Mapping[str, law.FactDeclaration],
    skipped: Sequence[str],
) -> tuple[law.Question, ...]:
    """What still settles something, the most first: not answered, not skipped, not asked by the opening.

    A follow-up stands before everything else, and only after the yes that calls for it.
    """
    asked = {fact for one in OPENING for fact in one.facts} | set(skipped)

    def is_open(fact: str) -> bool:
        return fact in declarations and fact not in asked and not is_answered(answers, declarations[fact])

    follow_ups = [after for before, after in FOLLOW_UPS.items() if is_yes(answers, before) and is_open(after)]
    settling = {question.fact: question for question in ask_next}
    first = [
        settling.get(fact, law.Question(fact=fact, question=declarations[fact].question, settles=1))
        for fact in follow_ups
    ]
    rest = [one for one in settling.values() if is_open(one.fact) and one.fact not in FOLLOW_UPS.values()]
    return (*first, *rest)


def say_next(
    answers: Answers,
    questions: Sequence[law.Question],
    declarations: Mapping[str, law.FactDeclaration],
    skipped: Sequence[str],
) -> law.Question | None:
    """What to ask aloud: a follow-up at once, then what every response needs, then what settles most."""
    if questions and questions[0].fact in FOLLOW_UPS.values():
        return questions[0]
    for fact in SPOKEN:
        if fact in declarations and fact not in skipped and not is_answered(answers, declarations[fact]):
            return law.Question(fact=fact, question=declarations[fact].question, settles=0)
    return questions[0] if questions else None


def is_yes(answers: Answers, fact: str) -> bool:
    """Whether the answer to a yes-or-no fact was yes."""
    return text_of(answers, fact).casefold() in YES


def is_danger(answers: Answers) -> bool:
    """Whether any answer calls for 911 before the next question."""
    return any(is_yes(answers, fact) for fact in DANGER_FACTS)


def step_after(slug: str, passed: Sequence[str]) -> str:
    """The question that follows one that was asked before; empty after the last, where what settles most decides."""
    order = [one.slug for one in OPENING]
    order += [one for one in passed if one not in order]
    return next(iter(order[order.index(slug) + 1 :]), "") if slug in order else ""


def step_before(slug: str, passed: Sequence[str]) -> str:
    """The question that came before, empty at the first: openings in their order, then as they were asked."""
    order = [one.slug for one in OPENING]
    if slug in order:
        place = order.index(slug)
        return order[place - 1] if place else ""
    later = [one for one in passed if one not in order]
    place = later.index(slug) if slug in later else len(later)
    return later[place - 1] if place else order[-1]
