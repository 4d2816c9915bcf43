"""English to Spanish, Spanish to English, and a page not written yet."""

from __future__ import annotations

from allhands.ui.components.language_switch.presenter import LanguageSwitch
from allhands.ui.gallery import Example
from allhands.ui.wording import Lang


def examples(lang: Lang) -> tuple[Example, ...]:
    other: Lang = "en" if lang == "es" else "es"
    written = LanguageSwitch(current=lang, path="/gallery")
    missing = LanguageSwitch(current=lang, path="/gallery", missing=frozenset({other}))
    return (
        Example(title="from this language to the other", context={"switch": written, "csrf_token": ""}),
        Example(title="page not written yet", context={"switch": missing, "csrf_token": ""}),
    )
