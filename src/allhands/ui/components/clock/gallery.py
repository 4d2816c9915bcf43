"""Every state of a clock."""

from __future__ import annotations

from allhands.ui.components.clock.presenter import ClockTimes, present_clock
from allhands.ui.gallery import Example
from allhands.ui.sample import NOW, ZONE, hours_ago, hours_on, say
from allhands.ui.wording import Hours, Lang


def examples(lang: Lang) -> tuple[Example, ...]:
    police = say(lang, "police receive the report", "la policía recibe el reporte")
    cases = {
        "not started": ClockTimes(starts_when=police),
        "open": ClockTimes(starts_when=police, started_at=hours_ago(5), due_at=hours_on(19)),
        "open, days left": ClockTimes(starts_when=police, started_at=hours_ago(5), due_at=hours_on(75)),
        "due soon": ClockTimes(starts_when=police, started_at=hours_ago(23.2), due_at=hours_on(0.8)),
        "at once": ClockTimes(starts_when=police, started_at=hours_ago(0.1), immediate=True),
        "no limit": ClockTimes(starts_when=police, started_at=hours_ago(5)),
        "overdue": ClockTimes(starts_when=police, started_at=hours_ago(3), due_at=hours_ago(1.07)),
        "stopped": ClockTimes(starts_when=police, started_at=hours_ago(3), due_at=hours_on(1), stopped_at=hours_ago(1)),
    }
    staff = tuple(
        Example(title=title, context={"clock": present_clock(times, now=NOW, zone=ZONE, lang=lang)})
        for title, times in cases.items()
    )
    public = present_clock(cases["open"], now=NOW, zone=ZONE, lang=lang, hours=Hours.PUBLIC)
    return (*staff, Example(title="open, public pages", context={"clock": public}))
