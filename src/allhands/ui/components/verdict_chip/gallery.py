"""Applies, does not, not known with its question, stale, not read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from allhands.ui.components.source_line.presenter import Source, SourceLine, present_source
from allhands.ui.components.verdict_chip.presenter import Holds, Settle, TraceLine, VerdictChip
from allhands.ui.gallery import Example
from allhands.ui.sample import say
from allhands.ui.wording import Lang

TODAY = date(2026, 11, 24)
QUOTE = "any individual less than 18 years of age whose whereabouts are unknown to such individual's parent"


def examples(lang: Lang) -> tuple[Example, ...]:
    about = say(lang, "federal definition of a missing child", "definición federal de menor desaparecido")
    plain = say(
        lang,
        "She is under 18 and her parents don't know where she is.",
        "Es menor de 18 años y su familia no sabe dónde está.",
    )
    settle = Settle(question=say(lang, "is Maya in foster care?", "¿está Maya en cuidado de crianza?"), href="#")
    fresh, old = _source(lang, date(2026, 10, 3)), _source(lang, date(2025, 9, 20))
    chip = VerdictChip(holds=Holds.APPLIES, about=about, plain=plain, quote=QUOTE, pack="us.federal 2026.11.24")
    chips = {
        "applies": replace(chip, trace=_trace(lang, Holds.APPLIES), sources=(fresh,)),
        "does not apply": replace(
            chip, holds=Holds.APPLIES_NOT, trace=_trace(lang, Holds.APPLIES_NOT), sources=(fresh,)
        ),
        "not known yet": replace(
            chip, holds=Holds.UNKNOWN, trace=_trace(lang, Holds.UNKNOWN), settle=settle, sources=(fresh,)
        ),
        "stale": replace(chip, trace=_trace(lang, Holds.APPLIES), sources=(old,)),
        "not read": VerdictChip(holds=Holds.NOT_READ, about=about),
    }
    return tuple(Example(title=title, context={"verdict": chip}) for title, chip in chips.items())


def _trace(lang: Lang, place: Holds) -> tuple[TraceLine, ...]:
    age = TraceLine(text=say(lang, "she is under 18", "es menor de 18 años"), holds=Holds.APPLIES)
    care = TraceLine(text=say(lang, "she is in foster care", "está en cuidado de crianza"), holds=place)
    both = TraceLine(text=say(lang, "all of these", "todo lo siguiente"), holds=place, below=(age, care))
    return (both,)


def _source(lang: Lang, read_on: date) -> SourceLine:
    source = Source(citation="34 U.S.C. 11292", pin="(1)", level="A", read_on=read_on)
    return present_source(source, today=TODAY, lang=lang)
