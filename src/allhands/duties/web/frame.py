"""What this slice offers the frame: the board as home, the duties behind the bell, the dates of the rule packs."""

from __future__ import annotations

from functools import lru_cache

from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from allhands import law
from allhands.duties.web.board import asked_count
from allhands.kernel.actors import Role
from allhands.platform import packs
from allhands.platform.web.asking import get_actor
from allhands.ui import nav
from allhands.ui.wording import Lang, as_lang, date_words

# Those who run the house and see no child.
WORKS_WITH_CHILDREN = frozenset(Role) - {Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR}


def register() -> None:
    """Put the board, the report and the duties on the navigation line, and the packs' date in the footer."""
    board = nav.NavItem(key="board", label=gettext_lazy("Board"), url_name="board", order=10, roles=WORKS_WITH_CHILDREN)
    report = nav.NavItem(
        key="report", label=gettext_lazy("Report"), url_name="report", order=20, roles=WORKS_WITH_CHILDREN
    )
    owed = nav.NavItem(
        key="duties", label=gettext_lazy("My duties"), url_name="duties", order=30, roles=WORKS_WITH_CHILDREN
    )
    for item in (board, report, owed):
        nav.register(item)
    nav.register_place(nav.Place.HOME, "board")
    nav.register_place(nav.Place.ASKED, "duties")
    nav.register_asked_count(asked_count)
    nav.register_footer(footer_words)


def footer_words(request: HttpRequest) -> tuple[str, ...]:
    """How old the law on the page is; nothing for a stranger."""
    if get_actor(request) is None:
        return ()
    return (_("Law read up to %(day)s") % {"day": _newest_reading(packs.library(), as_lang(get_language()))},)


@lru_cache(maxsize=2)
def _newest_reading(library: law.Library, lang: Lang) -> str:
    days = [pack.reviewed.on for pack in library.packs if pack.reviewed]
    newest = max(days)
    return date_words(newest, newest.replace(year=newest.year - 1), lang)
