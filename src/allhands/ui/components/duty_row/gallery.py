"""The nine states of a duty, and the shapes a row takes with long names and no act."""

from __future__ import annotations

from allhands.ui.components.clock.presenter import ClockTimes
from allhands.ui.components.duty_row.presenter import Act, Duty, Failed, Proof, Proved, Sent, Waived, present_duty
from allhands.ui.gallery import Example
from allhands.ui.sample import LONG_NAME, NAMES, NOW, ZONE, hours_ago, hours_on, say
from allhands.ui.wording import Lang


def examples(lang: Lang) -> tuple[Example, ...]:
    duties = {**_by_clock(lang), **_by_proof(lang), **_odd_ones(lang)}
    return tuple(
        Example(title=title, context={"row": present_duty(duty, now=NOW, zone=ZONE, lang=lang)})
        for title, duty in duties.items()
    )


def _by_clock(lang: Lang) -> dict[str, Duty]:
    starts = say(lang, "the agency learns that she is missing", "la agencia sabe que está desaparecida")
    started = hours_ago(5)
    return {
        "not started": _duty(
            lang, ClockTimes(starts_when=say(lang, "police receive the report", "la policía recibe el reporte"))
        ),
        "open, time left": _duty(lang, ClockTimes(starts_when=starts, started_at=started, due_at=hours_on(19))),
        "due soon": _duty(lang, ClockTimes(starts_when=starts, started_at=hours_ago(23.2), due_at=hours_on(0.8))),
        "at once": _duty(lang, ClockTimes(starts_when=starts, started_at=hours_ago(0.2), immediate=True)),
        "no limit": _duty(lang, ClockTimes(starts_when=starts, started_at=started)),
        "overdue": _duty(lang, ClockTimes(starts_when=starts, started_at=started, due_at=hours_ago(1.08))),
    }


def _by_proof(lang: Lang) -> dict[str, Duty]:
    open_clock = ClockTimes(starts_when="", started_at=hours_ago(2), due_at=hours_on(1.5))
    over_clock = ClockTimes(starts_when="", started_at=hours_ago(6), due_at=hours_ago(4))
    seen = say(lang, "number seen by Ruth", "número visto por Ruth")
    by = say(lang, "R. Vance, director", "R. Vance, dirección")
    reason = say(lang, "she came home before the call", "volvió a casa antes de la llamada")
    return {
        "sent, waiting": _duty(lang, open_clock, Sent(at=hours_ago(0.34))),
        "sent, but overdue": _duty(lang, over_clock, Sent(at=hours_ago(5))),
        "delivery failed": _duty(lang, open_clock, Failed(at=hours_ago(0.2), call="701 555 0100")),
        "proved": _duty(lang, open_clock, Proved(at=hours_ago(0.85), words=seen)),
        "proved late": _duty(lang, over_clock, Proved(at=hours_ago(1), words=seen)),
        "waived": _duty(lang, open_clock, Waived(by=by, reason=reason)),
    }


def _odd_ones(lang: Lang) -> dict[str, Duty]:
    clock = ClockTimes(starts_when="", started_at=hours_ago(5), due_at=hours_on(60))
    about = say(lang, "Tell the tribe about {}", "Avise a la tribu sobre {}")
    named = {"60-letter name": LONG_NAME, **dict(NAMES)}
    odd = {title: _plain(lang, clock, about.format(name)) for title, name in named.items()}
    covers = (say(lang, "state report, 48 h", "reporte estatal, 48 h"),)
    assumed = (say(lang, "she is in foster care", "está en cuidado de crianza"),)
    return odd | {
        "covers and assumes, new": Duty(
            title=say(lang, "Tell NCMEC about Maya K.", "Avise a NCMEC sobre Maya K."),
            href="#", actor=say(lang, "you", "usted"), recipient="NCMEC", times=clock,
            covers=covers, assumed=assumed, source="42 U.S.C. 671(a)(35)(B)", is_new=True,
        )
    }  # fmt: skip


def _duty(lang: Lang, times: ClockTimes, proof: Proof | None = None) -> Duty:
    return Duty(
        title=say(lang, "Tell NCMEC about Maya K.", "Avise a NCMEC sobre Maya K."),
        href="#",
        actor=say(lang, "you", "usted"),
        recipient="NCMEC",
        times=times,
        proof=proof,
        source="42 U.S.C. 671(a)(35)(B)",
        act=Act(label=say(lang, "Do it", "Hacerlo"), href="#"),
    )


def _plain(lang: Lang, times: ClockTimes, title: str) -> Duty:
    return Duty(title=title, href="#", actor=say(lang, "you", "usted"), times=times)
