"""None, two, and more than five."""

from __future__ import annotations

from allhands.ui.components.asked_list.presenter import asked_list
from allhands.ui.components.clock.presenter import ClockTimes
from allhands.ui.components.duty_row.presenter import Act, Duty, DutyRow, present_duty
from allhands.ui.gallery import Example
from allhands.ui.sample import NOW, ZONE, hours_ago, hours_on, say
from allhands.ui.wording import Lang


def examples(lang: Lang) -> tuple[Example, ...]:
    first = _row(lang, "Maya K.", 0.8, primary=True)
    rows = (first, *(_row(lang, name, hours) for name, hours in (("Dev R.", 3), ("Ana P.", 5), ("Leo P.", 9))))
    many = (*rows, *rows)
    lists = {
        "none": asked_list((), heading=False),
        "two": asked_list(rows[:2], heading=False),
        "more than five": asked_list(many, more_href="#", heading=False),
    }
    return tuple(Example(title=title, context={"asked": asked}) for title, asked in lists.items())


def _row(lang: Lang, child: str, hours: float, *, primary: bool = False) -> DutyRow:
    duty = Duty(
        title=say(lang, f"Tell NCMEC about {child}", f"Avise a NCMEC sobre {child}"),
        href="#",
        actor=say(lang, "you", "usted"),
        recipient="NCMEC",
        times=ClockTimes(starts_when="", started_at=hours_ago(23.2), due_at=hours_on(hours)),
        act=Act(label=say(lang, "Do it", "Hacerlo"), href="#", primary=primary),
    )
    return present_duty(duty, now=NOW, zone=ZONE, lang=lang)
