"""Which question comes next."""

from __future__ import annotations

import pytest

from allhands import law
from allhands.episodes.intake import steps
from allhands.episodes.intake.answers import Answers
from allhands.platform import packs

WORDS = law.Text(en="?", es="?")
SETTLING = ("child.whereabouts_known", "child.pregnant", "child.age_years", "circumstances.threatened")


def questions() -> list[law.Question]:
    return [law.Question(fact=fact, question=WORDS, settles=9) for fact in SETTLING]


def open_facts(answers: Answers, skipped: tuple[str, ...] = ()) -> list[str]:
    found = steps.open_questions(answers, questions(), packs.library().facts, skipped)
    return [one.fact for one in found]


def test_every_fact_of_the_opening_is_declared_and_may_be_asked() -> None:
    facts = packs.library().facts
    asked = [fact for step in steps.OPENING for fact in (*step.facts, *step.on_the_phone)]
    assert [fact for fact in asked if fact not in facts or not facts[fact].ask] == []
    assert len(asked) == len(set(asked))
    assert all(fact in facts for fact in (*steps.SPOKEN, *steps.DANGER_FACTS, *steps.FOLLOW_UPS.values()))


def test_the_opening_is_five_questions_and_the_tribe() -> None:
    assert [step.slug for step in steps.OPENING] == ["child", "seen", "with", "danger", "care", "tribe"]


@pytest.mark.parametrize(
    ("answers", "skipped", "facts"),
    [
        pytest.param(
            {}, (), ["child.whereabouts_known", "child.pregnant", "circumstances.threatened"], id="as settled"
        ),
        pytest.param(
            {"child.whereabouts_known": "no"}, (), ["child.pregnant", "circumstances.threatened"], id="answered"
        ),
        pytest.param(
            {"child.pregnant": "?"}, (), ["child.whereabouts_known", "circumstances.threatened"], id="asked, not known"
        ),
        pytest.param(
            {}, ("child.whereabouts_known",), ["child.pregnant", "circumstances.threatened"], id="skipped for now"
        ),
        pytest.param(
            {"child.whereabouts_known": "yes"},
            (),
            ["child.whereabouts_verified", "child.pregnant", "circumstances.threatened"],
            id="a yes is followed up at once",
        ),
        pytest.param(
            {"child.whereabouts_known": "yes", "child.whereabouts_verified": "no"},
            (),
            ["child.pregnant", "circumstances.threatened"],
            id="followed up once",
        ),
    ],
)
def test_what_is_asked_next(answers: Answers, skipped: tuple[str, ...], facts: list[str]) -> None:
    assert open_facts(answers, skipped) == facts


def said_next(answers: Answers, skipped: tuple[str, ...] = ()) -> str | None:
    facts = packs.library().facts
    found = steps.say_next(answers, steps.open_questions(answers, questions(), facts, skipped), facts, skipped)
    return found.fact if found else None


def test_on_the_phone_what_every_response_needs_comes_first() -> None:
    assert said_next({}) == "child.given_name"
    assert said_next({"child.given_name": "Maya"}) == "time.last_seen_at"
    assert said_next({"child.given_name": "Maya"}, ("time.last_seen_at",)) == "place.last_seen"
    everything = dict.fromkeys((*steps.SPOKEN, "time.last_seen_at.time", "place.last_seen.state"), "?")
    assert said_next(everything) == "child.whereabouts_known"
    assert said_next({"child.whereabouts_known": "yes"}) == "child.whereabouts_verified"


@pytest.mark.parametrize("fact", steps.DANGER_FACTS)
def test_a_yes_to_danger_calls_for_911(fact: str) -> None:
    assert steps.is_danger({fact: "yes"})
    assert not steps.is_danger({fact: "no"})
    assert not steps.is_danger({fact: "?"})


@pytest.mark.parametrize(
    ("slug", "passed", "before"),
    [
        ("child", (), ""),
        ("seen", (), "child"),
        ("tribe", ("child",), "care"),
        ("child.pregnant", ("child", "tribe"), "tribe"),
        ("child.pregnant", ("child", "child.whereabouts_known"), "child.whereabouts_known"),
        ("child.whereabouts_known", ("child", "child.whereabouts_known", "child.pregnant"), "tribe"),
        ("child.pregnant", ("child", "child.whereabouts_known", "child.pregnant"), "child.whereabouts_known"),
    ],
)
def test_back_leads_to_the_question_before(slug: str, passed: tuple[str, ...], before: str) -> None:
    assert steps.step_before(slug, passed) == before


@pytest.mark.parametrize(
    ("slug", "passed", "after"),
    [
        ("child", (), "seen"),
        ("tribe", ("tribe",), ""),
        ("tribe", ("tribe", "child.pregnant"), "child.pregnant"),
        ("child.pregnant", ("tribe", "child.pregnant"), ""),
        ("child.pregnant", ("tribe", "child.pregnant", "child.suicidal"), "child.suicidal"),
        ("no-such-question", ("child",), ""),
    ],
)
def test_continue_leads_on_in_the_order_in_which_it_was_asked(slug: str, passed: tuple[str, ...], after: str) -> None:
    assert steps.step_after(slug, passed) == after
