"""Fresh, stale, summary only, not confirmed with the nation, undated."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from allhands.ui.components.source_line.presenter import Source, present_source
from allhands.ui.gallery import Example
from allhands.ui.sample import say
from allhands.ui.wording import Lang

TODAY = date(2026, 11, 24)


def examples(lang: Lang) -> tuple[Example, ...]:
    code = Source(citation="42 U.S.C. 671", pin="(a)(35)(B)")
    nation = say(lang, "the Sample Nation", "la Nación de Muestra")
    address = "https://www.govinfo.gov/link/uscode/42/671"
    sources = {
        "own text, fresh": replace(code, level="A", read_on=date(2026, 10, 3), read_by="N. S.", address=address),
        "older copy": replace(code, level="B", read_on=date(2026, 10, 3)),
        "summary, stale": replace(code, level="C", read_on=date(2025, 9, 20)),
        "not confirmed with the nation": Source(
            citation=say(lang, "Sample code §4.2", "Código de muestra §4.2"),
            level="A",
            read_on=date(2026, 10, 3),
            unconfirmed_nation=nation,
        ),
        "reading without date": replace(code, level="B"),
    }
    return tuple(
        Example(title=title, context={"source": present_source(source, today=TODAY, lang=lang)})
        for title, source in sources.items()
    )
