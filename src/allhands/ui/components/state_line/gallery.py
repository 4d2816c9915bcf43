"""Fresh draws nothing; stale, no signal and sending say so."""

from __future__ import annotations

from allhands.ui.components.state_line.presenter import Freshness, StateLine
from allhands.ui.gallery import Example
from allhands.ui.sample import NOW, ZONE, hours_ago
from allhands.ui.wording import Lang, moment


def examples(lang: Lang) -> tuple[Example, ...]:
    since = moment(hours_ago(0.3), now=NOW, zone=ZONE, lang=lang)
    lines = {
        "fresh": StateLine(),
        "stale": StateLine(state=Freshness.STALE, since=since),
        "no signal": StateLine(state=Freshness.NO_SIGNAL, since=since),
        "sending one": StateLine(state=Freshness.SENDING, waiting=1),
        "sending three": StateLine(state=Freshness.SENDING, waiting=3),
    }
    return tuple(Example(title=title, context={"line": line}) for title, line in lines.items())
