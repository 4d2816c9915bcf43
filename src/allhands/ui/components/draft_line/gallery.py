"""Nothing yet, saving, saved in three places, not saved."""

from __future__ import annotations

from allhands.ui.components.draft_line.presenter import DraftLine, Saved
from allhands.ui.gallery import Example
from allhands.ui.sample import NOW, ZONE, hours_ago
from allhands.ui.wording import Lang, moment


def examples(lang: Lang) -> tuple[Example, ...]:
    at = moment(hours_ago(0.1), now=NOW, zone=ZONE, lang=lang)
    return tuple(
        Example(title=state.value.replace("-", " "), context={"draft": DraftLine(state=state, at=at)})
        for state in Saved
    )
