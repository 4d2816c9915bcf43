"""The answer as tables: 911 first whenever danger was not ruled out, in both languages, whatever else was said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from allhands.directory import api, lines
from allhands.directory.asking import read_asked
from allhands.directory.composing import Known, compose
from allhands.directory.contracts import Answer, Call, LineState, Urgent, Who
from allhands.directory.judging import Reading, facts_of, judge
from allhands.directory.presenting import show_answer
from allhands.directory.tests.asking import NOW, form
from allhands.law import Text

POLICE = Call(
    code="police", name=Text(en="Harwell Police", es="Policía de Harwell"), shown="701 555 0112", tel="+17015550112",
    hours=lines.DAY_AND_NIGHT, is_open=True, what=None, tells=None, state=LineState.VERIFIED,
    verified_on=date(2026, 11, 2), origin=Text(en="", es=""),
)  # fmt: skip


def answer(urgent: tuple[str, ...] = (), police: tuple[Call, ...] = (POLICE,), **typed: str) -> Answer:
    asked = read_asked(form(urgent, **typed))
    judged = judge(asked, lambda facts: api.assess(facts, NOW))
    known = Known(police=police, care=(), reading=api.reading(), now=NOW)
    return compose(asked, judged, known)


@pytest.mark.parametrize("who", ["", *(one.value for one in Who)])
@pytest.mark.parametrize("urgent", [one.value for one in Urgent if one is not Urgent.NONE])
def test_danger_puts_911_first_whoever_asks(who: str, urgent: str) -> None:
    found = answer((urgent,), who=who, age="16", state="ND")
    assert found.danger
    assert found.calls[0].code == "911"
    for lang in ("en", "es"):
        page = show_answer(found, (), lang)
        assert page.first.is_911
        assert page.because
        assert any(
            one.casefold() in " ".join(page.say).casefold() for one in [page.because.split(": ")[1].split(";")[0]]
        )


def test_danger_that_was_ticked_is_said_once_and_another_beside_it() -> None:
    taken = show_answer(answer(("taken",), age="14", state="ND"), (), "en").because
    assert taken == "you said: somebody may have taken the child"
    young = show_answer(answer(("taken",), age="5", state="ND"), (), "en").because
    assert young.startswith(f"{taken}; ")


@pytest.mark.parametrize(("age", "urgent", "first"), [
    ("16", ("none",), "police"),
    ("13", ("none",), "police"),
    ("12", ("none",), "911"),  # a threshold of the packs, not a number of ours
    ("2", ("none",), "911"),
    ("", ("none",), "police"),
    ("16", (), "911"),  # not answered is never "no"
    ("", (), "911"),
    ("3000", (), "911"),
])  # fmt: skip
def test_only_a_plain_no_lets_police_come_first(age: str, urgent: tuple[str, ...], first: str) -> None:
    found = answer(urgent, age=age, state="ND")
    assert found.calls[0].code == first
    assert "911" in {call.code for call in found.calls}


def test_without_a_number_of_police_911_comes_first_and_says_why() -> None:
    found = answer(("none",), police=(), age="16", state="ND")
    assert (found.calls[0].code, found.danger) == ("911", False)
    assert "no police number" in found.because[0].en


def test_every_candidate_is_called_in_turn() -> None:
    other = replace(POLICE, shown="701 555 0110", tel="+17015550110")
    found = answer(("none",), police=(POLICE, other), age="16", state="ND")
    assert [call.code for call in found.calls][:3] == ["police", "police", "911"]
    assert "call the next" in show_answer(found, (), "en").several


@pytest.mark.parametrize("age", ["0", "17", "20", ""])
def test_nobody_has_to_wait_below_twenty_one(age: str) -> None:
    found = answer(("none",), age=age, who="family", state="ND")
    assert found.no_wait is not None
    assert found.no_wait.source[0].citation
    assert any("wait" in one.en for one in found.say)


def test_above_the_age_of_the_law_no_law_is_claimed() -> None:
    found = answer(("none",), age="40", who="family", state="HI")
    assert found.no_wait is None
    assert not any("law" in one.en for one in found.say)


def test_a_caretakers_limit_is_never_shown_as_time_to_wait() -> None:
    found = answer(("none",), age="14", who="family", state="ND")
    [caretaker] = [line for line in found.duties if line.who == "caretaker_responsible"]
    assert "48" not in caretaker.within.en + caretaker.within.es
    assert caretaker.within.en.startswith("Now")


def test_care_brings_the_duties_of_care_with_their_limits() -> None:
    found = answer(("none",), age="14", who="caseworker", state="ND")
    acts = {(line.who, line.action): line.within.en for line in found.duties}
    assert (
        "24 hours" in acts["child_welfare_agency", "report_to_ncmec"]
        or "12 hours" in acts["child_welfare_agency", "report_to_ncmec"]
    )
    assert ("child_welfare_agency", "report_to_ncmec") not in {
        (line.who, line.action) for line in answer(("none",), age="14", who="family", state="ND").duties
    }


def test_an_unread_law_says_so_and_shows_the_federal_floor() -> None:
    asked = read_asked(form(("none",), nation="hopi"))
    judged = judge(asked, lambda facts: api.assess(facts, NOW))
    reading = Reading(packs={}, states=api.reading().states, nations=api.reading().nations)
    found = compose(asked, judged, Known(police=(), care=(), reading=reading, now=NOW))
    assert "nation-not-read" in {note.code for note in found.notes}
    assert found.no_wait is not None
    assert "us.federal" in {line.pack_id for line in found.duties}


def test_what_was_not_answered_states_nothing() -> None:
    assert facts_of(read_asked(form()), None) == {}
    assert facts_of(read_asked(form(("none",))), None) == {}


def test_every_help_line_has_a_source_and_old_numbers_are_hidden() -> None:
    for line in lines.help_lines():
        assert line.source
        day = line.verified_on or NOW.date()
        late = day + lines.HIDE_AFTER + timedelta(days=1)
        offered = {call.code for call in lines.offered_for(line.offered, late)}
        assert (line.id in offered) == (line.verified_on is None)
        call = lines.call_of(line, NOW.date())
        assert call.state is (LineState.VERIFIED if line.verified_on else LineState.UNVERIFIED)
    assert lines.state_of(NOW.date() - lines.ASK_AGAIN_AFTER - timedelta(days=1), NOW.date()) is LineState.OLD


@pytest.mark.parametrize(("urgent", "code"), [("suicide", "crisis-988"), ("online", "trafficking-hotline")])
def test_lines_that_fit_are_offered(urgent: str, code: str) -> None:
    assert code in {call.code for call in answer((urgent,), state="ND").others}
    assert code not in {call.code for call in answer(("none",), state="ND").others}
