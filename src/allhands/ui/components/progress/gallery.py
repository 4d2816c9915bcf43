"""First, middle, last, check, sent."""

from __future__ import annotations

from allhands.ui.components.progress.presenter import Progress, Step
from allhands.ui.gallery import Example
from allhands.ui.wording import Lang


def examples(lang: Lang) -> tuple[Example, ...]:
    del lang  # the same in both languages
    steps = {
        "first": Progress(number=1, at_most_left=9),
        "middle": Progress(number=6, at_most_left=4),
        "last": Progress(number=10),
        "check": Progress(step=Step.CHECK),
        "sent": Progress(step=Step.SENT),
    }
    return tuple(Example(title=title, context={"progress": step}) for title, step in steps.items())
