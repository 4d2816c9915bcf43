"""Which languages a page can be read in. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from allhands.ui.wording import Lang

OWN_NAMES: tuple[tuple[Lang, str], ...] = (("en", "English"), ("es", "Español"))


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageSwitch:
    """current: the language of the page. path: where to come back to. missing: languages the page is not written in."""

    current: Lang
    path: str
    missing: frozenset[Lang] = frozenset()

    @property
    def others(self) -> tuple[tuple[Lang, str, bool], ...]:
        """Code, own name, and whether the page is written in it."""
        return tuple((code, name, code not in self.missing) for code, name in OWN_NAMES if code != self.current)
