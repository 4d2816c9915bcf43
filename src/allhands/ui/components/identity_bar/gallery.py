"""Open, returned, closed, sealed, unknown age, and a long name."""

from __future__ import annotations

from dataclasses import replace

from allhands.ui.components.clock.presenter import ClockTimes, present_clock
from allhands.ui.components.identity_bar.presenter import EpisodeState, IdentityBar
from allhands.ui.components.tier_badge.presenter import TierBadge
from allhands.ui.gallery import Example
from allhands.ui.sample import LONG_NAME, NAMES, NOW, ZONE, hours_ago, hours_on, say
from allhands.ui.wording import Lang, moment, since


def examples(lang: Lang) -> tuple[Example, ...]:
    reason = say(lang, "she is meeting someone today", "hoy va a verse con alguien")
    times = ClockTimes(starts_when="", started_at=hours_ago(23.2), due_at=hours_on(0.8))
    bar = IdentityBar(
        name="Maya K.",
        href="#",
        age="14",
        owner="Ruth Amundson",
        tier=TierBadge(level="T1", reasons=(reason,)),
        missing=since(hours_ago(23.28), now=NOW, lang=lang, before=""),
        since=moment(hours_ago(23.28), now=NOW, zone=ZONE, lang=lang),
        next_clock=present_clock(times, now=NOW, zone=ZONE, lang=lang),
    )
    closed = say(lang, "closed Nov 30 by R. Vance", "cerrado el 30 nov. por R. Vance")
    bars = {
        "open": bar,
        "age not known": replace(bar, age=""),
        "returned": replace(bar, state=EpisodeState.RETURNED, missing=None, next_clock=None),
        "closed": replace(bar, state=EpisodeState.CLOSED, closed_words=closed, tier=None),
        "sealed": replace(bar, state=EpisodeState.SEALED, tier=None),
        "60-letter name": replace(bar, name=LONG_NAME),
    } | {title: replace(bar, name=name) for title, name in NAMES}
    return tuple(Example(title=title, context={"bar": each}) for title, each in bars.items())
