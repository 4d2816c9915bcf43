"""The answer as a tagged PDF of one letter page, black only, drawn by typst from `sheet.typ`. Nothing typed is written
to a file: the words go to typst in memory."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path

import typst
from django.conf import settings

from allhands.directory.presenting import AnswerPage, ShownCall
from allhands.law import Text
from allhands.ui.wording import Lang

_TEMPLATE = Path(__file__).with_name("sheet.typ")
_LABELS = {
    "title": Text(en="Who do I call?", es="¿A quién llamo?"),
    "places": Text(en="For:", es="Para:"),
    "because": Text(en="First, because", es="Primero, porque"),
    "say": Text(en="Say these words", es="Diga estas palabras"),
    "then": Text(en="Then call", es="Después llame"),
    "have": Text(en="Have ready", es="Tenga a mano"),
    "law": Text(en="What the law asks of whom", es="Qué pide la ley y a quién"),
    "write": Text(en="Write down", es="Anote"),
    "made": Text(en="As of {day}. Not legal advice.", es="Al {day}. No es asesoría legal."),
}
_BLANKS = (
    Text(en="Who took the report, and of which agency", es="Quién tomó el reporte y de qué agencia"),
    Text(en="Report number", es="Número del reporte"),
    Text(en="NCIC number", es="Número del NCIC"),
    Text(en="Who calls me back, and when", es="Quién me llama y cuándo"),
)
_BANDS = {
    "demo": Text(en="DEMO: everyone here is invented", es="DEMOSTRACIÓN: todo aquí es inventado"),
    "drill": Text(en="DRILL", es="SIMULACRO"),
}
_MOST_DUTIES = 8


def band_words(lang: Lang) -> str:
    """The world in words for the head of the page; empty in the live world."""
    band = _BANDS.get(settings.ALLHANDS_WORLD)
    return band.get(lang) if band else ""


def render_pdf(page: AnswerPage, lang: Lang, *, made_at: datetime, band: str) -> bytes:
    """The page as PDF bytes.

    Args:
        made_at: aware; the day it says.
        band: words for a world that is not live.
    """
    data = json.dumps(_sheet(page, lang, made_at, band), ensure_ascii=False)
    compiler = typst.Compiler(_TEMPLATE, root=_TEMPLATE.parent, font_paths=_fonts(), sys_inputs={"sheet": data})
    try:
        pdf = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=int(made_at.timestamp()))
    except typst.TypstError:  # a letter that no font has: paper with one empty box is better than no paper
        pdf = compiler.compile(format="pdf", timestamp=int(made_at.timestamp()))
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True)


def _sheet(page: AnswerPage, lang: Lang, made_at: datetime, band: str) -> dict[str, object]:
    return {
        "lang": lang,
        "labels": {key: text.get(lang) for key, text in _LABELS.items()},
        "title": _LABELS["title"].get(lang),
        "made": _LABELS["made"].get(lang).format(day=f"{made_at:%Y-%m-%d}"),
        "band": band,
        "places": "; ".join(page.places),
        "because": page.because if page.first.is_911 else "",
        "first": _call(page.first),
        "say": list(page.say),
        "no_wait": page.no_wait.words if page.no_wait else "",
        "no_wait_source": page.no_wait.sources[0].citation if page.no_wait and page.no_wait.sources else "",
        "calls": [_call(call) for call in (*page.calls, *page.others)],
        "have": list(page.have),
        "notes": [note.words for note in page.notes],
        "duties": [
            {
                "who": duty.who[:1].upper() + duty.who[1:],
                "words": duty.words,
                "within": duty.within,
                "source": f"({duty.sources[0].citation})" if duty.sources else "",
            }
            for duty in page.duties[:_MOST_DUTIES]
        ],
        "blanks": [blank.get(lang) for blank in _BLANKS],
    }


def _call(call: ShownCall) -> dict[str, str]:
    return {"number": call.line.shown, "name": call.line.name, "hours": call.line.hours, "warning": call.warning}
