"""A board of four children, and one with the names and lengths that break things."""

from __future__ import annotations

from allhands.ui.components.clock.presenter import ClockTimes, present_clock
from allhands.ui.components.duty_row.presenter import ProofState
from allhands.ui.components.owner_badge.presenter import OfferState, OwnerBadge, OwnerOffer
from allhands.ui.components.table.presenter import BoardRow, BoardTable, clock_cell
from allhands.ui.components.tier_badge.presenter import TierBadge
from allhands.ui.gallery import Example
from allhands.ui.sample import LONG_NAME, NAMES, NOW, ZONE, hours_ago, hours_on, say
from allhands.ui.wording import Lang, moment, since

SOON = (ProofState.SOON, ProofState.SENT, *([ProofState.PROVED] * 3))
OVER = (ProofState.OVERDUE, ProofState.SENT, *([ProofState.PROVED] * 4))
OPEN = (ProofState.OPEN,) * 4


def examples(lang: Lang) -> tuple[Example, ...]:
    caption = say(lang, "Children missing in Prairie County", "Menores desaparecidos en el condado de Prairie")
    together = say(lang, "Ana and Leo P.", "Ana y Leo P.")
    usual = (
        _row(lang, "Maya K.", "14", 23.28, "T1", SOON, due=0.8, news=True),
        _row(lang, "Dev R.", "16", 52, "T2", OVER, due=-1.07),
        _row(lang, together, "", 5, "T3", OPEN, due=3.6, offered=True),
    )
    hard = tuple(_row(lang, name, "9", 30, "T2", OPEN, due=3) for name in (LONG_NAME, *(name for _, name in NAMES)))
    return (
        Example(title="a usual night", context={"board": BoardTable(caption=caption, rows=usual)}),
        Example(title="long and other names", context={"board": BoardTable(caption=caption, rows=hard)}),
    )


def _row(
    lang: Lang, name: str, age: str, hours: float, level: str, states: tuple[ProofState, ...], **more: float
) -> BoardRow:
    at = moment(hours_ago(0.2), now=NOW, zone=ZONE, lang=lang)
    times = ClockTimes(starts_when="", started_at=hours_ago(hours), due_at=hours_on(more["due"]))
    reason = say(lang, "she is meeting someone from online today", "hoy va a verse con alguien de internet")
    offer = OwnerOffer(state=OfferState.OFFERED, to=say(lang, "Cass County", "el condado de Cass"), at=at)
    news = say(lang, "police called the aunt", "la policía llamó a la tía")
    return BoardRow(
        name=name,
        age=age,
        href="#",
        owner=OwnerBadge(person=say(lang, "You", "Usted"), offer=offer if more.get("offered") else None),
        missing=since(hours_ago(hours), now=NOW, lang=lang, before=""),
        since=moment(hours_ago(hours), now=NOW, zone=ZONE, lang=lang),
        tier=TierBadge(level=level, reasons=(reason,)),
        clocks=clock_cell(states, next_clock=present_clock(times, now=NOW, zone=ZONE, lang=lang), lang=lang),
        news=news if more.get("news") else "",
        news_at=at if more.get("news") else None,
    )
