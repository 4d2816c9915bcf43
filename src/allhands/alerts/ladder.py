"""The ladder of ways: every alert the law of this place knows, then what needs no law, then "none" with a reason.

Criteria come from the rule packs. The last rungs are practice (dossier practice 6.6): they exist everywhere, so that
the ladder always ends in some action.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from allhands import law
from allhands.alerts.contracts import EventCode, NeedLine

PRACTICE = {
    "en": "Practice: the ladder always ends in some action",
    "es": "Práctica: siempre hay alguna acción posible",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A way somebody may ask for.

    Args:
        way: rule id of the criterion, or the code of a rung of practice.
        verdict: TRUE when every need is met; a rung of practice has no needs.
        missing: facts that would settle it, most decisive first.
    """

    way: str
    title: Mapping[str, str]
    plain: Mapping[str, str]
    verdict: law.Verdict
    needs: tuple[NeedLine, ...]
    missing: tuple[str, ...]
    sources: tuple[Mapping[str, str], ...]
    source_refs: tuple[law.SourceRef, ...]
    alert: str
    is_practice: bool = False

    @property
    def met(self) -> int:
        """How many needs are met."""
        return sum(need.verdict == law.Verdict.TRUE.name for need in self.needs)


LOCAL, CIRCULAR, POSTER = "practice.local", "practice.circular", "practice.poster"
NCMEC = "practice.ncmec"
_PRACTICE: tuple[tuple[str, Mapping[str, str], Mapping[str, str]], ...] = (
    (
        LOCAL,
        {"en": "Local notice", "es": "Aviso local"},
        {
            "en": "To people nearby who asked to be told, local media, road signs and partners. No criteria to meet.",
            "es": "A personas cercanas que pidieron avisos, medios locales, letreros y socios. Sin requisitos.",
        },
    ),
    (
        CIRCULAR,
        {"en": "Circular to schools, transit and hospitals", "es": "Circular a escuelas, transporte y hospitales"},
        {
            "en": "A page with picture and words for people who see many young people each day.",
            "es": "Una hoja con foto y datos para quienes ven a muchos jóvenes cada día.",
        },
    ),
    (
        POSTER,
        {"en": "Poster", "es": "Cartel"},
        {
            "en": "To print and put up, in both languages, with a code that later says the child is home.",
            "es": "Para imprimir y colocar, en ambos idiomas, con un código que después dirá que ya está en casa.",
        },
    ),
    (
        NCMEC,
        {"en": "NCMEC poster", "es": "Cartel de NCMEC"},
        {
            # Only law enforcement starts it, and no way by machine is published (dossier interfaces 6).
            "en": "Made ready here: words, picture, poster. Police hand it to NCMEC; nothing goes there by itself.",
            "es": "Se prepara aquí: datos, foto, cartel. La policía lo entrega a NCMEC; nada llega solo.",
        },
    ),
)
_ORDER = {law.Verdict.TRUE: 0, law.Verdict.UNKNOWN: 1, law.Verdict.FALSE: 2}


def rungs(criteria: Iterable[law.CriterionResult]) -> tuple[Rung, ...]:
    """The ways of this place: nearest to being met first, then the practice ones, which anybody may start."""
    made = [_of_law(one) for one in criteria]
    lawful = sorted(made, key=lambda one: (_ORDER[one.verdict], -_share(one), one.title["en"], one.way))
    return (*lawful, *(_of_practice(way, title, plain) for way, title, plain in _PRACTICE))


def event_of(alert: str) -> EventCode:
    """The event on the wire: AMBER alerts are CAE, everything else is MEP."""
    return EventCode.CAE if alert == "amber" else EventCode.MEP


def is_practice(way: str) -> bool:
    """Whether the way needs no law."""
    return way in {LOCAL, CIRCULAR, POSTER, NCMEC}


def _share(rung: Rung) -> float:
    return rung.met / max(len(rung.needs), 1)


def _of_law(one: law.CriterionResult) -> Rung:
    return Rung(
        way=one.id,
        title=_both(one.title),
        plain=_both(one.plain),
        verdict=one.verdict,
        needs=tuple(NeedLine(id=need.id, title=_both(need.title), verdict=need.verdict.name) for need in one.needs),
        missing=tuple(dict.fromkeys(fact for need in one.needs for fact in need.missing)),
        sources=tuple({"citation": ref.citation, "pin": ref.pin} for ref in one.source),
        source_refs=one.source,
        alert=one.alert,
    )


def _of_practice(way: str, title: Mapping[str, str], plain: Mapping[str, str]) -> Rung:
    return Rung(
        way=way,
        title=title,
        plain=plain,
        verdict=law.Verdict.TRUE,
        needs=(),
        missing=(),
        sources=({"citation": PRACTICE["en"], "pin": ""},),
        source_refs=(),
        alert="",
        is_practice=True,
    )


def _both(text: law.Text) -> dict[str, str]:
    return {"en": text.get("en"), "es": text.get("es")}
