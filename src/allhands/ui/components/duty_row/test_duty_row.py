"""The nine states of a duty: proof decides the bar, time decides the chip."""

from __future__ import annotations

from datetime import datetime

import pytest

from allhands.ui.components.clock.presenter import ClockTimes
from allhands.ui.components.duty_row.presenter import (
    Duty,
    DutyRow,
    Failed,
    Proof,
    ProofState,
    Proved,
    Sent,
    Waived,
    present_duty,
)
from allhands.ui.sample import NOW, ZONE, hours_ago, hours_on
from allhands.ui.wording import Lang


def _row(started: datetime | None, due: datetime | None, proof: Proof | None = None, lang: Lang = "en") -> DutyRow:
    times = ClockTimes(starts_when="police receive the report", started_at=started, due_at=due)
    duty = Duty(title="Tell NCMEC about Maya K.", href="#", actor="you", times=times, proof=proof)
    return present_duty(duty, now=NOW, zone=ZONE, lang=lang)


LATER, EARLIER = hours_on(8.3), hours_ago(1.07)


@pytest.mark.parametrize(
    ("row", "state", "bar", "chip"),
    [
        (_row(None, None), ProofState.NOT_STARTED, "none", "Starts when police receive the report"),
        (_row(hours_ago(5), LATER), ProofState.OPEN, "missing", "No proof yet · due 21:40 (in 8 h 18 min)"),
        (_row(hours_ago(5), hours_on(0.8)), ProofState.SOON, "missing", "Due soon · 14:10 (in 48 min)"),
        (_row(hours_ago(5), EARLIER), ProofState.OVERDUE, "missing", "Overdue by 1 h 05 min"),
        (
            _row(hours_ago(5), LATER, Sent(at=hours_ago(0.34))),
            ProofState.SENT,
            "missing",
            "Sent 13:01, waiting for proof",
        ),
        (
            _row(hours_ago(5), EARLIER, Sent(at=hours_ago(2))),
            ProofState.OVERDUE,
            "missing",
            "Overdue by 1 h 05 min · sent 11:22",
        ),
        (
            _row(hours_ago(5), hours_on(0.8), Sent(at=hours_ago(2))),
            ProofState.SOON,
            "missing",
            "Due soon · 14:10 (in 48 min) · sent 11:22",
        ),
        (
            _row(hours_ago(5), LATER, Failed(at=hours_ago(1), call="701 555 0100")),
            ProofState.FAILED,
            "missing",
            "Did not arrive. Call 701 555 0100",
        ),
        (
            _row(hours_ago(5), LATER, Proved(at=hours_ago(0.85), words="number seen by Ruth")),
            ProofState.PROVED,
            "proved",
            "Proved 12:31 · number seen by Ruth",
        ),
        (
            _row(hours_ago(9), hours_ago(4), Proved(at=hours_ago(1))),
            ProofState.PROVED_LATE,
            "proved-late",
            "Proved, 3 h late",
        ),
        (
            _row(hours_ago(9), LATER, Waived(by="R. Vance, director", reason="she is home")),
            ProofState.WAIVED,
            "waived",
            "Waived by R. Vance, director: she is home",
        ),
    ],
)
def test_row_says_proof_by_bar_and_time_by_chip(row: DutyRow, state: ProofState, bar: str, chip: str) -> None:
    assert (row.state, row.bar, str(row.chip)) == (state, bar, chip)


@pytest.mark.parametrize(
    ("row", "chip"),
    [
        (_row(hours_ago(5), LATER, lang="es"), "Sin prueba todavía · vence 21:40 (en 8 h 18 min)"),
        (_row(hours_ago(5), hours_on(0.8), lang="es"), "Vence pronto · 14:10 (en 48 min)"),
        (_row(hours_ago(5), EARLIER, lang="es"), "Atraso de 1 h 05 min"),
        (_row(hours_ago(9), hours_ago(4), Proved(at=hours_ago(1)), lang="es"), "Comprobado, 3 h tarde"),
        (
            _row(hours_ago(5), LATER, Failed(at=hours_ago(1), call="701 555 0100"), lang="es"),
            "No llegó. Llame al 701 555 0100",
        ),
    ],
)
def test_row_speaks_spanish(row: DutyRow, chip: str) -> None:
    assert str(row.chip) == chip


def test_a_sent_duty_is_never_green() -> None:
    assert _row(hours_ago(5), LATER, Sent(at=hours_ago(1))).bar == "missing"


def test_at_once_is_never_proved_late() -> None:
    times = ClockTimes(starts_when="", started_at=hours_ago(2), due_at=hours_ago(2), immediate=True)
    duty = Duty(title="Tell police", href="#", actor="you", times=times, proof=Proved(at=hours_ago(1)))
    assert present_duty(duty, now=NOW, zone=ZONE, lang="en").state is ProofState.PROVED


def test_a_failed_duty_without_number_still_names_an_act() -> None:
    assert "Send it another way" in str(_row(hours_ago(5), LATER, Failed(at=hours_ago(1))).chip)
